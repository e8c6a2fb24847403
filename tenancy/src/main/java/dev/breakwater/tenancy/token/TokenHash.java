package dev.breakwater.tenancy.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 hash of a token: all that is ever stored of it, and how it is found again. */
public record TokenHash(long first, long second, long third, long fourth) {

    private static final int BYTES = 32;

    /** Hashes a whole token. */
    public static TokenHash of(String token) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The hash as it is stored. */
    public static TokenHash of(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        return new TokenHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** For storing. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }
}
