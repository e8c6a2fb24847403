package dev.breakwater.console.governance;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ProjectLog;
import dev.breakwater.registry.Registers;

/** {@code /projects/{name}/log}: who pushed, pulled and changed what in a project. */
public final class ProjectLogPages {

    private final Templates templates;
    private final Registers registry;

    /** Shows what the registry knows. */
    public ProjectLogPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The list.
     *
     * @param head of the page
     * @param operation the filter as it was typed
     * @param user likewise
     * @param resource likewise
     * @param from likewise
     * @param until likewise
     * @param entries of this page
     */
    public record Model(
            ProjectHead head,
            String operation,
            String user,
            String resource,
            String from,
            String until,
            Listed<ProjectLog.Entry> entries) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** Whether anything narrows the list. */
        public boolean filtered() {
            return !(operation + user + resource + from + until).isEmpty();
        }
    }

    /** {@code GET}. */
    public Answer list(Visit visit) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.LOG);
        head.require(ProjectTab.LOG.permission());
        Query query = Query.of(visit);
        Listed<ProjectLog.Entry> listed = Listed.of(
                query,
                () -> registry.log()
                        .list(
                                visit.call().principal(),
                                visit.organization().id(),
                                head.name(),
                                filter(query),
                                query.after()));
        return templates.answer(
                listed.status(),
                "governance/log.jte",
                new Model(
                        head,
                        query.shown("operation"),
                        query.shown("user"),
                        query.shown("resource"),
                        query.shown("from"),
                        query.shown("until"),
                        listed));
    }

    private static ProjectLog.Filter filter(Query query) {
        return new ProjectLog.Filter(
                query.choice("operation", ProjectLog.OPERATIONS),
                query.text("user"),
                query.text("resource"),
                query.time("from"),
                query.time("until"));
    }
}
