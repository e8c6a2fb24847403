package dev.breakwater.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPathTest {

    @Test
    void splitsBeforeItDecodes() {
        assertThat(HttpPath.split("/v1/events/a%2Fb%20c")).containsExactly("v1", "events", "a/b c");
        assertThat(HttpPath.split("/v1/events/")).containsExactly("v1", "events", "");
        assertThat(HttpPath.split("/")).containsExactly("");
    }

    @Test
    void readsRepeatedParametersInOrder() {
        assertThat(HttpPath.parameters("type=a&limit=5&type=b+c%26&bare", "type"))
                .containsExactly("a", "b c&");
        assertThat(HttpPath.parameters("type=a&bare", "bare")).containsExactly("");
        assertThat(HttpPath.parameters("", "type")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%ff", "a%c3"})
    void refusesBrokenEscapes(String text) {
        assertThatThrownBy(() -> HttpPath.decode(text, false)).isInstanceOf(Failure.Invalid.class);
    }
}
