package dev.breakwater.server.backup;

import dev.breakwater.server.backup.BackupContents.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests bytes as they pass. */
final class Sum {

    private final MessageDigest sha256;
    private long bytes;

    Sum() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(byte[] content, int length) {
        add(content, 0, length);
    }

    void add(byte[] content, int offset, int length) {
        sha256.update(content, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Ends the count. */
    Entry entry(String name, long rows) {
        return new Entry(name, rows, bytes, HexFormat.of().formatHex(sha256.digest()));
    }
}
