package dev.breakwater.console.page;

import dev.breakwater.kernel.failure.Failure;

/** Reads the numbers of things from addresses. */
public final class Numbered {

    private Numbered() {}

    /**
     * The number that a part of the address is.
     *
     * @throws Failure.NotFound when it is none
     */
    public static long of(Visit visit, String part) {
        String text = visit.call().pathParameter(part);
        if (!text.matches("[0-9]{1,18}")) {
            throw new Failure.NotFound(
                    "Nothing has the number %s.".formatted(text.length() > 20 ? text.substring(0, 20) + "…" : text));
        }
        return Long.parseLong(text);
    }
}
