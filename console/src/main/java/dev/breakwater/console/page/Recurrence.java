package dev.breakwater.console.page;

import dev.breakwater.kernel.failure.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * When something recurs, as a form asks for it.
 *
 * @param every the choice, by its code
 * @param cron six fields, seconds first, when the choice is {@code custom}
 */
public record Recurrence(String every, String cron) {

    /** What a form offers. */
    public enum Choice {
        NEVER("only when somebody asks", ""),
        HOURLY("every hour", "0 0 * * * *"),
        DAILY("every day at midnight, UTC", "0 0 0 * * *"),
        WEEKLY("every Sunday at midnight, UTC", "0 0 0 * * 0"),
        CUSTOM("at other times", "");

        private final String label;
        private final String cron;

        Choice(String label, String cron) {
            this.label = label;
            this.cron = cron;
        }

        /** How forms name it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What people read. */
        public String label() {
            return label;
        }
    }

    /** The choice that these times are; empty times are never. */
    public static Recurrence of(String cron) {
        return Arrays.stream(Choice.values())
                .filter(each -> each != Choice.CUSTOM && each.cron.equals(cron))
                .findFirst()
                .map(each -> new Recurrence(each.code(), ""))
                .orElseGet(() -> new Recurrence(Choice.CUSTOM.code(), cron));
    }

    /** What was chosen in a form. */
    public static Recurrence of(Form form) {
        return new Recurrence(form.text("every"), form.text("cron"));
    }

    /** What to choose from. */
    public List<Choice> choices() {
        return List.of(Choice.values());
    }

    /**
     * The times, empty for never.
     *
     * @throws Failure.Invalid naming the field that is wrong
     */
    public String times() {
        Choice choice = Arrays.stream(Choice.values())
                .filter(each -> each.code().equals(every))
                .findFirst()
                .orElseThrow(() -> new Failure.Invalid("every", "Choose one of the times."));
        if (choice == Choice.CUSTOM && cron.isEmpty()) {
            throw new Failure.Invalid("cron", "Write the times as six fields, as 0 0 3 * * *.");
        }
        return choice == Choice.CUSTOM ? cron : choice.cron;
    }

    /** The choice in words. */
    public String words() {
        return Arrays.stream(Choice.values())
                .filter(each -> each.code().equals(every) && each != Choice.CUSTOM)
                .findFirst()
                .map(Choice::label)
                .orElse("at " + cron);
    }
}
