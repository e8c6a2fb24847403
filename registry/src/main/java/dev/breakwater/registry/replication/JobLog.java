package dev.breakwater.registry.replication;

import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.time.TimeSource;

/** What is noted while a job is done, for administrators: a line for each step, never a secret. */
final class JobLog {

    private static final int LONGEST = 50_000;

    private final TimeSource time;
    private final StringBuilder text = new StringBuilder();

    JobLog(TimeSource time) {
        this.time = time;
    }

    /** Notes a step. */
    void info(String message) {
        line("INFO", message);
    }

    /** Notes what went wrong. */
    void error(String message) {
        line("ERROR", message);
    }

    private void line(String level, String message) {
        if (text.length() < LONGEST) {
            text.append(WireTime.text(time.instant()))
                    .append(" [")
                    .append(level)
                    .append("] ")
                    .append(message.replace('\n', ' ').replace('\0', ' '))
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
