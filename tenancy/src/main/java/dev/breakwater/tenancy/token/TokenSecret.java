package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.identity.Environment;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A token as its holder knows it. It exists only between its making and the answer that hands it over; it is stored
 * as {@link #hash()}, and its text appears in no log, because {@link #toString()} shows the beginning and the end.
 *
 * @param text the whole token
 * @param prefix what of its beginning may be shown
 */
public record TokenSecret(String text, String prefix) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_LENGTH = 32;
    private static final int ID_BYTES = 12;
    private static final String LIVE = "hb_live_";
    private static final String SANDBOX = "hb_test_";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new API key: {@code hb_live_} or {@code hb_test_} and 32 characters, 190 random bits (events.md 2.2). */
    public static TokenSecret apiKey(Environment environment) {
        String prefix = environment == Environment.LIVE ? LIVE : SANDBOX;
        return new TokenSecret(prefix + secret(), prefix);
    }

    /** A new personal token: {@code pat.<account>.<id>.<secret>} (delivery.md 3.1). */
    public static TokenSecret personal(String account) {
        return ofAccount("pat", account);
    }

    /** A new token of a service account: {@code sat.<account>.<id>.<secret>} (delivery.md 3.1). */
    public static TokenSecret serviceAccount(String account) {
        return ofAccount("sat", account);
    }

    private static TokenSecret ofAccount(String kind, String account) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        String prefix = kind + "." + account + "." + HexFormat.of().formatHex(id) + ".";
        return new TokenSecret(prefix + secret(), prefix);
    }

    private static String secret() {
        StringBuilder out = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            out.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return out.toString();
    }

    /** Whether a text has the form of an API key, so that it is worth looking for. */
    public static boolean hasFormOfApiKey(String text) {
        return text.length() == LIVE.length() + SECRET_LENGTH
                && (text.startsWith(LIVE) || text.startsWith(SANDBOX))
                && isAlphanumeric(text, LIVE.length());
    }

    private static boolean isAlphanumeric(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean known = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** What is stored of it. */
    public TokenHash hash() {
        return TokenHash.of(text);
    }

    /** The last four characters, for people to tell tokens apart. */
    public String lastFour() {
        return text.substring(text.length() - 4);
    }

    @Override
    public String toString() {
        return prefix + "…" + lastFour();
    }
}
