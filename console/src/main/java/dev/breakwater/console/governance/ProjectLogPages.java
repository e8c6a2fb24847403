package dev.breakwater.console.governance;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Pager;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.registry.ProjectLog;
import dev.breakwater.registry.Registers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/log}: who pushed, pulled and changed what in a project. */
public final class ProjectLogPages {

    private static final int LONGEST = 300;

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
     * @param pager the way on
     * @param problem what was wrong with a filter; null when nothing is
     */
    public record Model(
            ProjectHead head,
            String operation,
            String user,
            String resource,
            String from,
            String until,
            List<ProjectLog.Entry> entries,
            Pager pager,
            @Nullable Problem problem) {

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
        try {
            ProjectLog.Filter filter = new ProjectLog.Filter(
                    query.optional("operation"),
                    part(query, "user"),
                    part(query, "resource"),
                    query.time("from"),
                    query.time("until"));
            Page<ProjectLog.Entry> page = registry.log()
                    .list(visit.call().principal(), visit.organization().id(), head.name(), filter, query.after());
            return page(head, query, 200, page, null);
        } catch (Failure.Invalid wrong) {
            return page(head, query, 400, new Page<>(List.of(), Optional.empty()), Problem.of(wrong));
        }
    }

    private static Optional<String> part(Query query, String name) {
        Optional<String> part = query.optional(name);
        if (part.filter(text -> text.length() > LONGEST || text.indexOf(0) >= 0).isPresent()) {
            throw new Failure.Invalid(name, "Write less.");
        }
        return part;
    }

    private Answer page(
            ProjectHead head, Query query, int status, Page<ProjectLog.Entry> page, @Nullable Problem problem) {
        return templates.answer(
                status,
                "governance/log.jte",
                new Model(
                        head,
                        query.shown("operation"),
                        query.shown("user"),
                        query.shown("resource"),
                        query.shown("from"),
                        query.shown("until"),
                        page.items(),
                        Pager.of(query, page),
                        problem));
    }
}
