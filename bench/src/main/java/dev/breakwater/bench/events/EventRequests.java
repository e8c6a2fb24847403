package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Requests;
import dev.breakwater.bench.target.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests that create events, the given types in turns. Each is prepared as bytes, in which only the number of the
 * event and that of its idempotency key are changed from one to the next.
 */
final class EventRequests implements Requests {

    /** An order as a shop would send it; with its number it is a payload of 270 bytes. */
    private static final String PAYLOAD = "{\"n\":0000000000,\"order_id\":\"ord_0192be7a3c4f\",\"carrier\":\"ups\","
            + "\"tracking\":\"1Z999AA10123456784\",\"amount_cents\":4200,\"currency\":\"EUR\","
            + "\"lines\":[{\"sku\":\"KB-0071\",\"quantity\":1,\"price\":39.90},{\"sku\":\"CB-2210\",\"quantity\":2,"
            + "\"price\":1.05}],\"address\":{\"city\":\"Lübeck\",\"zip\":\"23552\"}}";

    private static final String PLACE = "0".repeat(Numbers.DIGITS);

    private final Numbers numbers;
    private final List<Template> templates;
    private long number;

    private record Template(ByteBuffer bytes, int keyAt, int numberAt) {}

    EventRequests(Target target, Numbers numbers, boolean keyed, List<String> types) {
        this.numbers = numbers;
        templates = types.stream().map(type -> template(target, keyed, type)).toList();
    }

    static int payloadBytes() {
        return PAYLOAD.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public ByteBuffer next() {
        number = numbers.take();
        Template template = templates.get((int) (number % templates.size()));
        if (template.keyAt() >= 0) {
            write(template.bytes(), template.keyAt());
        }
        write(template.bytes(), template.numberAt());
        return template.bytes().rewind();
    }

    @Override
    public long number() {
        return number;
    }

    private void write(ByteBuffer bytes, int at) {
        long rest = number;
        for (int i = at + Numbers.DIGITS - 1; i >= at; i--) {
            bytes.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static Template template(Target target, boolean keyed, String type) {
        byte[] body = "{\"workspace_id\":\"%s\",\"type\":\"%s\",\"payload\":%s}"
                .formatted(target.workspace(), type, PAYLOAD)
                .getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/events HTTP/1.1\r\nHost: " + target.host() + "\r\nAuthorization: Bearer "
                + target.key() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n"
                + (keyed ? "Idempotency-Key: bench-" + PLACE + "\r\n" : "") + "\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocateDirect(headBytes.length + body.length);
        bytes.put(headBytes).put(body);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return new Template(
                bytes, keyed ? head.indexOf("bench-") + "bench-".length() : -1, headBytes.length + text.indexOf(PLACE));
    }
}
