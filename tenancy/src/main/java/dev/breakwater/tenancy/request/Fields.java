package dev.breakwater.tenancy.request;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields that several administrative requests share, and writes the times of their answers. */
public final class Fields {

    private static final int LONGEST_NAME = 120;

    private Fields() {}

    /** The {@code name} of a thing, which must be there: 1 to 120 characters, not blank. */
    public static String name(JsonBody body) {
        return name(body.string("name"));
    }

    /** The name of a thing: 1 to 120 characters, not blank. */
    public static String name(String text) {
        return line("name", text, LONGEST_NAME);
    }

    /** The new {@code name} of a thing, when it is to change. */
    public static Optional<String> optionalName(JsonBody body) {
        return body.optionalString("name").map(name -> line("name", name, LONGEST_NAME));
    }

    /** One line of text that is not blank. */
    public static String line(String field, String text, int longest) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > longest) {
            throw Json.invalidValue(field, "it must have 1 to %d characters and not be blank".formatted(longest));
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw Json.invalidValue(field, "it must not contain control characters");
        }
        return text;
    }

    /** The time at which something ends, when it ends at all. */
    public static Optional<Instant> expiry(JsonBody body, Instant now) {
        return body.optionalString("expires_at").map(text -> {
            Instant at = instant("expires_at", text);
            requireFuture("expires_at", at, now);
            return at;
        });
    }

    /** Insists on a time that is yet to come. */
    public static void requireFuture(String field, Instant at, Instant now) {
        if (!at.isAfter(now)) {
            throw Json.invalidValue(field, "it must lie in the future");
        }
    }

    /** A time in a query, when it is given. */
    public static @Nullable Instant time(Call call, String parameter) {
        return call.query(parameter).map(text -> instant(parameter, text)).orElse(null);
    }

    private static Instant instant(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Json.invalidValue(field, "it must be an ISO 8601 time such as 2026-05-25T12:00:00Z");
        }
    }

    /**
     * The id in the path.
     *
     * @param thing what the message calls it
     * @throws Failure.NotFound when it is no id of that kind
     */
    public static UUID pathId(Call call, String prefix, String thing) {
        return Ids.parse(prefix, call.pathParameter("id")).orElseThrow(() -> notFound(call, thing));
    }

    /** There is no such thing for this caller. */
    public static Failure.NotFound notFound(Call call, String thing) {
        return notFound(thing, call.pathParameter("id"));
    }

    /** There is no such thing for this caller. */
    public static Failure.NotFound notFound(String thing, String id) {
        return new Failure.NotFound("No %s found with id %s.".formatted(thing, id));
    }

    /** Times are written in whole seconds (events.md 3). */
    public static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Times are written in whole seconds; null stays null. */
    public static @Nullable Instant secondsOrNull(@Nullable Instant time) {
        return time == null ? null : seconds(time);
    }
}
