package dev.breakwater.registry.forwarding;

import dev.breakwater.registry.activity.LogEntry;
import java.util.regex.Pattern;

/**
 * An entry as a line of syslog: the header of RFC 5424, and then the text by which collectors know Harbor's entries, with
 * the result at its end.
 */
final class SyslogMessage {

    /** Facility 13, log audit. */
    private static final int FACILITY = 13 * 8;

    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;
    private static final Pattern HOST = Pattern.compile("[!-~]{1,255}");

    private SyslogMessage() {}

    /** The line, without its end. */
    static String of(LogEntry entry, String sender) {
        int priority = FACILITY + (entry.succeeded() ? INFORMATIONAL : WARNING);
        String at = entry.at().toString();
        return oneLine(("<%d>1 %s %s audit - - - [operator=\"%s\" resourceType=\"%s\" time=\"%s\"]: action:%s,"
                        + " resource:%s, operation_description:%s, operation_result:%b")
                .formatted(
                        priority,
                        at,
                        HOST.matcher(sender).matches() ? sender : "-",
                        quoted(entry.username()),
                        quoted(entry.resourceType()),
                        at,
                        entry.operation(),
                        entry.resource(),
                        entry.description(),
                        entry.succeeded()));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A name that holds the end of a line must not begin another entry. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
