package dev.breakwater.events.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries with HMAC-SHA256 (events.md 10.3, 10.4). The two signatures differ in what they sign and in their
 * key: Harbor's takes the secret as it is shown, that of Standard Webhooks the bytes that its Base64 part encodes.
 */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET_PREFIX = "whsec_";
    private static final HexFormat HEX = HexFormat.of();

    private Signer() {}

    /** The value of {@code Harbor-Signature}: one element for each secret, in the order given. */
    static String harbor(List<String> secrets, String timestamp, byte[] body) {
        byte[] prefix = ascii(timestamp + ".");
        return secrets.stream()
                .map(secret -> HEX.formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), prefix, body)))
                .collect(Collectors.joining(","));
    }

    /** The value of {@code webhook-signature}: one element for each secret, in the order given. */
    static String standard(List<String> secrets, String messageId, String timestamp, byte[] body) {
        byte[] prefix = ascii(messageId + "." + timestamp + ".");
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(decoded(secret), prefix, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] decoded(String secret) {
        return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hmac(byte[] key, byte[] prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
