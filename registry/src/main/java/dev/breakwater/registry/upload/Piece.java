package dev.breakwater.registry.upload;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.content.ErrorCode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about the bytes that it brings (registry.md 2.2).
 *
 * @param first the number of the first byte; null when the request does not say, and just goes on
 * @param length how many bytes it brings; {@link Long#MAX_VALUE} when that is open
 */
public record Piece(@Nullable Long first, long length) {

    private static final Pattern RANGE =
            Pattern.compile("(?:bytes[ =])?([0-9]{1,18})-([0-9]{1,18})(?:/(?:[0-9]{1,18}|\\*))?");

    /** A piece that goes on where the last one ended, of any length. */
    public static final Piece OPEN = new Piece(null, Long.MAX_VALUE);

    /**
     * Reads {@code Content-Range} together with the announced length of the body.
     *
     * @throws Failure.Invalid when they contradict each other
     */
    public static Piece of(String contentRange, OptionalLong announced) {
        Matcher range = RANGE.matcher(contentRange.strip());
        if (!range.matches()) {
            throw Failure.Invalid.coded(
                    ErrorCode.BLOB_UPLOAD_INVALID, "Content-Range must be of the form <first>-<last>.");
        }
        long first = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - first + 1;
        if (length < 0 || (announced.isPresent() && announced.getAsLong() != length)) {
            throw wrongLength();
        }
        return new Piece(first, length);
    }

    static Failure wrongLength() {
        return Failure.Invalid.coded(
                ErrorCode.SIZE_INVALID, "The length of the content does not match its Content-Range.");
    }
}
