package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the events that were accepted and remembers every {@value #EVERY}th, with its number, as a sample by which
 * answers can be checked and old events found again. Each remembered answer must carry the number that was sent.
 */
final class Stored implements Answers {

    private static final int EVERY = 997;
    private static final Pattern ANSWER = Pattern.compile("\"id\":\"(evt_[0-9a-z]+)\".*\"payload\":\\{\"n\":([0-9]+)");

    private final List<Sample> samples = new ArrayList<>();
    private long count;
    private long wrong;

    /** An accepted event. */
    record Sample(String id, long number) {}

    @Override
    public void answered(long number, int status, long at, Supplier<String> body) {
        if (status != 201) {
            return;
        }
        if (count++ % EVERY == 0) {
            Matcher answer = ANSWER.matcher(body.get());
            if (answer.find() && Long.parseLong(answer.group(2)) == number) {
                samples.add(new Sample(answer.group(1), number));
            } else {
                wrong++;
            }
        }
    }

    long count() {
        return count;
    }

    /** How many of the answers that were looked at did not carry the event that was sent. */
    long wrong() {
        return wrong;
    }

    /** Oldest first. */
    List<Sample> samples() {
        return samples;
    }
}
