package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.registry.TagPattern;

/** Reads which tags a rule means from a form. */
final class PatternForm {

    private static final String OTHERS = "others";

    private PatternForm() {}

    static TagPattern of(Form form) {
        return new TagPattern(
                form.text("repositories"),
                form.text("repositories_mode").equals(OTHERS),
                form.text("tags"),
                form.text("tags_mode").equals(OTHERS),
                form.text("untagged").equals("yes"));
    }
}
