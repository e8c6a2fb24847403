package dev.breakwater.events.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRequestTest {

    private static EventRequest parse(String body) {
        return EventRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String payload) {
        return "{\"workspace_id\":\"ws_1\",\"type\":\"a.b\",\"payload\":" + payload + "}";
    }

    @Test
    void keepsThePayloadAsItWasSentWithoutItsWhiteSpace() {
        EventRequest request = parse("""
                { "extra": [1, {"payload": 2}], "payload" : { "z": 1.10, "a" : "\\u00e9 é" , "n": 12345678901234567890 },
                  "type": "order.shipped", "workspace_id": "ws_1", "id": "evt_mine" }
                """);

        assertThat(new String(request.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"z\":1.10,\"a\":\"\\u00e9 é\",\"n\":12345678901234567890}");
        assertThat(request.type()).isEqualTo("order.shipped");
        assertThat(request.workspaceId()).isEqualTo("ws_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workspace_id|{\"type\":\"a\",\"payload\":{}}",
                "type|{\"workspace_id\":\"ws_1\",\"payload\":{}}",
                "payload|{\"workspace_id\":\"ws_1\",\"type\":\"a\"}"
            })
    void namesTheFieldThatIsMissing(String field, String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        failure -> assertThat(failure.param()).isEqualTo(field))
                .hasMessage("Missing required field: " + field + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "true", "null"})
    void refusesAPayloadThatIsNoObject(String payload) {
        assertThatThrownBy(() -> parse(body(payload)))
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        failure -> assertThat(failure.param()).isEqualTo("payload"));
    }

    @Test
    void measuresThePayloadWithoutItsWhiteSpace() {
        String fits = "{\"a\":\"" + "x".repeat(262_144 - 8) + "\"}";
        String tooLong = "{\"a\":\"" + "x".repeat(262_144 - 7) + "\"}";

        assertThat(parse(body(fits + "   ")).payload()).hasSize(262_144);
        assertThatThrownBy(() -> parse(body(tooLong)))
                .isInstanceOf(Failure.TooLarge.class)
                .hasMessage("payload exceeds the maximum size of 256 KB.");
    }

    @Test
    void countsLevelsOfThePayload() {
        String fits = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
        String tooDeep = "{\"a\":".repeat(64) + "{}" + "}".repeat(64);

        assertThat(parse(body(fits)).payload()).isNotEmpty();
        assertThatThrownBy(() -> parse(body(tooDeep)))
                .isInstanceOf(Failure.Invalid.class)
                .hasMessageContaining("64 levels");
    }

    @Test
    void reservesThePlatformsOwnTypes() {
        assertThatThrownBy(() -> parse(body("{}").replace("a.b", "harbor.test")))
                .isInstanceOf(Failure.Invalid.class)
                .hasMessageContaining("reserved");
    }
}
