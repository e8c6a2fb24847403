package dev.breakwater.registry.classic.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.json.WireTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tag as the 2017 API shows it (registry.md 1.4). What the configuration of an image says is empty when it cannot be
 * read, as for an index.
 */
public record TagView(
        String digest,
        String name,
        String architecture,
        String os,
        String dockerVersion,
        String author,
        String created,
        RepositoryHandlers.@Nullable SignatureView signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ScanView scanOverview) {

    /** The time that stands for none. */
    public static final String NEVER = "0001-01-01T00:00:00Z";

    static TagView of(
            TagListStore.Tagged tagged,
            RepositoryHandlers.@Nullable SignatureView signature,
            @Nullable ScanView scanOverview) {
        JsonNode attributes = Json.mapper().readTree(tagged.attributes());
        return new TagView(
                tagged.digest().toString(),
                tagged.name(),
                text(attributes, "architecture"),
                text(attributes, "os"),
                text(attributes, "docker_version"),
                text(attributes, "author"),
                time(text(attributes, "created")),
                signature,
                scanOverview);
    }

    private static String text(JsonNode attributes, String name) {
        return attributes.path(name).asString("");
    }

    private static String time(String text) {
        try {
            return text.isEmpty()
                    ? NEVER
                    : WireTime.text(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return NEVER;
        }
    }
}
