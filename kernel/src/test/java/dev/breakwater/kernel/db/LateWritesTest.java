package dev.breakwater.kernel.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LateWritesTest {

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Database DATABASE = database();

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));
    private final BlockingQueue<Map<String, Long>> written = new LinkedBlockingQueue<>();
    private int failures;
    private final LateWrites<Map<String, Long>> counts =
            new LateWrites<>(DATABASE, time, "Counts", DELAY, LateWrites.byKey(Long::sum, this::write));

    private static Database database() {
        DatabaseAddress address = TemporaryPostgres.shared().newDatabase();
        return new Database(new Database.Settings(address.url(), address.user(), address.password(), 2));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private void write(Handle handle, Map<String, Long> gathered) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("the disk is full");
        }
        written.add(new HashMap<>(gathered));
    }

    private void count(String key) {
        counts.note(gathered -> gathered.merge(key, 1L, Long::sum));
    }

    private @Nullable Map<String, Long> next() throws InterruptedException {
        return written.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void whatGathersIsWrittenTogetherAfterTheDelay() throws Exception {
        count("a");
        time.advance(Duration.ofSeconds(1));
        count("b");
        count("a");
        assertThat(written).isEmpty();

        time.advance(Duration.ofSeconds(1));

        assertThat(next()).containsOnly(Map.entry("a", 2L), Map.entry("b", 1L));
        time.advance(Duration.ofHours(1));
        assertThat(written).isEmpty();
    }

    @Test
    void theEndWritesWhatIsThere() throws Exception {
        count("a");

        counts.close();

        assertThat(next()).containsOnly(Map.entry("a", 1L));
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainWithWhatCameSince() throws Exception {
        failures = 2;
        count("a");
        time.advance(DELAY);
        count("a");
        count("b");

        time.advance(DELAY);
        assertThat(written).isEmpty();
        time.advance(DELAY);

        assertThat(next()).containsOnly(Map.entry("a", 2L), Map.entry("b", 1L));
    }

    @Test
    void enoughIsWrittenAtOnceUnlessTheLastAttemptFailed() throws Exception {
        BlockingQueue<List<Integer>> lists = new LinkedBlockingQueue<>();
        failures = 1;
        LateWrites<List<Integer>> pairs = new LateWrites<>(DATABASE, time, "Pairs", DELAY, new Pairs(lists));
        pairs.note(list -> list.add(1));
        time.advance(DELAY);

        pairs.note(list -> list.add(2));
        pairs.note(list -> list.add(3));
        assertThat(lists).isEmpty();
        time.advance(DELAY);
        assertThat(lists.poll(10, TimeUnit.SECONDS)).containsExactly(1, 2, 3);

        pairs.note(list -> list.add(4));
        pairs.note(list -> list.add(5));
        assertThat(lists.poll(10, TimeUnit.SECONDS)).containsExactly(4, 5);
    }

    private final class Pairs implements LateWrites.Gathering<List<Integer>> {

        private final BlockingQueue<List<Integer>> lists;

        Pairs(BlockingQueue<List<Integer>> lists) {
            this.lists = lists;
        }

        @Override
        public List<Integer> empty() {
            return new ArrayList<>();
        }

        @Override
        public List<Integer> joined(List<Integer> earlier, List<Integer> later) {
            earlier.addAll(later);
            return earlier;
        }

        @Override
        public boolean enough(List<Integer> gathered) {
            return gathered.size() >= 2;
        }

        @Override
        public void write(Handle handle, List<Integer> gathered) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("the disk is full");
            }
            lists.add(List.copyOf(gathered));
        }
    }
}
