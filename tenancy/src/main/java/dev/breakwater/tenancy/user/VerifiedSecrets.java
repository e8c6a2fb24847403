package dev.breakwater.tenancy.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.SecretHashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies secrets, and remembers for some minutes which secret fitted which hash, because clients that show theirs
 * with every request cannot pay for Argon2 each time. Of a secret only an HMAC is remembered, under a key that this
 * process made for itself. As the hash is part of it, nothing needs to be forgotten when a secret is changed. Only
 * what fitted is remembered, so guesses evict nobody.
 */
public final class VerifiedSecrets implements SecretHashes {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 50_000;
    private static final int LONGEST_NAME = 320;
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Passwords passwords;
    private final FailedSignIns failures;
    private final SecretKeySpec key = newKey();
    private final Cache<String, Boolean> verified;
    private final Map<Attempt, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /** What is remembered and which failures are counted is known on this node only. */
    public VerifiedSecrets(Passwords passwords, TimeSource time) {
        this.passwords = passwords;
        failures = new FailedSignIns(time);
        verified = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(time.millis()))
                .build();
    }

    /** The same secret, for the same hash and name and from the same address, is verified once for all who show it. */
    private record Attempt(String name, String address, String fingerprint) {}

    @Override
    public String hash(String secret) {
        return passwords.hash(secret);
    }

    /** Whether a name and a secret are of a length that any have; others are no attempt at all. */
    static boolean isPossible(String name, String secret) {
        return !name.isBlank() && name.length() <= LONGEST_NAME && secret.length() <= Passwords.LONGEST;
    }

    @Override
    public boolean verify(String name, String secret, Optional<String> stored, String address) {
        if (!isPossible(name, secret)) {
            return false;
        }
        Attempt attempt = new Attempt(name.toLowerCase(Locale.ROOT), address, fingerprint(secret, stored));
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> theirs = underWay.putIfAbsent(attempt, mine);
        if (theirs != null) {
            return await(theirs);
        }
        try {
            boolean fits = decide(attempt, secret, stored);
            mine.complete(fits);
            return fits;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(attempt, mine);
        }
    }

    /**
     * A client that starts with many requests at once makes one attempt, not many that would seem to be guesses. To
     * share the outcome is safe: it depends on nothing but the secret and the hash, which all of them have read.
     */
    private static boolean await(CompletableFuture<Boolean> outcome) {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private boolean decide(Attempt attempt, String secret, Optional<String> stored) {
        // Before anything is looked up: else whoever guesses would learn without waiting that a guess was right.
        failures.requireNoWait(attempt.name(), attempt.address());
        if (verified.getIfPresent(attempt.fingerprint()) != null) {
            return true;
        }
        failures.attempt(attempt.name(), attempt.address());
        if (!passwords.verify(secret, stored)) {
            return false;
        }
        failures.succeeded(attempt.name(), attempt.address());
        verified.put(attempt.fingerprint(), true);
        return true;
    }

    /** No hash holds the character that ends it here, so no two pairs have one fingerprint. */
    private String fingerprint(String secret, Optional<String> stored) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(stored.orElse("").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC, e);
        }
    }

    private static SecretKeySpec newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, MAC);
    }
}
