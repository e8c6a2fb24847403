package dev.breakwater.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.breakwater.events.event.Event;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The test vectors of events.md 10.3 and 10.4, every byte of them. */
class SignerTest {

    private static final String CURRENT = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String PREVIOUS = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String TIMESTAMP = "1779710401";
    private static final String EVENT_ID = "evt_02m4k9p1q7w3";
    private static final String TEXT = "{\"id\":\"del_0193f1a2c001\",\"type\":\"event.created\","
            + "\"created_at\":\"2026-05-25T12:00:01Z\",\"data\":{\"id\":\"evt_02m4k9p1q7w3\",\"type\":\"order.shipped\","
            + "\"workspace_id\":\"ws_018f3a2e4b9c\",\"payload\":{\"order_id\":\"ord_0192be7a3c4f\",\"carrier\":\"ups\"},"
            + "\"created_at\":\"2026-05-25T12:00:00Z\"}}";
    private static final byte[] BODY = TEXT.getBytes(StandardCharsets.UTF_8);

    @Test
    void signsTheDocumentedBody() {
        assertThat(BODY).hasSize(267);
        assertThat(Signer.harbor(List.of(CURRENT), TIMESTAMP, BODY))
                .isEqualTo("8ffb2e350d5b39844a81f0cbfa0a05d3bdb996dbe724113a9029e7192f1eb9a9");
        assertThat(Signer.standard(List.of(CURRENT), EVENT_ID, TIMESTAMP, BODY))
                .isEqualTo("v1,u6lmkZQ8vqE/G9IfNks99bfAIymtav22+fHEeayThvs=");
    }

    @Test
    void signsWithBothSecretsDuringARotation() {
        assertThat(Signer.harbor(List.of(CURRENT, PREVIOUS), TIMESTAMP, BODY))
                .isEqualTo("8ffb2e350d5b39844a81f0cbfa0a05d3bdb996dbe724113a9029e7192f1eb9a9,"
                        + "716ee2ed1ad5ca4269fd2f1a35e5f7a0c90e4ee2a00bdd0f2845981901a73585");
        assertThat(Signer.standard(List.of(CURRENT, PREVIOUS), EVENT_ID, TIMESTAMP, BODY))
                .isEqualTo("v1,u6lmkZQ8vqE/G9IfNks99bfAIymtav22+fHEeayThvs= "
                        + "v1,HoJUmwfxqq6mzFMzyDIGnxJY+WAKJ8UtwMEXltWTV4Q=");
    }

    @Test
    void signsRawUtf8() {
        byte[] body = TEXT.replace("\"ups\"", "\"\u00e9\u2603\"").getBytes(StandardCharsets.UTF_8);

        assertThat(body).hasSize(269);
        assertThat(Signer.harbor(List.of(CURRENT), TIMESTAMP, body))
                .isEqualTo("6f19f73a8d098e5b059dcc241e42eda6463297f6b95649218057016bae88cafd");
    }

    @Test
    void signsAnEmptyBody() {
        assertThat(Signer.harbor(List.of(CURRENT), TIMESTAMP, new byte[0]))
                .isEqualTo("d51fe1ef19815f3351fe5d61703b60179a3fabdfb6fd0f21ca3b5a6b6e222f0e");
    }

    @Test
    void aStockStandardWebhooksLibraryVerifiesIt() {
        String now = Long.toString(java.time.InstantSource.system().instant().getEpochSecond());
        String signatures = Signer.standard(List.of(CURRENT, PREVIOUS), EVENT_ID, now, BODY);
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(EVENT_ID),
                        "webhook-timestamp", List.of(now),
                        "webhook-signature", List.of(signatures)),
                (name, value) -> true);

        assertThatCode(() -> new Webhook(CURRENT).verify(TEXT, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(PREVIOUS).verify(TEXT, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(CURRENT).verify(TEXT + " ", headers)).isInstanceOf(Exception.class);
    }

    @Test
    void theEnvelopeHasTheDocumentedMembersAndTheRawPayload() {
        UUID id = new UUID(0x0193f1a2_c001_7000L, 0x8000_0000_0000_0001L);
        String payload = "{\"z\":1.10,\"a\":12345678901234567890,\"é\":\"\\u2603\"}";
        Event event = new Event(
                id,
                id,
                "order.shipped",
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-05-25T12:00:00.999Z"));

        String envelope =
                new String(Envelope.of(id, Instant.parse("2026-05-25T12:00:01.5Z"), event), StandardCharsets.UTF_8);

        String digits = dev.breakwater.kernel.id.Ids.text("x", id).substring(2);
        assertThat(envelope)
                .isEqualTo("{\"id\":\"del_" + digits + "\",\"type\":\"event.created\","
                        + "\"created_at\":\"2026-05-25T12:00:01Z\",\"data\":{\"id\":\"evt_" + digits
                        + "\",\"type\":\"order.shipped\",\"workspace_id\":\"ws_" + digits + "\",\"payload\":" + payload
                        + ",\"created_at\":\"2026-05-25T12:00:00Z\"}}");
    }
}
