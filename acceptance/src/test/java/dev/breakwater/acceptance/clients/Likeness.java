package dev.breakwater.acceptance.clients;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a program printed what a document shows, but for ids, times, digests and the like. */
final class Likeness {

    private static final String ANY = "…";

    private Likeness() {}

    /** The shown lines that were not printed, in their order. */
    static List<String> missing(List<String> shown, String printed) {
        List<String> lines = printed.lines().map(Likeness::lasting).toList();
        int[] at = {0};
        return shown.stream()
                .filter(line -> !line.isBlank())
                .filter(line -> {
                    Pattern wanted = pattern(lasting(line));
                    for (int i = at[0]; i < lines.size(); i++) {
                        if (wanted.matcher(lines.get(i)).find()) {
                            at[0] = i + 1;
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    private static Pattern pattern(String line) {
        StringBuilder pattern = new StringBuilder();
        for (String part : line.strip().split(ANY, -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    /** The line without what is different each time. */
    private static String lasting(String line) {
        return line.replaceAll("\\b(evt|del|wh|ws)_[0-9a-z]{20,}", "$1_" + ANY)
                .replaceAll("hb_test_[0-9A-Za-z]+", "hb_test_" + ANY)
                .replaceAll("whsec_[0-9A-Za-z+/=]+", "whsec_" + ANY)
                .replaceAll("[0-9a-f]{64}", ANY)
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", ANY)
                .replaceAll("(localhost|127\\.0\\.0\\.1):[0-9]+", "$1:" + ANY)
                .replaceAll("^( +data +)/.*", "$1" + ANY)
                .replaceAll("\"(id|size|pull_count)\":[0-9]+", "\"$1\":" + ANY);
    }
}
