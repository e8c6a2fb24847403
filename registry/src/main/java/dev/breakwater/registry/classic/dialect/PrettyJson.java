package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON as the 2017 API does, to the byte: two spaces for each level, a colon and a space after each name, no line
 * feed at the end, and the characters that mean something in HTML escaped (registry.md 1.1).
 */
public final class PrettyJson {

    private PrettyJson() {}

    /** A 200 with a record, a list or a map. */
    public static Answer answer(Object value) {
        return Answer.json(200, text(value).getBytes(StandardCharsets.UTF_8));
    }

    /** A record, a list, a map or a tree as text. */
    static String text(Object value) {
        StringBuilder out = new StringBuilder(512);
        write(out, value instanceof JsonNode tree ? tree : Json.mapper().valueToTree(value), "\n");
        return out.toString();
    }

    private static void write(StringBuilder out, JsonNode node, String lineBreak) {
        String deeper = lineBreak + "  ";
        if (node.isObject() && !node.isEmpty()) {
            String separator = "{";
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                out.append(separator).append(deeper);
                quote(out, member.getKey());
                out.append(": ");
                write(out, member.getValue(), deeper);
                separator = ",";
            }
            out.append(lineBreak).append('}');
        } else if (node.isArray() && !node.isEmpty()) {
            String separator = "[";
            for (Iterator<JsonNode> items = node.iterator(); items.hasNext(); separator = ",") {
                out.append(separator).append(deeper);
                write(out, items.next(), deeper);
            }
            out.append(lineBreak).append(']');
        } else if (node.isString()) {
            quote(out, node.stringValue());
        } else {
            out.append(node);
        }
    }

    private static void quote(StringBuilder out, String text) {
        int start = out.length();
        Json.quote(out, text);
        for (int i = start; i < out.length(); i++) {
            switch (out.charAt(i)) {
                case '<', '>', '&', '\u2028', '\u2029' -> {
                    String escaped = "\\u%04x".formatted((int) out.charAt(i));
                    out.replace(i, i + 1, escaped);
                    i += escaped.length() - 1;
                }
                default -> {
                    // all others stand for themselves
                }
            }
        }
    }
}
