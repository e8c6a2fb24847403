package dev.breakwater.registry.classic.dialect;

import java.util.Optional;
import java.util.Set;

/** The spellings of yes and no that the 2017 API takes (registry.md 1.6). */
public final class Truth {

    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    private Truth() {}

    /** Yes or no; empty for anything else. */
    public static Optional<Boolean> parse(String text) {
        return YES.contains(text) ? Optional.of(true) : NO.contains(text) ? Optional.of(false) : Optional.empty();
    }
}
