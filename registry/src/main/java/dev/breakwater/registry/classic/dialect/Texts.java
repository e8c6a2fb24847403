package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.http.Answer;
import java.nio.charset.StandardCharsets;

/** Answers of the 2017 API that are not JSON. */
public final class Texts {

    private static final String PLAIN = "text/plain; charset=utf-8";

    private Texts() {}

    /** 200 without a body. */
    public static Answer done() {
        return done(200);
    }

    /** A success without a body. */
    public static Answer done(int status) {
        return text(status, "");
    }

    /** 201 without a body, and where to find what was made. */
    public static Answer created(String location) {
        return done(201).with("Location", location);
    }

    /** A text as it is. */
    public static Answer text(int status, String text) {
        return Answer.of(status, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }
}
