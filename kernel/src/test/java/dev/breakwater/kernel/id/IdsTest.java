package dev.breakwater.kernel.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final Instant START = Instant.parse("2026-05-25T12:00:00Z");

    private final ManualTime time = new ManualTime(START);
    private final Ids ids = new Ids(time);

    @Property
    void readsBackWhatItSpelled(@ForAll long high, @ForAll long low) {
        UUID id = new UUID(high, low);

        assertThat(Ids.parse("evt", Ids.text("evt", id))).contains(id);
    }

    @Property
    void spellsIdsInTheOrderOfTheirBits(@ForAll long a, @ForAll long b) {
        int bits = Long.compareUnsigned(a, b);

        int text = Ids.text("x", new UUID(a, 0)).compareTo(Ids.text("x", new UUID(b, 0)));

        assertThat(Integer.signum(text)).isEqualTo(Integer.signum(bits));
    }

    @Property
    void takesNoTextForAnIdThatItWouldSpellOtherwise(@ForAll String text) {
        Ids.parse("evt", text).ifPresent(id -> assertThat(Ids.text("evt", id)).isEqualTo(text));
    }

    @Test
    void matchesTheFormOfTheContract() {
        assertThat(Ids.text("evt", ids.next())).matches("^(ws|evt|wh|del|req)_[0-9a-z]{12,32}$");
    }

    @Test
    void refusesOtherPrefixesAndLengths() {
        String text = Ids.text("evt", ids.next());

        assertThat(Ids.parse("wh", text)).isEmpty();
        assertThat(Ids.parse("evt", text + "0")).isEmpty();
        assertThat(Ids.parse("evt", text.substring(0, text.length() - 1))).isEmpty();
        assertThat(Ids.parse("evt", "evt_invalid")).isEmpty();
        assertThat(Ids.parse("evt", "")).isEmpty();
        assertThat(Ids.parse("evt", text.toUpperCase(java.util.Locale.ROOT))).isEmpty();
    }

    @Test
    void increasesEvenWhenTheClockStands() {
        UUID previous = ids.next();
        for (int i = 0; i < 10_000; i++) {
            UUID next = ids.next();
            assertThat(Ids.text("evt", next)).isGreaterThan(Ids.text("evt", previous));
            previous = next;
        }
    }

    @Test
    void carriesTheTimeToTheMillisecond() {
        time.advance(Duration.ofMillis(1_234));

        assertThat(Ids.time(ids.next())).isEqualTo(START.plusMillis(1_234));
    }

    @Test
    void boundsIdsByTime() {
        UUID before = ids.next();
        time.advance(Duration.ofSeconds(1));
        UUID after = ids.next();

        UUID floor = Ids.floor(START.plusSeconds(1));

        assertThat(Ids.text("x", before)).isLessThan(Ids.text("x", floor));
        assertThat(Ids.text("x", after)).isGreaterThan(Ids.text("x", floor));
    }

    @Test
    void makesNoIdTwiceInParallel() throws Exception {
        Set<UUID> all = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<UUID>>> made = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                made.add(threads.submit(() ->
                        java.util.stream.Stream.generate(ids::next).limit(5_000).toList()));
            }
            for (Future<List<UUID>> each : made) {
                all.addAll(each.get());
            }
        }
        assertThat(all).hasSize(40_000);
    }
}
