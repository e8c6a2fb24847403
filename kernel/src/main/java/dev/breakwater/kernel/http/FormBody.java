package dev.breakwater.kernel.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The body of a call as a form of a browser sends it, {@code application/x-www-form-urlencoded}. */
public final class FormBody {

    private FormBody() {}

    /**
     * The first value of a field.
     *
     * @throws dev.breakwater.kernel.failure.Failure.Invalid for a broken escape
     */
    public static Optional<String> field(Call call, String name) {
        return HttpPath.parameters(new String(call.body(), StandardCharsets.UTF_8), name).stream()
                .findFirst();
    }
}
