package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.listing.ListQuery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The parameters that narrow and sort lists (registry.md 3.1). */
public final class Lists {

    private static final Pattern ESCAPED = Pattern.compile("^(?=[^=]*%3[Dd])(?:[^%=]++|%[0-9A-Fa-f]{2})*+$");

    private Lists() {}

    /** What {@code q} asks for. Harbor's command line escapes it twice. */
    public static ListQuery query(Call call) {
        String query = call.query("q").orElse("");
        return ListQuery.parse(
                ESCAPED.matcher(query).find() ? URLDecoder.decode(query, StandardCharsets.UTF_8) : query);
    }

    /** What {@code sort} asks for, unread. */
    public static String sort(Call call) {
        return call.query("sort").orElse("");
    }
}
