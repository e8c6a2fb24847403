package dev.breakwater.console.explorer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One method of one path.
 *
 * @param id by which the document and addresses name it
 * @param method in upper case
 * @param path with {@code {name}} for each parameter
 * @param tag it is filed under
 * @param summary in one line
 * @param description Markdown; may be empty
 * @param parameters in the order of the document
 * @param bodies the types its body may have, the usual one first; empty when it has none
 * @param outcomes what it may be answered with
 * @param callers who may call it, the usual one first
 * @param sdk the call in the TypeScript SDK, with {@code {path.id}}, {@code {query}}, {@code {body}} and {@code
 *     {options}} in the places of what is filled in
 */
public record Operation(
        String id,
        String method,
        String path,
        String tag,
        String summary,
        String description,
        List<Parameter> parameters,
        List<Body> bodies,
        List<Outcome> outcomes,
        List<Caller> callers,
        Optional<String> sdk) {

    /** Whether a call only looks. */
    public boolean safe() {
        return method.equals("GET");
    }

    /** Whether it has all these words, in lower case, in its name, path, summary, id or tag. */
    boolean has(List<String> words) {
        String all = String.join(" ", method, path, summary, id, tag).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains);
    }

    /** The parameters of one place. */
    public List<Parameter> in(String place) {
        return parameters.stream().filter(each -> each.place().equals(place)).toList();
    }
}
