package dev.breakwater.events.event;

import dev.breakwater.events.webhook.EventPattern;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events a list call asks for (events.md 4.4). Times become bounds on ids, because an id carries the time of
 * its event.
 *
 * @param types exact types and patterns, any of which may fit; empty for all
 * @param from the least id that fits
 * @param before the least id that does not fit any more
 */
record EventFilter(List<String> types, UUID from, UUID before) {

    private static final int MAX_TYPES = 100;
    private static final UUID LEAST = new UUID(0, 0);
    private static final UUID GREATEST = new UUID(-1, -1);

    /**
     * Reads {@code type}, {@code created_after} and {@code created_before}; {@code cursor} bounds the page.
     *
     * @throws Failure.Invalid for a type or time that is none
     */
    static EventFilter of(Call call, Optional<UUID> cursor) {
        return of(call.queryAll("type"), time(call, "created_after"), time(call, "created_before"), cursor);
    }

    /**
     * A filter by types and times; {@code cursor} bounds the page.
     *
     * @throws Failure.Invalid for a type that is none
     */
    static EventFilter of(List<String> types, Optional<Instant> after, Optional<Instant> until, Optional<UUID> cursor) {
        if (types.size() > MAX_TYPES) {
            throw Json.invalidValue("type", "name at most %d types".formatted(MAX_TYPES));
        }
        for (String type : types) {
            if (!EventPattern.isPattern(type)) {
                throw Json.invalidValue("type", "use an event type, a type followed by .* or *");
            }
        }
        UUID from = after.map(Ids::floor).orElse(LEAST);
        UUID end = until.map(Ids::floor).orElse(GREATEST);
        UUID before = cursor.filter(id -> earlier(id, end)).orElse(end);
        return new EventFilter(types.contains("*") ? List.of() : types, from, before);
    }

    private static Optional<Instant> time(Call call, String parameter) {
        return call.query(parameter).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Json.invalidValue(parameter, "use an ISO 8601 time such as 2026-05-25T12:00:00Z");
            }
        });
    }

    private static boolean earlier(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high < 0
                || (high == 0
                        && Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits()) < 0);
    }

    List<String> exactTypes() {
        return types.stream().filter(type -> !type.endsWith("*")).toList();
    }

    /** What the types selected by a pattern begin with, the dot included. */
    List<String> typePrefixes() {
        return types.stream()
                .filter(type -> type.endsWith("*"))
                .map(type -> type.substring(0, type.length() - 1))
                .toList();
    }
}
