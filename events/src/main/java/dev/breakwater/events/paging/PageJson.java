package dev.breakwater.events.paging;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.id.Ids;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The wire form of a page: {@code data}, {@code has_more}, {@code end_cursor} (events.md 5). */
public final class PageJson {

    private PageJson() {}

    /** Answers with a page whose items write themselves. */
    public static <T> Answer answer(
            Page<T> page, String prefix, Function<T, UUID> id, BiConsumer<ByteArrayOutputStream, T> item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        ascii(out, "{\"data\":[");
        String separator = "";
        for (T each : page.items()) {
            ascii(out, separator);
            item.accept(out, each);
            separator = ",";
        }
        String cursor =
                page.end(id).map(last -> "\"" + Ids.text(prefix, last) + "\"").orElse("null");
        ascii(out, "],\"has_more\":" + page.hasMore() + ",\"end_cursor\":" + cursor + "}");
        return Answer.json(200, out.toByteArray());
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
