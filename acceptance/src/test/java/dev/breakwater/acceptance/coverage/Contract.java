package dev.breakwater.acceptance.coverage;

import java.util.Arrays;
import java.util.Optional;

/** The contracts with the lengths of their checklists, and how far each is due by now. */
enum Contract {
    EVENTS(103, 100),
    REGISTRY(221, 0),
    DELIVERY(180, 0),
    GUARD(120, 0),
    INFRASTRUCTURE(120, 0);

    private final int lines;
    private final int due;

    Contract(int lines, int due) {
        this.lines = lines;
        this.due = due;
    }

    static Optional<Contract> named(String name) {
        return Arrays.stream(values())
                .filter(contract -> contract.label().equals(name))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** How many lines its checklist has, numbered from 1. */
    int lines() {
        return lines;
    }

    /** The last line that has to be proven by now; the later ones have an issue of their own. */
    int due() {
        return due;
    }
}
