package dev.breakwater.console.explorer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The API documents that this server serves. Each is read once, when somebody first asks, so that a start is quick. */
public final class ApiDocuments {

    private final Map<String, byte[]> sources;
    private final Map<String, ApiDocument> read = new ConcurrentHashMap<>();

    /** Reads these, which are YAML by name, in the order of the list. */
    public ApiDocuments(Map<String, byte[]> sources) {
        this.sources = new LinkedHashMap<>(sources);
    }

    /** All of them. */
    List<ApiDocument> all() {
        return sources.keySet().stream().flatMap(name -> find(name).stream()).toList();
    }

    /** The one with this name. */
    Optional<ApiDocument> find(String name) {
        byte @Nullable [] source = sources.get(name);
        return source == null
                ? Optional.empty()
                : Optional.of(read.computeIfAbsent(name, missing -> ApiDocument.read(missing, source)));
    }
}
