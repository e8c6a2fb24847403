package dev.breakwater.bench.load;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one run has shown.
 *
 * @param succeeded how many requests were answered 2xx within the run
 * @param seconds how long the run was, from its first request to its end
 * @param latencies of the successful requests in nanoseconds, from when each was due
 * @param statuses how often each status was answered, the time after the run's end included
 * @param broken how many requests got no answer, because the connection broke or the patience ended
 * @param generatorCpuNanos CPU time that the load generator itself has taken
 */
public record Outcome(
        long succeeded,
        double seconds,
        Histogram latencies,
        Map<Integer, Long> statuses,
        long broken,
        long generatorCpuNanos) {

    /** Successful requests per second. */
    public double rate() {
        return succeeded / seconds;
    }

    /** The latency that this share of the requests did not exceed, in milliseconds. */
    public double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /** How many requests were not answered 2xx. */
    public long failures() {
        return broken
                + statuses.entrySet().stream()
                        .filter(entry -> entry.getKey() / 100 != 2)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }

    /** How many answers there were, of whatever status. */
    public long answers() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What failed, in words: {@code 3 × 503, 1 × no answer}; empty when nothing did. */
    public String failuresInWords() {
        SortedMap<String, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> {
            if (status / 100 != 2) {
                counts.put(Integer.toString(status), count);
            }
        });
        if (broken > 0) {
            counts.put("no answer", broken);
        }
        StringBuilder words = new StringBuilder();
        counts.forEach((what, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(count)
                .append(" × ")
                .append(what));
        return words.toString();
    }
}
