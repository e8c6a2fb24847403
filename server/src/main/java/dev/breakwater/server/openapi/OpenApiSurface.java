package dev.breakwater.server.openapi;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.EnvelopeDialect;
import dev.breakwater.kernel.http.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves {@code /openapi/<surface>.yaml}: the documents that lie in the modules, open to everyone. */
public final class OpenApiSurface {

    private static final List<String> NAMES = List.of("events", "admin", "distribution", "harbor-2017", "harbor");

    private OpenApiSurface() {}

    /** The surface; the documents are read once, now. */
    public static Surface surface() {
        Surface.Builder surface =
                Surface.named("openapi", new EnvelopeDialect()).prefix("/openapi");
        documents().forEach((name, yaml) -> {
            Answer document = Answer.of(200, "application/yaml; charset=utf-8", yaml);
            surface.route("GET", path(name), call -> document);
        });
        return surface.build();
    }

    /** The documents by name. */
    public static Map<String, byte[]> documents() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        NAMES.forEach(name -> documents.put(name, read(path(name))));
        return documents;
    }

    private static String path(String name) {
        return "/openapi/" + name + ".yaml";
    }

    private static byte[] read(String path) {
        try (@Nullable InputStream in = OpenApiSurface.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The document " + path + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
