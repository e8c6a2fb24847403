package dev.breakwater.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found out a moment ago: remembered for a second, and not past the next change that is audited on this node.
 * That holds for what was being found out during the change, too. Nobody waits for anybody.
 *
 * @param <K> what it is found by
 * @param <V> what was found
 */
public final class Recent<K, V> {

    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final AtomicLong changes = new AtomicLong();
    private final Cache<K, Known<V>> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    private record Known<V>(long changes, V value) {}

    /** Forgets everything at each change that is audited here. */
    public Recent(Audit audit) {
        audit.afterEach(changes::incrementAndGet);
    }

    /** A moment between two changes, for {@link #put}: taken before somebody begins to find something out. */
    public long moment() {
        return changes.get();
    }

    /** Remembers what somebody has begun to find out at a moment. */
    public void put(long moment, K key, V value) {
        known.put(key, new Known<>(moment, value));
    }

    /** What was found out a moment ago, if nothing has changed since. */
    public Optional<V> get(K key) {
        @Nullable Known<V> last = known.getIfPresent(key);
        return last == null || last.changes() != changes.get() ? Optional.empty() : Optional.of(last.value());
    }

    /** The same, or what is found out now. */
    public V get(K key, Function<K, V> source) {
        long moment = moment();
        return get(key).orElseGet(() -> {
            V value = source.apply(key);
            put(moment, key, value);
            return value;
        });
    }

    /** Forgets one. */
    public void forget(K key) {
        known.invalidate(key);
    }
}
