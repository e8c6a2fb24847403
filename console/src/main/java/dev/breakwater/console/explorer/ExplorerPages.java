package dev.breakwater.console.explorer;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Markdown;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Reader;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /developers/api}: every operation of every API, with a form to call it.
 *
 * <p>The pages are open to everyone, as the documents are that they are made of. Calls are made by the page's script in
 * the reader's browser, never by this server, and without cookies: a call has the rights of what was typed in and no
 * others, so no link can make a signed-in visitor call anything with their session, the answer is the one that the shown
 * command gets, and a session that the registry's API starts for every caller is not kept. What was typed in has no name
 * in the form, so that no browser sends it to a page, with or without the script.
 */
public final class ExplorerPages {

    private static final int LONGEST_SEARCH = 100;
    private static final String EXAMPLE_WORKSPACE = "ws_[0-9a-z]{12,32}";

    private final Templates templates;
    private final Markdown markdown;
    private final ApiDocuments documents;
    private final Workspaces workspaces;

    /** Shows these documents. */
    public ExplorerPages(Templates templates, Markdown markdown, ApiDocuments documents, Workspaces workspaces) {
        this.templates = templates;
        this.markdown = markdown;
        this.documents = documents;
        this.workspaces = workspaces;
    }

    /**
     * An API with those of its operations that a page lists.
     *
     * @param document itself
     * @param tags its parts
     */
    public record Found(ApiDocument document, List<ApiDocument.Tag> tags) {}

    /**
     * All APIs.
     *
     * @param frame around it
     * @param search as it was typed; empty when the APIs themselves are listed
     * @param found the APIs, with what was searched for
     */
    public record ListModel(Frame frame, String search, List<Found> found) {}

    /** {@code GET /developers/api}. */
    public Answer list(Reader reader) {
        String search = search(reader);
        List<String> words = words(search);
        return templates.answer(
                200,
                "explorer/list.jte",
                new ListModel(
                        reader.frame("API explorer", Section.API),
                        search,
                        documents.all().stream()
                                .map(each -> new Found(each, words.isEmpty() ? List.of() : each.find(words)))
                                .filter(each -> words.isEmpty() || !each.tags().isEmpty())
                                .toList()));
    }

    /**
     * One API.
     *
     * @param frame around it
     * @param markdown for what it says about itself
     * @param search as it was typed
     * @param found its operations
     * @param swagger whether it can be had as Swagger 2.0 too
     */
    public record ApiModel(Frame frame, Markdown markdown, String search, Found found, boolean swagger) {}

    /** {@code GET /developers/api/{surface}}. */
    public Answer api(Reader reader) {
        ApiDocument document = document(reader);
        String search = search(reader);
        return templates.answer(
                200,
                "explorer/api.jte",
                new ApiModel(
                        reader.frame(document.title(), Section.API),
                        markdown,
                        search,
                        new Found(document, document.find(words(search))),
                        document.name().equals(SwaggerPages.DOCUMENT)));
    }

    /**
     * One operation.
     *
     * @param frame around it
     * @param markdown for what it says about itself
     * @param document it belongs to
     * @param operation itself
     * @param workspace that takes the place of the one in examples
     */
    public record OperationModel(
            Frame frame, Markdown markdown, ApiDocument document, Operation operation, Optional<String> workspace) {

        /** The example of a body, about a workspace of the reader where there is one. */
        public String example(Body body) {
            return workspace
                    .map(id -> body.example().replaceAll(EXAMPLE_WORKSPACE, id))
                    .orElse(body.example());
        }

        /** What a field starts with. */
        public String start(Parameter parameter) {
            return parameter.name().equals("workspace_id") ? workspace.orElse("") : "";
        }

        /** The other operations of the same part. */
        public List<Operation> siblings() {
            return document.tags().stream()
                    .filter(tag -> tag.name().equals(operation.tag()))
                    .flatMap(tag -> tag.operations().stream())
                    .filter(each -> !each.equals(operation))
                    .toList();
        }
    }

    /** {@code GET /developers/api/{surface}/{operation}}. */
    public Answer operation(Reader reader) {
        ApiDocument document = document(reader);
        Operation operation = document.operation(reader.call().pathParameter("operation"))
                .orElseThrow(
                        () -> new Failure.NotFound("The %s has no such operation. Search for it in the API explorer."
                                .formatted(document.title())));
        return templates.answer(
                200,
                "explorer/operation.jte",
                new OperationModel(
                        reader.frame(operation.summary(), Section.API),
                        markdown,
                        document,
                        operation,
                        reader.visit()
                                .map(visit -> workspaces
                                        .choose(visit, Optional.empty())
                                        .id())
                                .filter(id -> !id.isEmpty())));
    }

    private ApiDocument document(Reader reader) {
        return documents
                .find(reader.call().pathParameter("surface"))
                .orElseThrow(
                        () -> new Failure.NotFound("There is no such API. The API explorer lists those there are."));
    }

    private static String search(Reader reader) {
        String typed = new Query(reader.call()).shown("q");
        return typed.length() > LONGEST_SEARCH ? typed.substring(0, LONGEST_SEARCH) : typed;
    }

    private static List<String> words(String search) {
        return Arrays.stream(search.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
