package dev.breakwater.kernel.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedRoundTripsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<List<Integer>> trips = new ConcurrentLinkedQueue<>();
    private final CountDownLatch road = new CountDownLatch(1);
    private final SharedRoundTrips<Integer, String> shared = new SharedRoundTrips<>(LONG, 3, this::answer);

    /** The first trip is long; the number 13 brings bad luck to everybody on its trip. */
    private List<String> answer(List<Integer> questions) {
        boolean first = trips.isEmpty();
        trips.add(questions);
        if (first) {
            await(road);
        }
        if (questions.contains(13)) {
            throw new IllegalStateException("13 in " + questions);
        }
        return questions.stream().map(question -> "answer " + question).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        road.countDown();
        callers.close();
    }

    /** Those who ask while the first is under way, in this order. */
    private List<Future<String>> askAll(int... questions) {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < questions.length; i++) {
            int question = questions[i];
            answers.add(callers.submit(() -> shared.ask(question)));
            int others = i;
            while (i == 0 ? trips.isEmpty() : shared.waiting() < others) {
                Thread.onSpinWait();
            }
        }
        return answers;
    }

    @Test
    void who_is_alone_asks_at_once() {
        road.countDown();

        assertThat(shared.ask(1)).isEqualTo("answer 1");
        assertThat(shared.ask(2)).isEqualTo("answer 2");
        assertThat(trips).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void who_comes_while_one_is_under_way_is_asked_for_with_the_others() throws Exception {
        List<Future<String>> answers = askAll(1, 2, 3, 4, 5);
        road.countDown();

        for (int i = 0; i < 5; i++) {
            assertThat(answers.get(i).get()).isEqualTo("answer " + (i + 1));
        }
        assertThat(trips).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
    }

    @Test
    void a_bad_question_fails_alone() throws Exception {
        List<Future<String>> answers = askAll(1, 2, 13, 3);
        road.countDown();

        assertThat(answers.get(1).get()).isEqualTo("answer 2");
        assertThat(answers.get(3).get()).isEqualTo("answer 3");
        assertThatThrownBy(answers.get(2)::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("13 in [13]");
        assertThat(shared.ask(4)).isEqualTo("answer 4");
    }

    @Test
    void one_that_takes_long_holds_nobody_up() throws Exception {
        SharedRoundTrips<Integer, String> impatient = new SharedRoundTrips<>(Duration.ofMillis(1), 3, this::answer);
        Future<String> stuck = callers.submit(() -> impatient.ask(1));
        while (trips.isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(impatient.ask(2)).isEqualTo("answer 2");
        assertThat(impatient.ask(3)).isEqualTo("answer 3");
        assertThat(stuck).isNotDone();
        road.countDown();
        assertThat(stuck.get()).isEqualTo("answer 1");
    }

    @Test
    void everybody_gets_their_own_answer() throws Exception {
        road.countDown();
        SharedRoundTrips<Integer, String> busy = new SharedRoundTrips<>(16, this::answer);
        List<Future<String>> answers = IntStream.range(100, 2_100)
                .mapToObj(question -> callers.submit(() -> busy.ask(question)))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo("answer " + (100 + i));
        }
    }
}
