package dev.breakwater.kernel.http;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.limit.RateLimit;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RateLimit} from the body of an administrative request. */
public final class RateLimitField {

    /** The name of the field. */
    public static final String NAME = "rate_limit";

    private static final int MOST = 10_000_000;

    private RateLimitField() {}

    /** The numbers that were sent; null when the field is absent or null. */
    public static @Nullable RateLimit read(JsonBody body) {
        return body.isText(NAME, RateLimit.WIRE)
                ? RateLimit.UNLIMITED
                : body.optionalObject(NAME)
                        .map(limit -> new RateLimit(number(limit, "requests_per_minute"), number(limit, "burst")))
                        .orElse(null);
    }

    private static int number(JsonBody limit, String name) {
        return limit.optionalInteger(name, 1, MOST).orElseThrow(() -> Json.missing(NAME + "." + name));
    }
}
