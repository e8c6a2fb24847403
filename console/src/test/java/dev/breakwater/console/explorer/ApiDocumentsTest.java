package dev.breakwater.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiDocumentsTest {

    private static byte[] document() {
        return """
                openapi: 3.1.0
                info: {title: Tides, version: "1", summary: When the water is high}
                paths: {}
                """.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_was_read_ahead_is_not_read_again() throws InterruptedException {
        byte[] source = document();
        ApiDocuments documents = new ApiDocuments(Map.of("tides", source));

        documents.readAhead().join();
        Arrays.fill(source, (byte) '?');

        assertThat(documents.find("tides").orElseThrow().title()).isEqualTo("Tides");
    }

    @Test
    void whoever_asks_before_is_answered_all_the_same() {
        ApiDocuments documents = new ApiDocuments(Map.of("tides", document()));

        assertThat(documents.all()).extracting(ApiDocument::title).containsExactly("Tides");
        assertThat(documents.find("ebbs")).isEmpty();
    }
}
