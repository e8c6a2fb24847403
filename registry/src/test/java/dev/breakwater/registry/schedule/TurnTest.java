package dev.breakwater.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final Database database = smallest();

    private static Database smallest() {
        DatabaseAddress address = TemporaryPostgres.shared().newDatabase();
        return new Database(new Database.Settings(address.url(), address.user(), address.password(), 1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneAtATimeHasATurnOfOneName() {
        Turn turn = new Turn(database, "collect");
        List<String> done = new ArrayList<>();

        boolean first = turn.take(() -> {
            done.add("first");
            assertThat(new Turn(database, "collect").take(() -> done.add("second")))
                    .isFalse();
            assertThat(new Turn(database, "retain").take(() -> done.add("other")))
                    .isTrue();
        });

        assertThat(first).isTrue();
        assertThat(turn.take(() -> done.add("third"))).isTrue();
        assertThat(done).containsExactly("first", "other", "third");
    }

    @Test
    void workHasTheWholePoolForItself() {
        List<Integer> answers = new ArrayList<>();

        new Turn(database, "collect")
                .take(() -> new Turn(database, "retain")
                        .take(() -> answers.add(database.query(handle ->
                                handle.createQuery("SELECT 1").mapTo(int.class).one()))));

        assertThat(answers).containsExactly(1);
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        Turn turn = new Turn(database, "collect");

        assertThatThrownBy(() -> turn.take(() -> {
                    throw new IllegalStateException("the store is away");
                }))
                .hasMessage("the store is away");

        assertThat(turn.take(() -> {})).isTrue();
    }

    @Test
    void itIsTakenAgainWhileWorkWasAddedMeanwhile() {
        Iterator<Boolean> more = List.of(true, true, false).iterator();
        List<String> done = new ArrayList<>();

        new Turn(database, "collect").takeWhile(more::next, () -> done.add("work"));

        assertThat(done).hasSize(3);
    }
}
