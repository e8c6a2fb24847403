package dev.breakwater.kernel.id;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes and spells identifiers. An identifier is a UUID of version 7: 48 bits of milliseconds, 12 bits that keep
 * ids of one process strictly increasing, and 62 random bits that nobody can guess. On the wire it is a prefix, an
 * underscore and 26 characters of lower-case Crockford base32, so ids sort as strings as they sort in time
 * (events.md 3).
 */
public final class Ids {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final byte[] VALUES = values();

    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    /** Milliseconds shifted left by 12, plus a counter: never goes back, not even when the clock does. */
    private final AtomicLong last = new AtomicLong();

    /** Ids whose time part follows {@code time}. */
    public Ids(InstantSource time) {
        this.time = time;
    }

    /** The next identifier, greater than every one before it from this generator. */
    public UUID next() {
        long floor = time.millis() << 12;
        long stamp = last.updateAndGet(previous -> Math.max(previous + 1, floor));
        long high = (stamp >>> 12 << 16) | 0x7000L | (stamp & 0xfff);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** When an id was made, to the millisecond. */
    public static Instant time(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** The bound below all ids made at {@code when} or later, and above all made before, by whole milliseconds. */
    public static UUID floor(Instant when) {
        long millis = Math.clamp(when.plusNanos(999_999).toEpochMilli(), 0, (1L << 48) - 1);
        return new UUID(millis << 16, 0);
    }

    /** Spells an id: {@code text("evt", id)} is {@code evt_01k…}. */
    public static String text(String prefix, UUID id) {
        int start = prefix.length() + 1;
        byte[] out = new byte[start + LENGTH];
        for (int i = 0; i < prefix.length(); i++) {
            out[i] = (byte) prefix.charAt(i);
        }
        out[start - 1] = '_';
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[start + i] = (byte) DIGITS.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads an id that {@link #text} spelled. Anything else (another prefix, another length, a foreign character)
     * is empty, and callers treat it as the id of nothing.
     */
    public static Optional<UUID> parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (text.length() != start + LENGTH || !text.startsWith(prefix) || text.charAt(start - 1) != '_') {
            return Optional.empty();
        }
        if (text.charAt(start) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c < 128 ? VALUES[c] : -1;
            if (value < 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | value;
        }
        return Optional.of(new UUID(high, low));
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            values[DIGITS.charAt(i)] = (byte) i;
        }
        return values;
    }
}
