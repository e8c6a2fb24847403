package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads a manifest token by token, so that a hostile one takes no more memory than what is kept of it. Depth, names and
 * numbers are bounded by the JSON reader, the number of descriptors here.
 */
final class ManifestReader {

    private final byte[] content;
    private boolean hasLayers;
    private boolean hasManifests;
    private @Nullable String mediaType;
    private @Nullable String artifactType;
    private @Nullable Descriptor config;
    private @Nullable Descriptor subject;
    private List<Descriptor> layers = List.of();
    private List<Descriptor> children = List.of();
    private Map<String, String> annotations = Map.of();

    ManifestReader(byte[] content) {
        this.content = content;
    }

    ParsedManifest read(@Nullable String contentType) {
        try {
            Json.requireText(content);
            try (JsonParser parser = Json.factory().createParser(ObjectReadContext.empty(), content)) {
                Json.requireObject(parser);
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String member = parser.currentName();
                    parser.nextToken();
                    member(member, parser);
                }
                Json.requireEnd(parser);
            }
        } catch (JacksonException e) {
            throw invalid(Json.invalid(e).explanation());
        } catch (Failure.Invalid e) {
            throw ErrorCode.MANIFEST_INVALID.equals(e.code()) ? e : invalid(e.explanation());
        }
        return checked(type(contentType));
    }

    private void member(String member, JsonParser parser) {
        switch (member) {
            case "schemaVersion" -> requireSecondSchema(parser);
            case "mediaType" -> mediaType = text(parser, "mediaType");
            case "artifactType" -> artifactType = text(parser, "artifactType");
            case "config" -> config = descriptorOrNull(parser, "config");
            case "subject" -> subject = descriptorOrNull(parser, "subject");
            case "layers" -> {
                hasLayers = true;
                layers = descriptors(parser, "layers", ParsedManifest.MOST_LAYERS);
            }
            case "manifests" -> {
                hasManifests = true;
                children = descriptors(parser, "manifests", ParsedManifest.MOST_CHILDREN);
            }
            case "annotations" -> annotations = annotations(parser);
            default -> parser.skipChildren();
        }
    }

    private static void requireSecondSchema(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || !"2".equals(parser.getString())) {
            throw invalid("Only manifests of schema version 2 are stored.");
        }
    }

    private String type(@Nullable String contentType) {
        String sent = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (mediaType != null && !sent.isEmpty() && !mediaType.equals(sent)) {
            throw invalid("The mediaType of the manifest differs from the Content-Type.");
        }
        String type = sent.isEmpty() ? mediaType : sent;
        if (type == null) {
            throw invalid("The manifest has no mediaType and the request no Content-Type.");
        }
        return type;
    }

    /** A manifest that could be taken for an image and for an index alike is neither. */
    private ParsedManifest checked(String type) {
        if (MediaTypes.isImage(type)) {
            if (config == null || !hasLayers || hasManifests) {
                throw invalid("An image manifest has config and layers, and no manifests.");
            }
        } else if (MediaTypes.isIndex(type)) {
            if (config != null || hasLayers || !hasManifests) {
                throw invalid("An index has manifests, and neither config nor layers.");
            }
        } else {
            throw invalid("Manifests of this media type are not stored.");
        }
        return new ParsedManifest(type, artifactType, config, layers, children, subject, annotations);
    }

    private static List<Descriptor> descriptors(JsonParser parser, String member, int most) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("%s must be an array.".formatted(member));
        }
        List<Descriptor> descriptors = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (descriptors.size() == most) {
                throw invalid("%s has more than %d entries.".formatted(member, most));
            }
            descriptors.add(descriptor(parser, member));
        }
        return descriptors;
    }

    private static @Nullable Descriptor descriptorOrNull(JsonParser parser, String member) {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : descriptor(parser, member);
    }

    private static Descriptor descriptor(JsonParser parser, String member) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("%s must hold descriptors.".formatted(member));
        }
        @Nullable String mediaType = null;
        @Nullable Digest digest = null;
        long size = -1;
        boolean elsewhere = false;
        Platform platform = Platform.UNKNOWN;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "mediaType" -> mediaType = text(parser, "mediaType");
                case "digest" -> digest = digest(parser);
                case "size" -> size = size(parser);
                case "urls" -> elsewhere = hasEntries(parser);
                case "platform" -> platform = platform(parser);
                default -> parser.skipChildren();
            }
        }
        if (mediaType == null || digest == null || size < 0) {
            throw invalid("A descriptor in %s lacks its mediaType, digest or size.".formatted(member));
        }
        return new Descriptor(mediaType, digest, size, elsewhere, platform.architecture(), platform.os());
    }

    private static Digest digest(JsonParser parser) {
        String text = text(parser, "digest");
        return Digest.parse(text == null ? "" : text)
                .orElseThrow(() -> invalid("A descriptor has a digest that is malformed or of an unknown algorithm."));
    }

    private static long size(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw invalid("The size of a descriptor must be a whole number.");
        }
        String digits = parser.getString();
        if (digits.length() > 18 || digits.startsWith("-")) {
            throw invalid("The size of a descriptor is negative or too large.");
        }
        return Long.parseLong(digits);
    }

    private static boolean hasEntries(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return false;
        }
        boolean any = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            any = true;
            parser.skipChildren();
        }
        return any;
    }

    private record Platform(
            @Nullable String architecture, @Nullable String os) {
        static final Platform UNKNOWN = new Platform(null, null);
    }

    private static Platform platform(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Platform.UNKNOWN;
        }
        @Nullable String architecture = null;
        @Nullable String os = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "architecture" -> architecture = text(parser, "architecture");
                case "os" -> os = text(parser, "os");
                default -> parser.skipChildren();
            }
        }
        return new Platform(architecture, os);
    }

    private static Map<String, String> annotations(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("annotations must be an object.");
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            @Nullable String value = text(parser, "annotations");
            if (value != null) {
                annotations.put(name, value);
            }
        }
        return annotations;
    }

    /** PostgreSQL cannot keep a zero character, however it was escaped. */
    private static @Nullable String text(JsonParser parser, String member) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid("%s must be a string.".formatted(member));
        }
        String text = parser.getString();
        @Nullable String name = parser.currentName();
        if (text.indexOf('\0') >= 0 || (name != null && name.indexOf('\0') >= 0)) {
            throw invalid("%s holds a zero character.".formatted(member));
        }
        return text;
    }

    private static Failure.Invalid invalid(String message) {
        return Failure.Invalid.coded(ErrorCode.MANIFEST_INVALID, message);
    }
}
