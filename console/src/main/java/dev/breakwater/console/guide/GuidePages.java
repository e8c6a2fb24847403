package dev.breakwater.console.guide;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Reader;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import java.util.List;

/**
 * {@code /developers/guides}. The guides are open to everyone: they come with every copy of the product, and whoever
 * cannot sign in yet is the one who needs them.
 */
public final class GuidePages {

    private final Templates templates;
    private final GuideLibrary library;

    /** Shows the guides of this library. */
    public GuidePages(Templates templates, GuideLibrary library) {
        this.templates = templates;
        this.library = library;
    }

    /**
     * All of them.
     *
     * @param frame around it
     * @param guides how things are done
     * @param decisions why they are as they are
     */
    public record ListModel(Frame frame, List<Guide> guides, List<Guide> decisions) {}

    /** {@code GET /developers/guides}. */
    public Answer list(Reader reader) {
        return templates.answer(
                200,
                "guide/list.jte",
                new ListModel(reader.frame("Guides", Section.GUIDES), library.guides(), library.decisions()));
    }

    /**
     * One of them.
     *
     * @param frame around it
     * @param guide itself
     */
    public record GuideModel(Frame frame, Guide guide) {}

    /** {@code GET /developers/guides/{name}}. */
    public Answer show(Reader reader) {
        Guide guide = library.find(reader.call().pathParameter("name"))
                .orElseThrow(
                        () -> new Failure.NotFound("There is no such guide. The list of guides has those there are."));
        return templates.answer(
                200, "guide/guide.jte", new GuideModel(reader.frame(guide.title(), Section.GUIDES), guide));
    }

    /** {@code GET /developers/guides/images/{file}} and {@code GET /developers/guides/examples/{file}}. */
    public Answer beside(Call call) {
        String path = call.path().substring(GuideLibrary.PREFIX.length() + 1);
        return library.beside(path)
                .map(file -> Answer.of(200, file.type(), file.content()).with("Cache-Control", "max-age=300"))
                .orElseThrow(() -> new Failure.NotFound("There is no such file beside the guides."));
    }
}
