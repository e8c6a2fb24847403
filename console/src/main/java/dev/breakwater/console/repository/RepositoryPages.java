package dev.breakwater.console.repository;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Times;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ArtifactRegister;
import dev.breakwater.registry.DeletionLog;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.RepositoryRegister;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}} and the repositories below it. */
public final class RepositoryPages {

    private static final int MOST_DELETIONS = 5;

    private static final String BY_PUSH = "push";
    private static final String BY_NAME = "name";
    private static final List<String> ORDERS = List.of(BY_PUSH, BY_NAME);

    /** What a newcomer's first image is called in the commands. */
    private static final String EXAMPLE = "/alpine";

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
     * @param name that was looked for; empty for any
     * @param sort the order of the list as it was chosen
     * @param repositories of this page
     * @param deletions that can be undone
     * @param push how to push another
     * @param problem what hindered an undo; null at first
     */
    public record ListModel(
            ProjectHead head,
            String name,
            String sort,
            Listed<RepositoryRegister.Entry> repositories,
            List<DeletionLog.Entry> deletions,
            PushCommands push,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** Whether the visitor may push. */
        public boolean mayPush() {
            return head.may(RepositoryRegister.PUSH);
        }
    }

    /** {@code GET /projects/{name}}. */
    public Answer list(Visit visit) {
        return list(visit, 200, null);
    }

    private Answer list(Visit visit, int status, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.REPOSITORIES);
        Query query = Query.of(visit);
        Listed<RepositoryRegister.Entry> listed = Listed.of(
                query,
                () -> registry.repositories()
                        .list(
                                visit.call().principal(),
                                visit.organization().id(),
                                head.name(),
                                query.text("search"),
                                order(query),
                                query.after()));
        return templates.answer(
                problem == null ? listed.status() : status,
                "repository/list.jte",
                new ListModel(
                        head,
                        query.shown("search"),
                        query.optional("sort").orElse(BY_PUSH),
                        listed,
                        deletions(visit, head, Optional.empty()),
                        PushCommands.of(visit, head.name() + EXAMPLE),
                        problem));
    }

    private static RepositoryRegister.Order order(Query query) {
        return query.choice("sort", ORDERS).filter(BY_NAME::equals).isPresent()
                ? RepositoryRegister.Order.NAME
                : RepositoryRegister.Order.NEWEST;
    }

    private List<DeletionLog.Entry> deletions(Visit visit, ProjectHead head, Optional<String> repository) {
        return registry.deletions()
                .latest(visit.call().principal(), visit.organization().id(), head.name(), repository, MOST_DELETIONS);
    }

    /**
     * A repository with its artifacts.
     *
     * @param head of the page
     * @param repository itself
     * @param wanted what was looked for; empty for anything
     * @param artifacts of this page
     * @param pull how to pull the last one
     * @param push how to push another
     * @param deletions that can be undone
     * @param window for how long they can be
     * @param problem what hindered a change; null at first
     */
    public record RepositoryModel(
            ProjectHead head,
            RepositoryRegister.Entry repository,
            String wanted,
            Listed<ArtifactRegister.Entry> artifacts,
            List<PullCommands.Command> pull,
            PushCommands push,
            List<DeletionLog.Entry> deletions,
            String window,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** The address of the repository, without the organization. */
        public String path() {
            return Addresses.repository(head.name(), repository.name());
        }
    }

    /** {@code GET /projects/{name}/repositories/{repository}}. */
    public Answer show(Visit visit) {
        return show(visit, 200, null);
    }

    private Answer show(Visit visit, int status, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.REPOSITORIES);
        RepositoryRegister.Entry repository = registry.repositories()
                .find(visit.call().principal(), visit.organization().id(), head.name(), Addresses.repository(visit));
        Query query = Query.of(visit);
        Listed<ArtifactRegister.Entry> listed = Listed.of(
                query,
                () -> registry.artifacts()
                        .list(
                                visit.call().principal(),
                                new ArtifactRegister.Location(
                                        visit.organization().id(), head.name(), repository.name()),
                                query.text("search"),
                                query.after()));
        return templates.answer(
                problem == null ? listed.status() : status,
                "repository/repository.jte",
                new RepositoryModel(
                        head.titled(repository.name()),
                        repository,
                        query.shown("search"),
                        listed,
                        pull(visit, repository.name(), listed.items()),
                        PushCommands.of(visit, repository.name()),
                        deletions(visit, head, Optional.of(repository.name())),
                        Times.span(registry.deletions().window()),
                        problem));
    }

    private static List<PullCommands.Command> pull(
            Visit visit, String repository, List<ArtifactRegister.Entry> artifacts) {
        return artifacts.stream()
                .filter(each -> !each.tags().isEmpty())
                .findFirst()
                .or(() -> artifacts.stream().findFirst())
                .map(each -> PullCommands.of(
                        visit, repository, each.tags().stream().findFirst().orElse(""), each.digest(), each.type()))
                .orElse(List.of());
    }

    /** {@code POST …/description}. */
    public Answer describe(Visit visit) {
        String name = Addresses.repository(visit);
        String project = visit.call().pathParameter("name");
        try {
            registry.repositories()
                    .describe(
                            visit.call(),
                            visit.organization().id(),
                            project,
                            name,
                            Form.of(visit).verbatim("description").strip());
        } catch (Failure.Invalid wrong) {
            return show(visit, 400, Problem.of(wrong));
        }
        return visit.redirect(Addresses.repository(project, name), Notice.REPOSITORY_SAVED);
    }

    /** {@code POST …/delete}. */
    public Answer delete(Visit visit) {
        String project = visit.call().pathParameter("name");
        try {
            registry.repositories()
                    .delete(visit.call(), visit.organization().id(), project, Addresses.repository(visit));
        } catch (Failure.Conflict | Failure.Precondition hindered) {
            return show(visit, hindered.status(), Problem.of(hindered));
        }
        return visit.redirect(ProjectHead.path(project), Notice.REPOSITORY_DELETED);
    }

    /** {@code POST /projects/{name}/deletions/{id}/undo}. */
    public Answer undo(Visit visit) {
        String project = visit.call().pathParameter("name");
        String id = visit.call().pathParameter("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw new Failure.NotFound("There is no deletion of this number.");
        }
        try {
            DeletionLog.Entry undone =
                    registry.deletions().undo(visit.call(), visit.organization().id(), project, Long.parseLong(id));
            return visit.redirect(Addresses.repository(project, undone.repository()), Notice.DELETION_UNDONE);
        } catch (Failure.Conflict hindered) {
            return list(visit, 409, Problem.of(hindered));
        }
    }
}
