package dev.breakwater.registry.current.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Looks for a file in the archive of a Helm chart: a compressed tar with one folder, in which the chart's own files
 * are. The archive is anybody's, so what is read of it is bounded, packed and unpacked; what breaks the format, or
 * exceeds a bound, is treated as if the archive ended there.
 */
final class ChartArchive {

    private static final int BLOCK = 512;
    private static final long MOST_UNPACKED = 64L << 20;
    private static final int MOST_ENTRIES = 20_000;
    static final int LARGEST_FILE = 4 << 20;

    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    private ChartArchive() {}

    /** The content of a file that lies directly in the chart's folder, whatever the case of its name. */
    static Optional<byte[]> file(InputStream archive, String name) throws IOException {
        try (InputStream in = new GZIPInputStream(archive, 16 * 1_024)) {
            return file(in, name, MOST_UNPACKED);
        } catch (ZipException | EOFException broken) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> file(InputStream in, String name, long most) throws IOException {
        long left = most;
        for (int entries = 0; entries < MOST_ENTRIES; entries++) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.empty();
            }
            long size = size(header);
            long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
            left -= BLOCK + padded;
            if (size < 0 || left < 0) {
                return Optional.empty();
            }
            boolean regular = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
            if (regular && size <= LARGEST_FILE && isInFolder(text(header, 0, NAME_LENGTH), name)) {
                byte[] content = in.readNBytes((int) size);
                return content.length < size ? Optional.empty() : Optional.of(content);
            }
            in.skipNBytes(padded);
        }
        return Optional.empty();
    }

    private static boolean isInFolder(String path, String name) {
        String plain = path.startsWith("./") ? path.substring(2) : path;
        int slash = plain.indexOf('/');
        return slash > 0 && plain.substring(slash + 1).equalsIgnoreCase(name);
    }

    private static long size(byte[] header) {
        String digits = text(header, SIZE_AT, SIZE_LENGTH).strip();
        return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
