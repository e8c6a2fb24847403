import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver of webhooks that checks every signature, in one file: HARBOR_WEBHOOK_SECRET=whsec_... java Receiver.java
 * It listens on http://localhost:3000/hook, or on the port given as its argument.
 */
void main(String[] arguments) throws Exception {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3000;
    String secret = System.getenv("HARBOR_WEBHOOK_SECRET");
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/hook", exchange -> {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String timestamp = exchange.getRequestHeaders().getFirst("Harbor-Timestamp");
        String signature = exchange.getRequestHeaders().getFirst("Harbor-Signature");
        boolean genuine = secret != null && genuine(secret, timestamp, signature, body);
        IO.println("%s %s".formatted(genuine ? "genuine" : "REFUSED", new String(body, StandardCharsets.UTF_8)));
        byte[] answer = (genuine ? "ok" : "Invalid signature").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(genuine ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    });
    server.start();
    IO.println("Listening on http://localhost:%d/hook".formatted(port));
}

/** Whether one of the signatures is ours, made within the last five minutes. */
boolean genuine(String secret, String timestamp, String signatures, byte[] body) {
    if (timestamp == null || signatures == null || !timestamp.matches("\\d{1,18}")) {
        return false;
    }
    long age = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp));
    byte[] expected = hmac(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII);
    boolean matches = false;
    for (String signature : signatures.split(",")) {
        matches |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
    }
    return matches && age <= 300;
}

/** HMAC-SHA256 over "timestamp.body" with the whole secret as the key, in lower-case hexadecimal. */
String hmac(String secret, String timestamp, byte[] body) {
    try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
    }
}
