package dev.breakwater.console.page;

/** Spells digests. */
public final class Digests {

    private static final int SHOWN = 12;

    private Digests() {}

    /** The algorithm and the beginning, which tells artifacts apart for people: {@code sha256:0a1b2c3d4e5f}. */
    public static String brief(String digest) {
        int end = digest.indexOf(':') + 1 + SHOWN;
        return digest.length() > end ? digest.substring(0, end) : digest;
    }
}
