package dev.breakwater.registry.classic.dialect;

/** Collects what is wrong with the fields of a body: one line for each, with a space before its end (registry.md 1.10). */
public final class Faults {

    private final StringBuilder lines = new StringBuilder();

    /** Notes a fault of a field, if there is one. */
    public Faults add(boolean wrong, String field, String message) {
        if (wrong) {
            lines.append(field).append(' ').append(message).append(" \n");
        }
        return this;
    }

    /** Refuses the body when anything was wrong with it. */
    public void refuse() {
        if (!lines.isEmpty()) {
            throw Refusal.invalidPlain(lines.toString());
        }
    }
}
