package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Answer;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Renders pages. The templates were compiled when the server was built; what they print is escaped by its place. */
public final class Templates {

    private static final String HTML = "text/html; charset=utf-8";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * Answers with a page that nobody may keep.
     *
     * @param name of the template, for example {@code home.jte}
     * @param model its one parameter
     */
    public Answer answer(int status, String name, Object model) {
        return Answer.of(status, HTML, render(name, model)).with("Cache-Control", "no-store");
    }

    /** Renders a page or a part of one. */
    public byte[] render(String name, Object model) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render(name, model, output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
