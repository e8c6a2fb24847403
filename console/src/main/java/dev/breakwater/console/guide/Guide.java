package dev.breakwater.console.guide;

import dev.breakwater.console.page.Markdown;
import java.util.List;

/**
 * A guide or decision record.
 *
 * @param name the rest of its address
 * @param document itself
 */
public record Guide(String name, Markdown.Document document) {

    private static final int DEEPEST = 3;

    /** Its first heading. */
    public String title() {
        return document.sections().isEmpty()
                ? name
                : document.sections().getFirst().text();
    }

    /** What its chapters are about, in a line. */
    public String lead() {
        return String.join(
                " · ",
                document.sections().stream()
                        .filter(each -> each.level() == 2)
                        .limit(6)
                        .map(Markdown.Section::text)
                        .toList());
    }

    /** Its chapters and their parts. */
    public List<Markdown.Section> contents() {
        return document.sections().stream()
                .filter(each -> each.level() > 1 && each.level() <= DEEPEST)
                .toList();
    }
}
