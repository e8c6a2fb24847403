package dev.breakwater.registry.current;

import dev.breakwater.kernel.http.Call;

/** The parameters that narrow and sort lists (registry.md 3.1). */
final class Lists {

    private Lists() {}

    /** What {@code q} asks for. */
    static ListQuery query(Call call) {
        return ListQuery.parse(call.query("q").orElse(""));
    }

    /** What {@code sort} asks for, unread. */
    static String sort(Call call) {
        return call.query("sort").orElse("");
    }
}
