package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.TenancySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id and verifies them. A hash is a string that holds its parameters, so that they may
 * be raised later. A computation takes 19 MiB, therefore at most two run at a time.
 */
public final class Passwords {

    /** The fewest characters of a password. */
    public static final int SHORTEST = 8;

    /** The most characters of a password. */
    public static final int LONGEST = 128;

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern STORED = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore slots = new Semaphore(2, true);
    /** What is verified against when there is no such user, so that the answer takes as long. */
    private final String nobody = encode(MEMORY_KIB, PASSES, LANES, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

    /** A password that is ready to be set. */
    public NewPassword ready(String password) {
        return new NewPassword(hash(password), password.equals(TenancySettings.DEFAULT_PASSWORD));
    }

    /** The hash to store for a password. */
    public String hash(String password) {
        byte[] salt = randomBytes(SALT_BYTES);
        return withSlot(() -> encode(
                MEMORY_KIB, PASSES, LANES, salt, compute(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES)));
    }

    /**
     * Whether the password fits the stored hash; without one it never does, after the same time.
     *
     * @throws Failure.Unavailable when too many sign-ins wait for their turn
     */
    public boolean verify(String password, Optional<String> stored) {
        boolean fits = withSlot(() -> fits(password, stored.orElse(nobody)));
        return fits && stored.isPresent();
    }

    private static boolean fits(String password, String stored) {
        Matcher parts = STORED.matcher(stored);
        if (!parts.matches()) {
            throw new IllegalStateException("A stored password hash is not one of ours");
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] computed = compute(
                password,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Base64.getDecoder().decode(parts.group(4)),
                expected.length);
        return MessageDigest.isEqual(expected, computed);
    }

    private static byte[] compute(String password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] out = new byte[length];
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
        return out;
    }

    private static String encode(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(memoryKib, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T withSlot(Supplier<T> work) {
        try {
            if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    private static Failure.Unavailable busy() {
        return new Failure.Unavailable(PATIENCE, "Service temporarily unavailable.");
    }
}
