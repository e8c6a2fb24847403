package dev.breakwater.kernel.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
        return fields(call, name).stream().findFirst();
    }

    /**
     * All values of a field, in the order sent.
     *
     * @throws dev.breakwater.kernel.failure.Failure.Invalid for a broken escape
     */
    public static List<String> fields(Call call, String name) {
        return HttpPath.parameters(new String(call.body(), StandardCharsets.UTF_8), name);
    }
}
