package dev.breakwater.console.repository;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.Registers;

/** {@code /projects/{name}}: the repositories of a project. */
public final class RepositoryPages {

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public RepositoryPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The repositories of a project.
     *
     * @param head of the page
     * @param push how to push the first one
     */
    public record ListModel(ProjectHead head, PushCommands push) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }
    }

    /** {@code GET /projects/{name}}. */
    public Answer list(Visit visit) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.REPOSITORIES);
        return templates.answer(
                200,
                "repository/list.jte",
                new ListModel(head, new PushCommands(visit.call().authority(), head.name() + "/alpine")));
    }
}
