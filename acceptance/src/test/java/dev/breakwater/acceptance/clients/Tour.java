package dev.breakwater.acceptance.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of the tour that a document gives: each a block of shell commands, with what it says that they print. */
final class Tour {

    private static final Pattern BLOCK = Pattern.compile("```(sh|text)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROGRAM =
            Pattern.compile("(?:^|[|;(&]|\\$\\()\\s*(curl|skopeo|java|tar|gzip|sha256sum)\\b", Pattern.MULTILINE);

    private Tour() {}

    /**
     * A step.
     *
     * @param commands as they are copied into a terminal
     * @param shown the lines that the document shows behind them; empty for none
     */
    record Step(String commands, List<String> shown) {

        /** The programs of others that it needs. */
        Set<String> programs() {
            Set<String> programs = new TreeSet<>();
            PROGRAM.matcher(commands).results().forEach(match -> programs.add(match.group(1)));
            return programs;
        }

        /** Its first line. */
        String name() {
            return commands.lines().findFirst().orElse("");
        }
    }

    /** The steps of the section with this heading. */
    static List<Step> of(String document, String heading) {
        int start = document.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new AssertionError("There is no section " + heading);
        }
        int end = document.indexOf("\n## ", start + 4);
        Matcher block = BLOCK.matcher(document.substring(start, end < 0 ? document.length() : end));
        List<Step> steps = new ArrayList<>();
        while (block.find()) {
            String text = block.group(2);
            if (block.group(1).equals("sh")) {
                steps.add(new Step(text, List.of()));
            } else {
                steps.add(new Step(steps.removeLast().commands(), text.lines().toList()));
            }
        }
        return steps;
    }
}
