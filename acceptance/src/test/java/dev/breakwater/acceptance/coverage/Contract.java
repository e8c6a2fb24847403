package dev.breakwater.acceptance.coverage;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The contracts with the lengths of their checklists, and how far each is due by now. */
enum Contract {
    EVENTS(103, allBut(103, 101, 102, 103)),
    /** Webhooks, scanners, replication by today's API and what is made of findings have issues of their own. */
    REGISTRY(221, allBut(221, 194, 195, 196, 198, 200, 209, 210)),
    DELIVERY(180, List.of()),
    GUARD(120, List.of()),
    INFRASTRUCTURE(120, List.of());

    private final int lines;
    private final NavigableSet<Integer> due;

    Contract(int lines, Collection<Integer> due) {
        this.lines = lines;
        this.due = Collections.unmodifiableNavigableSet(new TreeSet<>(due));
    }

    private static Set<Integer> allBut(int last, Integer... later) {
        Set<Integer> lines = IntStream.rangeClosed(1, last).boxed().collect(Collectors.toSet());
        lines.removeAll(List.of(later));
        return lines;
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

    /** The lines that have to be proven by now; the others have an issue of their own. */
    NavigableSet<Integer> due() {
        return due;
    }
}
