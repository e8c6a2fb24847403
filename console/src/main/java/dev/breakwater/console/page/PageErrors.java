package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.ErrorDialect;
import java.util.Optional;

/** Spells the failures of those who are not known yet as pages. */
public final class PageErrors implements ErrorDialect {

    private final Templates templates;
    private final Assets assets;

    /** Renders with these templates. */
    public PageErrors(Templates templates, Assets assets) {
        this.templates = templates;
        this.assets = assets;
    }

    @Override
    public Answer render(Failure failure, String requestId) {
        Frame frame = new Frame(
                FailurePage.headline(failure), Section.NONE, Theme.AUTO, Optional.empty(), null, null, "", assets);
        return templates.answer(failure.status(), "failure.jte", FailurePage.of(frame, failure, requestId));
    }
}
