package dev.breakwater.console.explorer;

import dev.breakwater.console.page.Redirect;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * The places where the users of 2017 look for the API: the explorer at {@code /static/vendors/swagger/index.html}, and
 * its description, {@code swagger.yaml}. The description is the one document of that API, put into the words of Swagger
 * 2.0, because that is what the editors and generators of those users read.
 */
public final class SwaggerPages {

    /** The document it is about. */
    static final String DOCUMENT = "harbor-2017";

    private final ApiDocuments documents;
    private volatile byte @Nullable [] made;

    /** Finds the document here. */
    public SwaggerPages(ApiDocuments documents) {
        this.documents = documents;
    }

    /** Leads to the explorer. */
    public Answer explorer(Call call) {
        return Redirect.to("/developers/api/" + DOCUMENT);
    }

    /** The description as a file. */
    public Answer description(Call call) {
        byte @Nullable [] yaml = made;
        if (yaml == null) {
            yaml = new Swagger(documents.find(DOCUMENT).orElseThrow().root()).yaml();
            made = yaml;
        }
        return Answer.of(200, "application/yaml; charset=utf-8", yaml)
                .with("Content-Disposition", "inline; filename=\"swagger.yaml\"")
                .with("Cache-Control", "no-cache");
    }
}
