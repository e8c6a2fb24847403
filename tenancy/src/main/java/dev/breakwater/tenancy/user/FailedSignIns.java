package dev.breakwater.tenancy.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Slows down the guessing of passwords, for each name from one address and for each address as a whole. After some
 * attempts for free every further failure doubles the wait until the next attempt; one that comes too early is
 * refused at once, so nobody occupies a thread by waiting. An attempt counts as failed until it has succeeded, so
 * many at once are no way around it.
 */
final class FailedSignIns {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final Duration FIRST_WAIT = Duration.ofMillis(1_500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int FREE_PER_NAME = 5;
    private static final int FREE_PER_ADDRESS = 100;
    private static final int MOST_REMEMBERED = 20_000;

    private final TimeSource time;
    private final Cache<Key, Failures> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    FailedSignIns(TimeSource time) {
        this.time = time;
    }

    /** From one address, for one name; the empty name stands for all of them. */
    private record Key(String address, String name) {}

    private record Failures(int count, Instant last) {

        private static final Failures NONE = new Failures(0, Instant.EPOCH);

        Duration waitAt(Instant now, int free) {
            if (count < free) {
                return Duration.ZERO;
            }
            int doublings = Math.min(count - free, 16);
            Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
            Instant end = last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
            return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
        }

        boolean forgottenAt(Instant now) {
            return !now.isBefore(last.plus(FORGOTTEN_AFTER));
        }
    }

    /**
     * Counts an attempt that is about to be made.
     *
     * @throws Failure.TooManyRequests when it comes too early
     */
    void attempt(String name, String address) {
        // The name first: it counts also while the address has to wait, or it could be guessed at without end then.
        count(ofName(name, address), FREE_PER_NAME);
        count(ofAddress(address), FREE_PER_ADDRESS);
    }

    /**
     * Lets through whoever needs no attempt, unless this very name was guessed at from this address. What others did
     * from there holds up nobody who is already known.
     *
     * @throws Failure.TooManyRequests when an attempt would come too early
     */
    void requireNoWait(String name, String address) {
        @Nullable Failures known = remembered.getIfPresent(ofName(name, address));
        Instant now = time.instant();
        if (known != null && !known.forgottenAt(now)) {
            requireNoWait(known, now, FREE_PER_NAME);
        }
    }

    private static void requireNoWait(Failures failures, Instant now, int free) {
        Duration wait = failures.waitAt(now, free);
        if (wait.isPositive()) {
            throw new Failure.TooManyRequests(wait, "Too many failed sign-ins. Try again later.");
        }
    }

    /** The attempt was none of guessing. */
    void succeeded(String name, String address) {
        remembered.invalidate(ofName(name, address));
        remembered
                .asMap()
                .computeIfPresent(
                        ofAddress(address),
                        (key, failures) -> new Failures(Math.max(0, failures.count() - 1), failures.last()));
    }

    private void count(Key key, int free) {
        Instant now = time.instant();
        remembered.asMap().compute(key, (same, known) -> {
            Failures failures = known == null || known.forgottenAt(now) ? Failures.NONE : known;
            requireNoWait(failures, now, free);
            return new Failures(failures.count() + 1, now);
        });
    }

    private static Key ofAddress(String address) {
        return new Key(address, "");
    }

    private static Key ofName(String name, String address) {
        return new Key(address, name.toLowerCase(Locale.ROOT));
    }
}
