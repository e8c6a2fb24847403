package dev.breakwater.events.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the signing secrets of endpoints: {@code whsec_} and the Base64 of 32 random bytes (events.md 10.3). */
public final class SigningSecret {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningSecret() {}

    /** A new secret. */
    public static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }
}
