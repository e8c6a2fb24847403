package dev.breakwater.registry.project;

import java.util.regex.Pattern;

/** The grammar of the names of projects; how long they may be, each API says itself. */
public final class ProjectName {

    /** The most characters that the present-day API and pages take. */
    public static final int LONGEST = 255;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

    private ProjectName() {}

    /** Whether it consists of what names consist of. */
    public static boolean isWellFormed(String name) {
        return NAME.matcher(name).matches();
    }
}
