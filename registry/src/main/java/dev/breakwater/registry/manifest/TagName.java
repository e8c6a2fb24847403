package dev.breakwater.registry.manifest;

/** The grammar of tags: up to 128 letters, digits, {@code _ . -}, the first no dot or hyphen (registry.md 2.1). */
public final class TagName {

    private static final int LONGEST = 128;

    private TagName() {}

    /** Whether a text may be a tag. */
    public static boolean isWellFormed(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sound = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!sound) {
                return false;
            }
        }
        return true;
    }
}
