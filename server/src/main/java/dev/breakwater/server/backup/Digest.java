package dev.breakwater.server.backup;

import dev.breakwater.server.backup.BackupContents.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests bytes as they pass. */
final class Digest {

    private final MessageDigest sha256;
    private long bytes;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(byte[] content, int length) {
        sha256.update(content, 0, length);
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
