package dev.breakwater.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.server.config.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class LoggingTest {

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(standardError);
        Logging.apply(Configuration.of(Map.of("log.level", "warn")));
    }

    @Test
    void jsonIsOneObjectPerLine() {
        Logging.apply(Configuration.of(Map.of("log.format", "json")));

        LoggerFactory.getLogger("dev.breakwater.example").info("two\nlines and a \"quote\"");
        LoggerFactory.getLogger("dev.breakwater.example").error("broken", new IllegalStateException("why"));

        List<String> written = lines.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(written).hasSize(2);
        JsonNode first = Json.mapper().readTree(written.getFirst());
        assertThat(first.get("level").asString()).isEqualTo("INFO");
        assertThat(first.get("message").asString()).isEqualTo("two\nlines and a \"quote\"");
        assertThat(Json.mapper().readTree(written.getLast()).toString()).contains("IllegalStateException", "why");
    }

    @Test
    void theLevelHolds() {
        Logging.apply(Configuration.of(Map.of("log.level", "error")));

        LoggerFactory.getLogger("dev.breakwater.example").warn("unimportant");
        LoggerFactory.getLogger("dev.breakwater.example").error("important");

        assertThat(lines.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .endsWith("ERROR example: important");
    }

    @Test
    void javaUtilLoggingGoesTheSameWay() {
        Logging.apply(Configuration.of(Map.of()));

        java.util.logging.Logger.getLogger("some.library").warning("heard");

        assertThat(lines.toString(StandardCharsets.UTF_8)).contains("WARN  library: heard");
    }
}
