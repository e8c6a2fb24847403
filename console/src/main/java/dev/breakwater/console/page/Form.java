package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.FormBody;
import java.util.List;
import java.util.Optional;

/** The fields of a form as they were filled in. */
public record Form(Call call) {

    /** The form of a visit. */
    public static Form of(Visit visit) {
        return new Form(visit.call());
    }

    /** One line, without the blanks around it; empty when it was left out. */
    public String text(String field) {
        return FormBody.field(call, field).orElse("").strip();
    }

    /** One line, if it was filled in. */
    public Optional<String> optional(String field) {
        return Optional.of(text(field)).filter(text -> !text.isEmpty());
    }

    /** A text as it was typed. */
    public String verbatim(String field) {
        return FormBody.field(call, field).orElse("");
    }

    /** The boxes that were ticked. */
    public List<String> all(String field) {
        return FormBody.fields(call, field);
    }

    /** The words of a text, which may stand on several lines or behind commas. */
    public List<String> words(String field) {
        return List.of(text(field).split("[\\s,]+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
