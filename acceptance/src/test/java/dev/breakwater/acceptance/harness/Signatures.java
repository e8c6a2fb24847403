package dev.breakwater.acceptance.harness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver's own check of {@code Harbor-Signature}, written after the contract alone (events.md 10.3). */
public final class Signatures {

    private Signatures() {}

    /** The one element that a secret contributes. */
    public static String sign(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether any element of the header is that of the secret. */
    public static boolean verify(Receiver.Delivery delivery, String secret) {
        byte[] expected = sign(secret, delivery.header("Harbor-Timestamp"), delivery.body())
                .getBytes(StandardCharsets.US_ASCII);
        boolean any = false;
        for (String element : delivery.header("Harbor-Signature").split(",", -1)) {
            any |= MessageDigest.isEqual(expected, element.getBytes(StandardCharsets.US_ASCII));
        }
        return any;
    }
}
