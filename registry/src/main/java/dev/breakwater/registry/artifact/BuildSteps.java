package dev.breakwater.registry.artifact;

import dev.breakwater.registry.ArtifactRegister.Layer;
import dev.breakwater.registry.ArtifactRegister.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How an image was built: the history in its configuration, each step beside the layer that it made. The history is what
 * its author says; when its steps do not come to as many layers as there are, nobody knows which made which, and the
 * layers stand alone.
 */
public final class BuildSteps {

    private static final int LONGEST_INSTRUCTION = 4_000;
    /** How Docker before BuildKit noted what ran nothing, for example {@code /bin/sh -c #(nop)  CMD ["sh"]}. */
    private static final Pattern NOT_RUN = Pattern.compile("^/bin/sh -c #\\(nop\\)\\s*(.*)$", Pattern.DOTALL);

    private static final Pattern RUN = Pattern.compile("^(?:RUN )?/bin/sh -c (.*)$", Pattern.DOTALL);
    private static final Pattern BUILDKIT = Pattern.compile("^(.*?)\\s*# buildkit$", Pattern.DOTALL);
    /** Arguments of the build that Docker noted before what it ran, for example {@code |1 VERSION=3 /bin/sh -c make}. */
    private static final Pattern ARGUMENTS = Pattern.compile("\\|[0-9]+ .*?(/bin/sh -c .*)", Pattern.DOTALL);

    private BuildSteps() {}

    /** The steps of an image, the first one first. */
    public static List<Step> of(JsonNode history, List<Layer> layers) {
        List<JsonNode> entries = history.valueStream().toList();
        long makers = entries.stream().filter(BuildSteps::makesLayer).count();
        if (makers != layers.size()) {
            return layers.stream().map(layer -> new Step("", layer)).toList();
        }
        List<Step> steps = new ArrayList<>(entries.size());
        int next = 0;
        for (JsonNode entry : entries) {
            steps.add(new Step(instruction(entry), makesLayer(entry) ? layers.get(next++) : null));
        }
        return steps;
    }

    private static boolean makesLayer(JsonNode entry) {
        return !entry.path("empty_layer").asBoolean(false);
    }

    private static String instruction(JsonNode entry) {
        String by = entry.path("created_by").asString("");
        String text = instruction(by.isEmpty() ? entry.path("comment").asString("") : by);
        return text.length() > LONGEST_INSTRUCTION ? text.substring(0, LONGEST_INSTRUCTION) + "…" : text;
    }

    /** What a history notes, as the build file spelled it. */
    static String instruction(String createdBy) {
        String text = createdBy.strip();
        Matcher buildkit = BUILDKIT.matcher(text);
        if (buildkit.matches()) {
            text = buildkit.group(1);
        }
        Matcher arguments = ARGUMENTS.matcher(text);
        if (arguments.matches()) {
            text = arguments.group(1);
        }
        Matcher notRun = NOT_RUN.matcher(text);
        if (notRun.matches()) {
            return notRun.group(1).strip();
        }
        Matcher run = RUN.matcher(text);
        return run.matches() ? "RUN " + run.group(1).strip() : text;
    }
}
