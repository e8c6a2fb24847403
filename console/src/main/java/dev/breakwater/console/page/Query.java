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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filters of a list from its address; what was left empty in a form counts as absent.
 *
 * @param call that asks for the list
 * @param path where the list is
 */
public record Query(Call call, String path) {

    private static final int ROWS = 25;
    private static final int LONGEST = 300;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;
    private static final String CURSOR = "starting_after";
    /** What says which list is looked at and how, rather than which part of it. */
    private static final Set<String> OF_WHOLE = Set.of(Visit.ORGANIZATION, Workspaces.FIELD, "sort");

    /** The filters of a call, of the list at its own path. */
    public Query(Call call) {
        this(call, call.path());
    }

    /** The filters of a visit. */
    public static Query of(Visit visit) {
        return new Query(visit.call());
    }

    /** The filters of a visit to the list at this address, whose page may also answer a form. */
    public static Query of(Visit visit, String address) {
        return visit.call().method().equals("GET") ? of(visit) : new Query(visit.call(), address);
    }

    /** A filter, if it is set. */
    public Optional<String> optional(String name) {
        return call.query(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * A text to look for, if it is set.
     *
     * @throws Failure.Invalid naming the field when it is too long
     */
    public Optional<String> text(String name) {
        Optional<String> text = optional(name);
        if (text.filter(each -> each.length() > LONGEST).isPresent()) {
            throw new Failure.Invalid(name, "This is too long. Write %d characters at most.".formatted(LONGEST));
        }
        return text;
    }

    /**
     * One of several, if it is set.
     *
     * @throws Failure.Invalid naming the field when it is another
     */
    public Optional<String> choice(String name, List<String> choices) {
        Optional<String> chosen = optional(name);
        if (chosen.filter(each -> !choices.contains(each)).isPresent()) {
            throw new Failure.Invalid(name, "Choose one of these: %s.".formatted(String.join(", ", choices)));
        }
        return chosen;
    }

    /**
     * An id, if it is set.
     *
     * @param prefix that such ids begin with
     * @throws Failure.Invalid naming the field when it is none
     */
    public Optional<String> id(String name, String prefix) {
        return optional(name).map(text -> Query.id(name, prefix, text));
    }

    /**
     * An id.
     *
     * @throws Failure.Invalid naming the field when it is none
     */
    public static String id(String field, String prefix, String text) {
        if (Ids.parse(prefix, text).isEmpty()) {
            throw new Failure.Invalid(
                    field,
                    "This is no such id. Copy one that begins with %s_, with all 26 characters after it."
                            .formatted(prefix));
        }
        return text;
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
            OffsetDateTime time = text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                    ? OffsetDateTime.parse(text)
                    : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // It is told below, as for a year that no list reaches.
        }
        throw new Failure.Invalid(field, "This is no time. Write it as 2026-05-25T12:00, in UTC.");
    }

    /** Whether the field of a browser for times shows this; it would show nothing instead of anything else. */
    public static boolean fitsTimeField(String text) {
        return text.isEmpty() || text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?");
    }

    /**
     * Which page of the list is wanted.
     *
     * @param prefix of the ids in the list
     * @throws Failure.Invalid for a cursor that is none
     */
    public PageRequest page(String prefix) {
        @Nullable String after = optional(CURSOR).orElse(null);
        return new PageRequest(
                prefix, ROWS, after == null ? null : Ids.parse(prefix, after).orElseThrow(Query::noPage));
    }

    /**
     * Which page of a list is wanted that tells itself where each page ends.
     *
     * @throws Failure.Invalid for a cursor that is none
     */
    public PageAfter after() {
        Optional<String> cursor = optional(CURSOR);
        if (cursor.filter(text -> text.length() > LONGEST).isPresent()) {
            throw noPage();
        }
        return new PageAfter(cursor, ROWS);
    }

    /** The beginning of such a list. */
    public static PageAfter beginning() {
        return new PageAfter(Optional.empty(), ROWS);
    }

    private static Failure.Invalid noPage() {
        return new Failure.Invalid("This page of the list does not exist.");
    }

    /** Whether the list begins with its newest item. */
    public boolean first() {
        return optional(CURSOR).isEmpty();
    }

    /** The address of this list with these filters, from another place on; empty for the newest item. */
    public String from(Optional<String> cursor) {
        String address = with(name -> !name.equals(CURSOR) && !name.equals("notice"));
        return cursor.map(id -> Paths.with(address, CURSOR, id)).orElse(address);
    }

    /**
     * The address of this list without any filter.
     *
     * @param wrong what is not kept, as it was wrong; null for nothing
     */
    String whole(@Nullable String wrong) {
        return with(name -> OF_WHOLE.contains(name) && !name.equals(wrong));
    }

    private String with(Predicate<String> kept) {
        StringBuilder address = new StringBuilder(path);
        char separator = path.indexOf('?') < 0 ? '?' : '&';
        for (String pair : call.rawQuery().split("&", -1)) {
            if (!pair.isEmpty() && kept.test(pair.split("=", 2)[0])) {
                address.append(separator).append(pair);
                separator = '&';
            }
        }
        return address.toString();
    }
}
