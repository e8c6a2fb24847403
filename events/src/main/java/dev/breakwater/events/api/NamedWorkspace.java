package dev.breakwater.events.api;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Where calls name the workspace that they count against (events.md 12). */
final class NamedWorkspace {

    private NamedWorkspace() {}

    static Optional<String> inPath(Call call) {
        return Optional.of(call.pathParameter("id"));
    }

    static Optional<String> inQuery(Call call) {
        return call.query("workspace_id");
    }

    static Optional<String> nowhere(Call call) {
        return Optional.empty();
    }

    /** Looks into a body that has not been checked yet: whatever is wrong with it, it then names no workspace. */
    static Optional<String> inBody(Call call) {
        try (JsonParser parser = Json.factory().createParser(ObjectReadContext.empty(), call.body())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean named = parser.currentName().equals("workspace_id");
                if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                    return Optional.of(parser.getString());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
