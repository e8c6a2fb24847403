package dev.breakwater.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String minified(String json) {
        byte[] bytes = utf8(json);
        return new String(Json.minify(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }

    @Test
    void dropsOnlyTheWhiteSpaceBetweenTokens() {
        assertThat(minified("{ \"b\" : 1.10 ,\n\t\"a\" : \" x \\\" y \" , \"é☃\" : [ 12345678901234567890 ] }"))
                .isEqualTo("{\"b\":1.10,\"a\":\" x \\\" y \",\"é☃\":[12345678901234567890]}");
    }

    @Property
    void quotesAnyTextSoThatItReadsBack(@ForAll String text) {
        StringBuilder out = new StringBuilder();
        Json.quote(out, text);

        assertThat(new JsonMapper().readValue(out.toString(), String.class)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":}",
                "{",
                "{} {}",
                "[]",
                "\"text\"",
                "null",
                "",
                "{'a':1}",
                "{\"a\":01}"
            })
    void refusesWhatIsNotOneSoundObject(String body) {
        assertThatThrownBy(() -> Json.object(utf8(body))).isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void refusesNestingThatIsTooDeepWithoutWalkingIntoIt() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> Json.object(utf8(deep)))
                .isInstanceOf(Failure.Invalid.class)
                .hasMessageContaining("limit on depth");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
        byte[] surrogate = {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'};
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

        for (byte[] body : new byte[][] {overlong, surrogate, utf16}) {
            assertThatThrownBy(() -> Json.requireText(body)).isInstanceOf(Failure.Invalid.class);
        }
    }
}
