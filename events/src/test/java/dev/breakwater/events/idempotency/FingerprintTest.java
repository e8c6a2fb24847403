package dev.breakwater.events.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies are the same when their JSON values are (events.md 6, I9). */
class FingerprintTest {

    private static byte[] of(String body) {
        return Fingerprint.of(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":[1,2]}|{ \"b\" : [ 1 , 2 ], \"a\" : 1 }",
                "{\"a\":\"\\u0041\"}|{\"a\":\"A\"}",
                "{\"a\":{\"x\":1,\"y\":2}}|{\"a\":{\"y\":2,\"x\":1}}"
            })
    void agree(String left, String right) {
        assertThat(of(left)).isEqualTo(of(right));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|{\"a\":1.0}",
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":[1,2]}|{\"a\":[2,1]}",
                "{\"a\":[12]}|{\"a\":[1,2]}",
                "{\"a\":null}|{\"a\":\"null\"}",
                "{\"a\":1}|{\"a\":1,\"b\":2}",
                "{\"ab\":\"c\"}|{\"a\":\"bc\"}"
            })
    void differ(String left, String right) {
        assertThat(of(left)).isNotEqualTo(of(right));
    }
}
