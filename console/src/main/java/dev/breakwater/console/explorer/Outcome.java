package dev.breakwater.console.explorer;

import java.util.List;

/**
 * What a call may be answered with.
 *
 * @param status such as {@code 201}
 * @param description Markdown
 * @param type of the body; empty when there is none
 * @param example of the body; empty when there is none to show
 * @param fields what a JSON body is made of
 * @param headers beside it
 */
public record Outcome(
        String status, String description, String type, String example, List<Field> fields, List<Field> headers) {

    /** How a page marks it. */
    public String tone() {
        return switch (status.charAt(0)) {
            case '2' -> "good";
            case '3' -> "live";
            case '4' -> "warn";
            case '5' -> "bad";
            default -> "";
        };
    }
}
