package dev.breakwater.kernel.db;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers who ask the same at the same time share statements: whoever comes while one is under way is answered
 * together with the others who wait, by the next one. Nobody waits for company: a caller who is alone asks at once. One
 * that takes long holds nobody up: whoever has waited for {@link #PATIENCE} asks for those who wait without it. A batch
 * that fails is asked again one by one, so that a bad question fails alone.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class SharedRoundTrips<Q, A> {

    /** Many times as long as a statement and its commit take, unless they wait for something. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    private static final int MOST_UNDER_WAY = 4;

    private final long patience;
    private final int batch;
    private final Work<Q, A> work;

    private final Object lock = new Object();
    private final Queue<Seat<Q, A>> waiting = new ArrayDeque<>();
    private int underWay;

    /** Answers questions in one round trip: all of them or, by throwing, none. */
    @FunctionalInterface
    public interface Work<Q, A> {
        /** The answers, in the order of the questions. */
        List<A> answer(List<Q> questions);
    }

    /**
     * Asks by this work.
     *
     * @param batch the most questions of one statement
     */
    public SharedRoundTrips(int batch, Work<Q, A> work) {
        this(PATIENCE, batch, work);
    }

    /** The same with another patience. */
    SharedRoundTrips(Duration patience, int batch, Work<Q, A> work) {
        this.patience = patience.toNanos();
        this.batch = batch;
        this.work = work;
    }

    /** A caller who waits: for the answer, or for being told to ask for all who wait. */
    private static final class Seat<Q, A> {
        final Q question;
        final Thread caller = Thread.currentThread();

        @Nullable
        A answer;

        @Nullable
        RuntimeException failure;

        @Nullable
        List<Seat<Q, A>> party;

        volatile boolean called;

        Seat(Q question) {
            this.question = question;
        }

        void call() {
            called = true;
            LockSupport.unpark(caller);
        }
    }

    /** The answer to one question; throws what the statement threw for it. */
    public A ask(Q question) {
        Seat<Q, A> seat = new Seat<>(question);
        @Nullable List<Seat<Q, A>> party = join(seat);
        if (party == null) {
            await(seat);
            party = seat.party;
        }
        if (party != null) {
            askFor(seat, party);
        }
        RuntimeException failure = seat.failure;
        if (failure != null) {
            throw failure;
        }
        return answerOf(seat);
    }

    /** The party of one who can ask at once; null for one who has to wait. */
    private @Nullable List<Seat<Q, A>> join(Seat<Q, A> seat) {
        synchronized (lock) {
            if (underWay == 0) {
                underWay = 1;
                return List.of(seat);
            }
            waiting.add(seat);
            return null;
        }
    }

    /** The question is on its way already, so an interruption is only passed on. */
    private void await(Seat<Q, A> seat) {
        boolean interrupted = false;
        while (!seat.called) {
            long asleep = System.nanoTime();
            LockSupport.parkNanos(this, patience);
            interrupted |= Thread.interrupted();
            if (!seat.called && System.nanoTime() - asleep >= patience) {
                setOut(seat);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One who still waits, after a long time, asks for the first of those who wait; that is normally itself. */
    private void setOut(Seat<Q, A> seat) {
        List<Seat<Q, A>> party;
        synchronized (lock) {
            if (underWay == MOST_UNDER_WAY || !waiting.contains(seat)) {
                return;
            }
            underWay++;
            party = nextParty();
        }
        lead(party);
    }

    private List<Seat<Q, A>> nextParty() {
        List<Seat<Q, A>> party = new ArrayList<>();
        while (party.size() < batch && !waiting.isEmpty()) {
            party.add(waiting.remove());
        }
        return party;
    }

    /** The first of a party asks for all of it. */
    private static <Q, A> void lead(List<Seat<Q, A>> party) {
        Seat<Q, A> leader = party.getFirst();
        leader.party = party;
        leader.call();
    }

    private void askFor(Seat<Q, A> leader, List<Seat<Q, A>> party) {
        try {
            answer(party);
        } finally {
            handOver();
            for (Seat<Q, A> seat : party) {
                if (seat != leader) {
                    seat.party = null;
                    seat.call();
                }
            }
        }
    }

    private void answer(List<Seat<Q, A>> party) {
        try {
            List<A> answers =
                    work.answer(party.stream().map(seat -> seat.question).toList());
            for (int i = 0; i < party.size(); i++) {
                party.get(i).answer = answers.get(i);
            }
        } catch (RuntimeException e) {
            if (party.size() == 1) {
                party.getFirst().failure = e;
            } else {
                party.forEach(seat -> answer(List.of(seat)));
            }
        }
    }

    /** How many wait for others to come back. */
    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** The first of those who wait asks for all of them next. */
    private void handOver() {
        List<Seat<Q, A>> party;
        synchronized (lock) {
            if (waiting.isEmpty()) {
                underWay--;
                return;
            }
            party = nextParty();
        }
        lead(party);
    }

    @SuppressWarnings("NullAway") // The statement has answered, as there was no failure.
    private static <Q, A> A answerOf(Seat<Q, A> seat) {
        return seat.answer;
    }
}
