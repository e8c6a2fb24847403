package dev.breakwater.console.explorer;

import java.util.List;

/**
 * What a call sends besides its parameters, in one of its types.
 *
 * @param type such as {@code application/json}
 * @param kind how it is filled in
 * @param required whether there is no call without it
 * @param description Markdown; may be empty
 * @param example to start with; empty for a file and a form
 * @param fields what a JSON body is made of
 * @param inputs the fields of a form
 */
public record Body(
        String type,
        Kind kind,
        boolean required,
        String description,
        String example,
        List<Field> fields,
        List<Parameter> inputs) {

    /** How a body is filled in. */
    public enum Kind {
        /** As text. */
        TEXT,
        /** As an encoded form. */
        FORM,
        /** As a file. */
        FILE
    }
}
