package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a request ends, and whether its connection does (RFC 9112, sections 6.3 and 9.6). A body whose end a proxy
 * could see elsewhere than we do would hide a second request in the first, so such a request is refused and is the last
 * of its connection.
 *
 * @param sound whether there is one way only to read the length of the body
 * @param last whether the connection ends with the answer
 */
record Framing(boolean sound, boolean last) {

    private static final int LONGEST_LENGTH = 18;

    static Framing of(Headers headers) {
        List<String> lengths = values(headers, HeaderNames.CONTENT_LENGTH);
        List<String> codings = values(headers, HeaderNames.TRANSFER_ENCODING);
        boolean sound = codings.isEmpty()
                ? lengths.isEmpty() || isLength(lengths)
                : lengths.isEmpty() && codings.equals(List.of("chunked"));
        return new Framing(sound, !sound || asksForTheEnd(headers));
    }

    static Failure refusal() {
        return new Failure.Invalid("The length of the request body is ambiguous; send one Content-Length in digits, or"
                + " Transfer-Encoding: chunked.");
    }

    private static boolean isLength(List<String> lengths) {
        String length = lengths.getFirst();
        return lengths.size() == 1
                && !length.isEmpty()
                && length.length() <= LONGEST_LENGTH
                && length.chars().allMatch(c -> '0' <= c && c <= '9');
    }

    private static boolean asksForTheEnd(Headers headers) {
        return values(headers, HeaderNames.CONNECTION).stream()
                .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .anyMatch(option -> option.strip().equals("close"));
    }

    private static List<String> values(Headers headers, HeaderName name) {
        return headers.all(name, List::of);
    }
}
