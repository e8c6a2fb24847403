package dev.breakwater.tenancy.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the forms of a session carry, so that a page elsewhere cannot send them. It is derived from the session's
 * token, so there is nothing to store, and it does not tell that token.
 */
public final class FormToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "forms of the console".getBytes(StandardCharsets.US_ASCII);

    private FormToken() {}

    /** The token of the forms of whoever keeps this secret. */
    public static String of(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
