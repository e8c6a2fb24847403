package dev.breakwater.registry.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule keeps of the artifacts that it chooses (registry.md 3.3). */
public enum Template {
    LATEST_PUSHED_K("latestPushedK", "the most recently pushed # artifacts", "COUNT", Moment.PUSH, true),
    LATEST_PULLED_N("latestPulledN", "the most recently pulled # artifacts", "COUNT", Moment.PULL, true),
    DAYS_SINCE_LAST_PUSH("nDaysSinceLastPush", "pushed within the last # days", "DAYS", Moment.PUSH, false),
    DAYS_SINCE_LAST_PULL("nDaysSinceLastPull", "pulled within the last # days", "DAYS", Moment.PULL, false),
    LATEST_ACTIVE_K("latestActiveK", "the most recently active # artifacts", "COUNT", Moment.EITHER, true),
    LAST_X_DAYS("lastXDays", "pushed or pulled within the last # days", "DAYS", Moment.EITHER, false),
    ALWAYS("always", "always", "", Moment.PUSH, false);

    /** The largest number that a rule may have. */
    public static final int MOST = 100_000;

    private final String label;
    private final String text;
    private final String unit;
    private final Moment moment;
    private final boolean counts;

    Template(String label, String text, String unit, Moment moment, boolean counts) {
        this.label = label;
        this.text = text;
        this.unit = unit;
        this.moment = moment;
        this.counts = counts;
    }

    /** The name in the API, which is that of its parameter too. */
    public String label() {
        return label;
    }

    /** What it keeps, for people. */
    public String text() {
        return text;
    }

    /** The same with its number, as a sentence goes on: {@code the 3 most recently pushed artifacts}. */
    String words(int number) {
        return switch (this) {
            case LATEST_PUSHED_K ->
                number == 1
                        ? "the most recently pushed artifact"
                        : "the %d most recently pushed artifacts".formatted(number);
            case LATEST_PULLED_N ->
                number == 1
                        ? "the most recently pulled artifact"
                        : "the %d most recently pulled artifacts".formatted(number);
            case LATEST_ACTIVE_K ->
                number == 1
                        ? "the artifact that was pushed or pulled last"
                        : "the %d artifacts that were pushed or pulled last".formatted(number);
            case DAYS_SINCE_LAST_PUSH -> "artifacts pushed within the last " + days(number);
            case DAYS_SINCE_LAST_PULL -> "artifacts pulled within the last " + days(number);
            case LAST_X_DAYS -> "artifacts pushed or pulled within the last " + days(number);
            case ALWAYS -> "all artifacts";
        };
    }

    private static String days(int number) {
        return number == 1 ? "day" : number + " days";
    }

    /** {@code COUNT} or {@code DAYS}; empty when it has no parameter. */
    public String unit() {
        return unit;
    }

    /** Whether it needs a number. */
    public boolean hasParameter() {
        return !unit.isEmpty();
    }

    /** The template of this name. */
    public static Optional<Template> named(String label) {
        return Arrays.stream(values())
                .filter(template -> template.label.equals(label))
                .findFirst();
    }

    /** Those of some artifacts of one repository that are kept. */
    List<Candidate> keeps(List<Candidate> candidates, int number, Instant now) {
        if (!hasParameter()) {
            return candidates;
        }
        if (counts) {
            return candidates.stream()
                    .sorted(Comparator.comparing(this::momentOf)
                            .thenComparingLong(Candidate::id)
                            .reversed())
                    .limit(number)
                    .toList();
        }
        Instant limit = now.minus(Duration.ofDays(number));
        return candidates.stream()
                .filter(candidate -> !momentOf(candidate).isBefore(limit))
                .toList();
    }

    private Instant momentOf(Candidate candidate) {
        @Nullable
        Instant at = switch (moment) {
            case PUSH -> candidate.pushedAt();
            case PULL -> candidate.pulledAt();
            case EITHER -> candidate.activeAt();
        };
        return at == null ? Instant.MIN : at;
    }

    /** What counts as the time of an artifact. */
    private enum Moment {
        PUSH,
        PULL,
        EITHER
    }
}
