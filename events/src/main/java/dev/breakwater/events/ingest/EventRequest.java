package dev.breakwater.events.ingest;

import dev.breakwater.events.webhook.EventPattern;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The body of {@code POST /v1/events}, checked (events.md 4.2, 8.2, 8.3). The payload is never turned into objects:
 * one pass proves that it is sound, a second drops the white space between its tokens, and every other byte stays
 * as it was sent.
 *
 * @param workspaceId as it was sent
 * @param type of the event
 * @param payload the JSON object without insignificant white space
 */
record EventRequest(String workspaceId, String type, byte[] payload) {

    static final int MAX_PAYLOAD = 256 * 1024;
    private static final int MAX_PAYLOAD_DEPTH = 64;
    private static final String RESERVED = "harbor.";

    /** Members of the body, as far as they have been met. */
    private static final class Members {
        @Nullable
        String workspaceId;

        @Nullable
        String type;

        int payloadStart = -1;
        int payloadEnd = -1;
    }

    /**
     * Reads a body.
     *
     * @throws Failure.Invalid when it is not a sound JSON object with the three fields
     * @throws Failure.TooLarge when the payload exceeds 262,144 bytes
     */
    static EventRequest parse(byte[] body) {
        Draft draft = draft(body);
        String workspaceId = Json.required("workspace_id", draft.workspaceId());
        String type = Json.required("type", draft.type());
        byte[] payload = Json.required("payload", draft.payload());
        return new EventRequest(workspaceId, type, payload);
    }

    /**
     * An event whose payload stands alone.
     *
     * @throws Failure.Invalid when the type or the payload is wrong
     * @throws Failure.TooLarge when the payload exceeds 262,144 bytes
     */
    static EventRequest of(String workspaceId, String type, byte[] payload) {
        Json.requireText(payload);
        Members members = new Members();
        members.workspaceId = workspaceId;
        members.type = type;
        try (JsonParser parser = Json.factory().createParser(ObjectReadContext.empty(), payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Json.invalidValue("payload", "it must be a JSON object");
            }
            members.payloadStart = (int) parser.currentTokenLocation().getByteOffset();
            skipPayload(parser);
            members.payloadEnd = (int) parser.currentTokenLocation().getByteOffset() + 1;
            if (parser.nextToken() != null) {
                throw Json.invalidValue("payload", "there is something behind the JSON object");
            }
        } catch (JacksonException e) {
            throw Json.invalidValue("payload", "it is no valid JSON: " + e.getOriginalMessage());
        }
        Draft draft = checked(payload, members);
        return new EventRequest(workspaceId, type, Json.required("payload", draft.payload()));
    }

    /** A body whose fields may be absent, each checked when it is there. */
    record Draft(@Nullable String workspaceId, @Nullable String type, byte @Nullable [] payload) {}

    /**
     * Reads a body of which no field is required.
     *
     * @throws Failure.Invalid when it is not a sound JSON object, or a field is wrong
     * @throws Failure.TooLarge when the payload exceeds 262,144 bytes
     */
    static Draft draft(byte[] body) {
        Json.requireText(body);
        Members members = new Members();
        try (JsonParser parser = Json.factory().createParser(ObjectReadContext.empty(), body)) {
            Json.requireObject(parser);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                member(parser, members);
            }
            Json.requireEnd(parser);
        } catch (JacksonException e) {
            throw Json.invalid(e);
        }
        return checked(body, members);
    }

    private static void member(JsonParser parser, Members members) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
            case "workspace_id" -> members.workspaceId = Json.requireString(parser, name);
            case "type" -> members.type = Json.requireString(parser, name);
            case "payload" -> {
                if (value != JsonToken.START_OBJECT) {
                    throw Json.invalidValue(name, "it must be a JSON object");
                }
                members.payloadStart = (int) parser.currentTokenLocation().getByteOffset();
                skipPayload(parser);
                members.payloadEnd = (int) parser.currentTokenLocation().getByteOffset() + 1;
            }
            default -> parser.skipChildren();
        }
    }

    private static void skipPayload(JsonParser parser) {
        int depth = 1;
        while (depth > 0) {
            switch (parser.nextToken()) {
                case START_OBJECT, START_ARRAY -> {
                    if (++depth > MAX_PAYLOAD_DEPTH) {
                        throw Json.invalidValue(
                                "payload", "it is nested deeper than %d levels".formatted(MAX_PAYLOAD_DEPTH));
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {
                    // Scalars are checked by the parser itself.
                }
            }
        }
    }

    private static Draft checked(byte[] body, Members members) {
        String type = members.type;
        if (type != null && !EventPattern.isType(type)) {
            throw Json.invalidValue(
                    "type", "use 1 to 128 characters, segments of letters, digits, _ or - joined by single dots");
        }
        if (type != null && type.startsWith(RESERVED)) {
            throw Json.invalidValue("type", "types that start with harbor. are reserved for the platform");
        }
        if (members.payloadStart < 0) {
            return new Draft(members.workspaceId, type, null);
        }
        byte[] payload = Json.minify(body, members.payloadStart, members.payloadEnd);
        if (payload.length > MAX_PAYLOAD) {
            throw new Failure.TooLarge("payload", "payload exceeds the maximum size of 256 KB.");
        }
        return new Draft(members.workspaceId, type, payload);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventRequest that
                && workspaceId.equals(that.workspaceId)
                && type.equals(that.type)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "EventRequest[" + workspaceId + ", " + type + ", " + payload.length + " bytes]";
    }
}
