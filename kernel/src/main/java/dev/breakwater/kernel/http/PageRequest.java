package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of an administrative list is asked for, newest first. A cursor is the id of the last item of the page
 * before; unlike those of the events API it does not expire.
 *
 * @param prefix with which the ids of the list are spelled
 * @param limit the most items, 1 to 100
 * @param after the id behind which the page begins; null for the first page
 */
public record PageRequest(
        String prefix, int limit, @Nullable UUID after) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /**
     * Reads {@code limit} and {@code starting_after} (events.md 5).
     *
     * @throws Failure.Invalid for any other limit, or an id of another kind
     */
    public static PageRequest of(Call call, String prefix) {
        return new PageRequest(
                prefix,
                limit(call),
                call.query("starting_after").map(text -> cursor(prefix, text)).orElse(null));
    }

    /**
     * Reads {@code limit}, 20 when it is absent.
     *
     * @throws Failure.Invalid for anything but a number from 1 to 100
     */
    public static int limit(Call call) {
        Optional<String> text = call.query("limit");
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (text.get().matches("\\d{1,3}")) {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw new Failure.Invalid("limit", "limit must be between 1 and 100.");
    }

    private static UUID cursor(String prefix, String text) {
        return Ids.parse(prefix, text)
                .orElseThrow(() -> new Failure.Invalid("starting_after", "Invalid cursor: %s.".formatted(text)));
    }

    /** How many rows to read: one more than the page holds, to know whether there are more. */
    public int rows() {
        return limit + 1;
    }

    /** Answers with the page cut from {@link #rows()} rows. */
    public <T> Answer answer(List<T> rows, Function<T, UUID> id, Function<T, ?> view) {
        List<T> items = rows.size() > limit ? rows.subList(0, limit) : rows;
        return Answer.json(
                200,
                new Wire(
                        items.stream().<Object>map(view).toList(),
                        rows.size() > limit,
                        items.isEmpty() ? null : Ids.text(prefix, id.apply(items.getLast()))));
    }

    /** The page cut from {@link #rows()} rows, for those who show it otherwise than as JSON. */
    public <T, V> Page<V> page(List<T> rows, Function<T, UUID> id, Function<T, V> view) {
        boolean more = rows.size() > limit;
        List<T> items = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                items.stream().map(view).toList(),
                more ? Optional.of(Ids.text(prefix, id.apply(items.getLast()))) : Optional.empty());
    }

    private record Wire(
            List<Object> data, boolean hasMore, @Nullable String endCursor) {}
}
