package dev.breakwater.registry.distribution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a blob that a request asks for (registry.md 2.2).
 *
 * @param first the number of its first byte
 * @param length how many bytes; 0 when there is nothing there
 */
record ByteRange(long first, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

    /** Reads the header; several parts, and what is no range, mean the whole. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher one = ONE.matcher(header);
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (one.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(one.group(2)));
            return Optional.of(new ByteRange(size - count, count));
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(one.group(2)));
        return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
    }
}
