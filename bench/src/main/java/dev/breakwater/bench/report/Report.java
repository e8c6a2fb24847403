package dev.breakwater.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of all figures, in Markdown, and what they were measured on. */
public final class Report {

    private final List<Figure> figures = new ArrayList<>();

    /** Adds figures in the order in which they will be shown. */
    public void add(List<Figure> more) {
        figures.addAll(more);
    }

    /** The table, followed by one line for each fact about the machine. */
    public String markdown(Map<String, String> circumstances) {
        StringBuilder text = new StringBuilder();
        text.append("| figure | measured | bar | met | remark |\n|---|---:|---:|---|---|\n");
        for (Figure figure : figures) {
            text.append("| ")
                    .append(figure.what())
                    .append(" | ")
                    .append(figure.valueInWords())
                    .append(" | ")
                    .append((figure.bar().words() + " " + (figure.bar() instanceof Bar.None ? "" : figure.unit()))
                            .strip())
                    .append(" | ")
                    .append(figure.verdict())
                    .append(" | ")
                    .append(figure.remark())
                    .append(" |\n");
        }
        text.append('\n');
        circumstances.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
