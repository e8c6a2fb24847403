package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Prints answers: as aligned columns for people, as JSON for scripts. */
final class Output {

    private final PrintWriter out;
    private final boolean json;

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Some fields of each item, one line each below a heading. */
    void table(List<JsonNode> items, String... fields) {
        if (json) {
            ArrayNode all = Json.mapper().createArrayNode();
            items.forEach(all::add);
            print(all);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(fields).stream().map(Output::heading).toList());
        items.forEach(item -> rows.add(
                List.of(fields).stream().map(field -> cell(item.path(field))).toList()));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < fields.length; i++) {
                line.append(row.get(i)).repeat(' ', width(rows, i) - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    /** Some fields of one item, a line each. */
    void item(JsonNode item, String... fields) {
        if (json) {
            print(item);
            return;
        }
        int width = List.of(fields).stream().mapToInt(String::length).max().orElse(0);
        for (String field : fields) {
            out.printf("%-" + width + "s  %s%n", field.replace('_', ' '), cell(item.path(field)));
        }
        out.flush();
    }

    /** One sentence for people; scripts go by the exit code. */
    void say(String sentence) {
        if (!json) {
            out.println(sentence);
            out.flush();
        }
    }

    private void print(JsonNode node) {
        out.println(node.toPrettyString());
        out.flush();
    }

    private static String heading(String field) {
        return field.replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.asString("")));
            return parts.isEmpty() ? "-" : String.join(",", parts);
        }
        return value.isNull() || value.isMissingNode() ? "-" : value.asString("");
    }
}
