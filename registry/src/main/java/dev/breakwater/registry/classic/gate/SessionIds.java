package dev.breakwater.registry.classic.gate;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of sessions: 32 hexadecimal digits that say when they were made, in which 64 bits are random, and by whose
 * last 32 bits every node of the installation knows one that was given out from an invented one. So an anonymous
 * session, which almost every request begins, needs no storage.
 */
final class SessionIds {

    /** How long an id passes for an anonymous session. */
    static final Duration ANONYMOUS_LIFE = Duration.ofHours(1);

    private static final String FUNCTION = "HmacSHA256";
    private static final int LENGTH = 16;
    private static final int CHECK = 4;
    /** How far the clocks of two nodes may differ. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SessionIds(byte[] secret) {
        key = new SecretKeySpec(secret, FUNCTION);
    }

    /** A new one. */
    String next(Instant now) {
        byte[] fresh = new byte[Long.BYTES];
        random.nextBytes(fresh);
        ByteBuffer id = ByteBuffer.allocate(LENGTH);
        id.putInt((int) now.getEpochSecond()).put(fresh).put(check(id.array()));
        return HexFormat.of().formatHex(id.array());
    }

    /** Whether this installation gave it out, however long ago. */
    boolean isOurs(String id) {
        return isWellFormed(id) && isChecked(HexFormat.of().parseHex(id));
    }

    /** Whether an id of ours is young enough to stand for an anonymous session. */
    boolean isFresh(String id, Instant now) {
        long made = Integer.toUnsignedLong(HexFormat.fromHexDigits(id.substring(0, 2 * Integer.BYTES)));
        Instant at = Instant.ofEpochSecond(made);
        return at.isBefore(now.plus(SLACK)) && at.plus(ANONYMOUS_LIFE).isAfter(now);
    }

    private static boolean isWellFormed(String id) {
        return id.length() == 2 * LENGTH && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private boolean isChecked(byte[] id) {
        return MessageDigest.isEqual(check(id), Arrays.copyOfRange(id, LENGTH - CHECK, LENGTH));
    }

    private byte[] check(byte[] id) {
        try {
            Mac mac = Mac.getInstance(FUNCTION);
            mac.init(key);
            mac.update(id, 0, LENGTH - CHECK);
            return Arrays.copyOf(mac.doFinal(), CHECK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + FUNCTION, e);
        }
    }
}
