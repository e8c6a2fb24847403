package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Answer;
import java.util.Map;

/** Leads a browser to another page. */
public final class Redirect {

    private Redirect() {}

    /** The browser gets that page next, whatever it sent before. */
    public static Answer to(String path) {
        return new Answer(303, Map.of("Location", path, "Cache-Control", "no-store"), new Answer.Bytes(new byte[0]));
    }
}
