package dev.breakwater.registry.quota;

import java.util.Locale;

/** Numbers of bytes as people read them (registry.md 2.4). */
final class ByteSize {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private ByteSize() {}

    /** With one decimal, in the largest unit of which it is at least one: {@code 12.0 MiB}. */
    static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (Math.abs(size) >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
