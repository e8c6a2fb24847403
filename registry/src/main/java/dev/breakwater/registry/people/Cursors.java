package dev.breakwater.registry.people;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.PageAfter;

/** Reads where the page before ended, of lists that are ordered by numbers. */
final class Cursors {

    private static final String NUMBER = "[0-9]{1,18}";

    private Cursors() {}

    /**
     * The number below which a page of a list begins that comes newest first.
     *
     * @throws Failure.Invalid for a cursor that is none
     */
    static long before(PageAfter page) {
        return page.cursor().map(Cursors::number).orElse(Long.MAX_VALUE);
    }

    /**
     * How many rows come before a page of a list that is counted.
     *
     * @throws Failure.Invalid for a cursor that is none
     */
    static long offset(PageAfter page) {
        return page.cursor().map(Cursors::number).orElse(0L);
    }

    private static long number(String text) {
        if (!text.matches(NUMBER)) {
            throw noPage();
        }
        return Long.parseLong(text);
    }

    private static Failure.Invalid noPage() {
        return new Failure.Invalid("This page of the list does not exist.");
    }

    /** Two numbers, of which the first counts more. */
    record Pair(long major, int minor) {}

    /**
     * The two numbers behind which a page begins.
     *
     * @throws Failure.Invalid for a cursor that is none
     */
    static Pair pair(PageAfter page) {
        return page.cursor()
                .map(text -> {
                    if (!text.matches(NUMBER + "-[0-9]{1,9}")) {
                        throw noPage();
                    }
                    int hyphen = text.indexOf('-');
                    return new Pair(number(text.substring(0, hyphen)), Integer.parseInt(text.substring(hyphen + 1)));
                })
                .orElse(new Pair(0, -1));
    }
}
