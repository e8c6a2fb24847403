package dev.breakwater.console.explorer;

import java.util.List;

/**
 * What a caller fills in, other than a body.
 *
 * @param name as it is sent
 * @param place {@code path}, {@code query}, {@code header}, or {@code form} for a field of an encoded form
 * @param required whether there is no call without it
 * @param shape of its value
 * @param type for people
 * @param description Markdown; may be empty
 * @param choices all its values, when they are few; else empty
 * @param example a value to start with; may be empty
 */
public record Parameter(
        String name,
        String place,
        boolean required,
        Shape shape,
        String type,
        String description,
        List<String> choices,
        String example) {

    /** How a value is typed in and spelled. */
    public enum Shape {
        /** One line. */
        TEXT,
        /** Several segments of a path, with their slashes. */
        SEGMENTS,
        /** One line that nobody else should see. */
        SECRET,
        /** Several values, each on a line of its own. */
        LIST
    }

    /** What names its field in the page. */
    public String id() {
        return "p-" + place + "-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
    }
}
