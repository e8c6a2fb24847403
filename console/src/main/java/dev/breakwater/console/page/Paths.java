package dev.breakwater.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds and checks the addresses of pages. */
public final class Paths {

    private static final int LONGEST = 2_000;

    private Paths() {}

    /** The address with one more parameter. */
    public static String with(String path, String name, String value) {
        return path + (path.indexOf('?') < 0 ? '?' : '&') + name + "=" + encode(value);
    }

    /** A value as one segment of a path holds it. */
    public static String segment(String value) {
        return encode(value).replace("+", "%20");
    }

    /** A value as a query holds it. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Where to go after signing in, if it is a page of ours: browsers take {@code //host} and {@code /\host} for
     * addresses of other hosts. Anything else leads to the first page.
     */
    public static String own(String wanted) {
        boolean own = wanted.startsWith("/")
                && wanted.length() <= LONGEST
                && !wanted.startsWith("//")
                && !wanted.startsWith("/\\")
                && !wanted.startsWith("/sign-")
                && wanted.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return own ? wanted : "/";
    }
}
