package dev.breakwater.console.explorer;

/**
 * A member of a body, or a header of an answer.
 *
 * @param name with the members it lies in before it, such as {@code attempts[].status}
 * @param type for people
 * @param required whether it is always there
 * @param description Markdown; may be empty
 */
public record Field(String name, String type, boolean required, String description) {}
