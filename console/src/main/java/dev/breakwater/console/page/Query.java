package dev.breakwater.console.page;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.registry.PageAfter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a list from its address; what was left empty in a form counts as absent. */
public record Query(Call call) {

    private static final int ROWS = 25;
    private static final int LONGEST_CURSOR = 300;

    /** The filters of a visit. */
    public static Query of(Visit visit) {
        return new Query(visit.call());
    }

    /** A filter, if it is set. */
    public Optional<String> optional(String name) {
        return call.query(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A filter as the form shows it. */
    public String shown(String name) {
        return optional(name).orElse("");
    }

    /**
     * A time, if it is set: as a form sends it, in UTC, or with an offset.
     *
     * @throws Failure.Invalid when it is none
     */
    public Optional<Instant> time(String name) {
        return optional(name).map(text -> Query.instant(name, text));
    }

    /**
     * A time as a form sends it, in UTC, or with an offset.
     *
     * @throws Failure.Invalid naming the field when it is none
     */
    public static Instant instant(String field, String text) {
        try {
            return text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Failure.Invalid(field, "This is no time. Write it as 2026-05-25T12:00, in UTC.");
        }
    }

    /**
     * Which page of the list is wanted.
     *
     * @param prefix of the ids in the list
     * @throws Failure.Invalid for a cursor that is none
     */
    public PageRequest page(String prefix) {
        @Nullable String after = optional("starting_after").orElse(null);
        return new PageRequest(
                prefix,
                ROWS,
                after == null
                        ? null
                        : Ids.parse(prefix, after)
                                .orElseThrow(() -> new Failure.Invalid("This page of the list does not exist.")));
    }

    /**
     * Which page of a list is wanted that tells itself where each page ends.
     *
     * @throws Failure.Invalid for a cursor that is none
     */
    public PageAfter after() {
        Optional<String> cursor = optional("starting_after");
        if (cursor.filter(text -> text.length() > LONGEST_CURSOR || text.indexOf(0) >= 0)
                .isPresent()) {
            throw new Failure.Invalid("This page of the list does not exist.");
        }
        return new PageAfter(cursor, ROWS);
    }

    /** Whether the list begins with its newest item. */
    public boolean first() {
        return optional("starting_after").isEmpty();
    }

    /** The address of this list with these filters, from another place on; empty for the newest item. */
    public String from(Optional<String> cursor) {
        StringBuilder address = new StringBuilder(call.path());
        char separator = '?';
        for (String pair : call.rawQuery().split("&", -1)) {
            if (!pair.isEmpty() && !pair.startsWith("starting_after=") && !pair.startsWith("notice=")) {
                address.append(separator).append(pair);
                separator = '&';
            }
        }
        cursor.ifPresent(id -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append("starting_after=")
                .append(Paths.encode(id)));
        return address.toString();
    }
}
