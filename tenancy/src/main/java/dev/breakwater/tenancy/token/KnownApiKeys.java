package dev.breakwater.tenancy.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes API keys from memory (events.md 2.2). What was read of a key counts for one second. A key in steady use
 * is read again in the background when half of that has passed, many keys in one statement, so its callers never
 * wait; a notification forgets a revoked key sooner, and is not relied upon.
 */
public final class KnownApiKeys implements ApiKeys, AutoCloseable {

    /** How long a reading counts, and with it the longest that a revocation can go unnoticed. */
    static final Duration COUNTS_FOR = Duration.ofSeconds(1);

    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    private static final int MOST_KEYS = 50_000;

    private final Database database;
    private final TimeSource time;
    private final Cache<TokenHash, Reading> known =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();
    /** Hashes that no key has, with the time of looking. Apart from the others, so that guesses evict no real key. */
    private final Cache<TokenHash, Long> unknown =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

    private final Map<TokenHash, CompletableFuture<Optional<Reading>>> underWay = new ConcurrentHashMap<>();
    private final Set<TokenHash> due = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Instant> uses = new ConcurrentHashMap<>();
    private final Background upkeep = new Background("api-keys", this::keepUp);

    /** What the database said about a key at {@code readAt}, in milliseconds of the clock. */
    private record Reading(Token token, Principal bearer, long readAt, AtomicLong usedAt) {

        boolean counts(long now) {
            return isWithin(COUNTS_FOR, readAt, now);
        }

        boolean isFresh(long now) {
            return isWithin(COUNTS_FOR.dividedBy(2), readAt, now);
        }
    }

    /** Hears of revocations; the notifications must not have been started yet. */
    public KnownApiKeys(Database database, Notifications notifications, TimeSource time) {
        this.database = database;
        this.time = time;
        notifications.listen(TokenStore.REVOKED_CHANNEL, this::forget);
    }

    /** After a gap in the notifications the message is empty, and every key is read again. */
    private void forget(String tokenId) {
        if (tokenId.isEmpty()) {
            known.invalidateAll();
        } else {
            known.asMap()
                    .values()
                    .removeIf(reading -> reading.token().id().toString().equals(tokenId));
        }
    }

    /** In both directions: a reading may have begun just after the caller looked at the clock, or the clock went back. */
    private static boolean isWithin(Duration span, long start, long now) {
        return Math.abs(now - start) < span.toMillis();
    }

    @Override
    public Optional<Principal> authenticate(String key) {
        if (!TokenSecret.hasFormOfApiKey(key)) {
            return Optional.empty();
        }
        TokenHash hash = TokenHash.of(key);
        Instant now = time.instant();
        return reading(hash, now.toEpochMilli())
                .filter(reading -> reading.token().worksAt(now))
                .map(reading -> {
                    noteUse(reading, now);
                    return reading.bearer();
                });
    }

    private Optional<Reading> reading(TokenHash hash, long now) {
        @Nullable Reading reading = known.getIfPresent(hash);
        if (reading != null && reading.counts(now)) {
            if (!reading.isFresh(now) && due.add(hash)) {
                upkeep.wake();
            }
            return Optional.of(reading);
        }
        @Nullable Long missedAt = unknown.getIfPresent(hash);
        if (missedAt != null && isWithin(UNKNOWN_FOR, missedAt, now)) {
            return Optional.empty();
        }
        return read(hash, now);
    }

    /** Reads a key from the database. Callers who want the same key at the same time share one reading. */
    private Optional<Reading> read(TokenHash hash, long now) {
        while (true) {
            CompletableFuture<Optional<Reading>> mine = new CompletableFuture<>();
            @Nullable CompletableFuture<Optional<Reading>> theirs = underWay.putIfAbsent(hash, mine);
            if (theirs == null) {
                return readFor(hash, mine);
            }
            Optional<Reading> reading = await(theirs);
            // Theirs may have begun long before this call.
            if (reading.isEmpty() || reading.get().counts(now)) {
                return reading;
            }
        }
    }

    private Optional<Reading> readFor(TokenHash hash, CompletableFuture<Optional<Reading>> waiting) {
        try {
            Optional<Reading> reading = Optional.ofNullable(load(Set.of(hash)).get(hash));
            waiting.complete(reading);
            return reading;
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(hash, waiting);
        }
    }

    private static Optional<Reading> await(CompletableFuture<Optional<Reading>> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            throw new Failure.Unavailable(COUNTS_FOR, "Service temporarily unavailable.");
        }
    }

    private Map<TokenHash, Reading> load(Set<TokenHash> hashes) {
        long readAt = time.millis();
        Map<TokenHash, Reading> found = new HashMap<>();
        for (TokenStore.ApiKey key : database.query(handle -> TokenStore.apiKeys(handle, hashes))) {
            found.put(
                    key.hash(),
                    known.asMap().compute(key.hash(), (hash, before) -> reading(key.token(), readAt, before)));
        }
        for (TokenHash hash : hashes) {
            if (!found.containsKey(hash)) {
                known.invalidate(hash);
                unknown.put(hash, readAt);
            }
        }
        return found;
    }

    private static Reading reading(Token token, long readAt, @Nullable Reading before) {
        if (before != null && before.readAt() > readAt) {
            return before;
        }
        long stored = token.lastUsedAt() == null ? 0 : token.lastUsedAt().toEpochMilli();
        return new Reading(token, bearer(token), readAt, before == null ? new AtomicLong(stored) : before.usedAt());
    }

    private static Principal bearer(Token token) {
        return new Principal(
                Principal.Kind.API_KEY,
                token.id(),
                token.name(),
                Objects.requireNonNull(token.organizationId()),
                Objects.requireNonNull(token.environment()),
                token.unrestricted(),
                Set.copyOf(token.scopes()),
                Set.copyOf(token.limitedTo()),
                token.rateLimit());
    }

    private void noteUse(Reading reading, Instant now) {
        long last = reading.usedAt().get();
        long at = now.toEpochMilli();
        if (at - last >= TokenStore.BETWEEN_USES.toMillis() && reading.usedAt().compareAndSet(last, at)) {
            uses.put(reading.token().id(), now);
            upkeep.wake();
        }
    }

    /** Reads again what is due and writes down the uses. */
    private void keepUp() {
        Set<TokenHash> hashes = Set.copyOf(due);
        due.removeAll(hashes);
        if (!hashes.isEmpty()) {
            load(hashes);
        }
        Map<UUID, Instant> written = Map.copyOf(uses);
        if (!written.isEmpty()) {
            database.transact(handle -> {
                TokenStore.used(handle, written);
                return null;
            });
            written.forEach(uses::remove);
        }
    }

    /** Ends the background work, the last uses included. */
    @Override
    public void close() {
        upkeep.close();
    }
}
