package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;

/** Answers the calls of one route, knowing who is calling. */
@FunctionalInterface
public interface KnownHandler {
    /** Answers one call. */
    Answer handle(Call call, Rights rights);
}
