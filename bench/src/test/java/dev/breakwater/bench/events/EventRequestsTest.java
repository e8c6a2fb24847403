package dev.breakwater.bench.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.bench.target.Target;
import dev.breakwater.kernel.json.Json;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventRequestsTest {

    private final Target target = new Target(URI.create("http://127.0.0.1:8080"), "hb_test_k", "ws_1");

    @Test
    void theNumberStandsInThePayloadAndInTheIdempotencyKey() {
        EventRequests requests = new EventRequests(target, new Numbers(), true, List.of("order.shipped"));

        String first = text(requests.next());
        String second = text(requests.next());

        assertThat(requests.number()).isEqualTo(1_000_000_001L);
        assertThat(head(first)).contains("\r\nIdempotency-Key: bench-1000000000\r\n");
        assertThat(head(second)).contains("\r\nIdempotency-Key: bench-1000000001\r\n");
        assertThat(body(first).path("payload").path("n").asLong()).isEqualTo(1_000_000_000L);
        assertThat(body(second).path("payload").path("n").asLong()).isEqualTo(1_000_000_001L);
    }

    @Test
    void theAnnouncedLengthIsThatOfTheBody() {
        String request = text(new EventRequests(target, new Numbers(), false, List.of("order.shipped")).next());

        int length = request.substring(request.indexOf("\r\n\r\n") + 4).length();

        assertThat(head(request))
                .contains("\r\nContent-Length: " + length + "\r\n")
                .doesNotContain("Idempotency-Key");
    }

    @Test
    void typesComeInTurns() {
        EventRequests requests = new EventRequests(target, new Numbers(), false, List.of("a", "b"));

        assertThat(List.of(text(requests.next()), text(requests.next()), text(requests.next())))
                .extracting(request -> body(request).path("type").asString())
                .containsExactly("a", "b", "a");
    }

    private static String text(ByteBuffer request) {
        return StandardCharsets.ISO_8859_1.decode(request).toString();
    }

    private static String head(String request) {
        return request.substring(0, request.indexOf("\r\n\r\n") + 4);
    }

    private static JsonNode body(String request) {
        return Json.object(request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1));
    }
}
