package dev.breakwater.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.events.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final int SIZE = 10;

    private final Lanes lanes = new Lanes(new Lanes.Bounds(2, 5, 4, 100, 1_000));
    private int made;

    @Test
    void aLaneStartsInOrderAndHasNoMoreUnderWayThanItsEndpointMay() {
        List<Work> work = List.of(add(A), add(A), add(A));

        assertThat(started()).containsExactly(work.get(0), work.get(1));
        lanes.finished(work.get(0));
        assertThat(started()).containsExactly(work.get(2));
    }

    @Test
    void lanesTakeTurns() {
        Work a1 = add(A);
        Work a2 = add(A);
        Work b1 = add(B);

        assertThat(started()).containsExactly(a1, b1, a2);
    }

    @Test
    void noMoreIsUnderWayThanAllMayHave() {
        for (int i = 10; i < 20; i++) {
            add(new UUID(0, i));
        }

        assertThat(started()).hasSize(5);
    }

    @Test
    void aFullLaneSendsNewWorkThroughTheTableUntilItHasCaughtUp() {
        List<Work> work = List.of(add(A), add(A), add(A), add(A));
        assertThat(lanes.reserve(A, SIZE)).isFalse();
        assertThat(lanes.reserve(B, SIZE)).isTrue();

        started();
        lanes.finished(work.get(0));
        assertThat(lanes.reserve(A, SIZE))
                .as("would overtake what lies in the table")
                .isFalse();

        lanes.behind(Set.of());
        assertThat(lanes.reserve(A, SIZE)).isTrue();
    }

    @Test
    void aLaneThatIsBehindAsksForMoreWhenItIsHalfEmpty() {
        List<Work> work = List.of(add(A), add(A), add(A), add(A));
        lanes.behind(Set.of(A));
        started();

        assertThat(lanes.finished(work.get(0))).isTrue();
    }

    @Test
    void payloadsAreBounded() {
        assertThat(lanes.reserve(A, 1_000)).isTrue();
        assertThat(lanes.reserve(B, 1)).isFalse();
        lanes.release(A, 1_000);
        lanes.behind(Set.of());
        assertThat(lanes.reserve(B, 1)).isTrue();
    }

    @Test
    void whatIsInMemoryIsNotClaimedASecondTime() {
        Work work = add(A);

        assertThat(lanes.addClaimed(work)).isFalse();
        assertThat(started()).containsExactly(work);
        lanes.finished(work);
        lanes.settled(List.of(work));
        assertThat(lanes.addClaimed(work)).isTrue();
    }

    @Test
    void theNextAttemptMayBeClaimedBeforeTheLastOneIsSettled() {
        Work first = add(A);
        started();
        lanes.finished(first);
        Work second = new Work(first.id(), A, first.event(), first.createdAt(), 1, 2, Trigger.AUTOMATIC);

        assertThat(lanes.addClaimed(second)).isTrue();
        lanes.settled(List.of(first));
        assertThat(lanes.held()).containsExactly(first.id());
        assertThat(lanes.addClaimed(second)).isFalse();
        assertThat(started()).containsExactly(second);
        lanes.finished(second);
        lanes.settled(List.of(second));
        assertThat(lanes.held()).isEmpty();
    }

    @Test
    void afterTheEndNothingStarts() {
        add(A);
        lanes.close();

        assertThat(started()).isEmpty();
        assertThat(lanes.reserve(B, SIZE)).isFalse();
    }

    private Work add(UUID webhook) {
        UUID id = new UUID(1, ++made);
        Event event = new Event(id, id, "order.shipped", new byte[SIZE], Instant.EPOCH);
        Work work = new Work(id, webhook, event, Instant.EPOCH, 0, 1, Trigger.AUTOMATIC);
        assertThat(lanes.reserve(webhook, SIZE)).isTrue();
        lanes.addReserved(work);
        return work;
    }

    private List<Work> started() {
        List<Work> started = new ArrayList<>();
        for (@Nullable Work work = lanes.next(); work != null; work = lanes.next()) {
            started.add(work);
        }
        return started;
    }
}
