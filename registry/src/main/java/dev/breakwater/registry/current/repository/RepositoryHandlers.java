package dev.breakwater.registry.current.repository;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.artifact.RepositoryListStore;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Places;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectListStore;
import dev.breakwater.registry.repository.Repository;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Repositories of one project or of all (registry.md 3.4). */
public final class RepositoryHandlers {

    private static final int LONGEST_DESCRIPTION = 65_536;

    private final Database database;
    private final TimeSource time;
    private final ArtifactChanges changes;
    private final Audit audit;

    /** Answers with what these know. */
    public RepositoryHandlers(Database database, TimeSource time, ArtifactChanges changes, Audit audit) {
        this.database = database;
        this.time = time;
        this.changes = changes;
        this.audit = audit;
    }

    /** {@code GET /repositories}: those of all projects that the caller sees. */
    public Answer listAll(Call call, Rights rights) {
        return list(call, handle -> ProjectListStore.seen(rights.sight()));
    }

    /** {@code GET …/repositories}: those of one project. */
    public Answer list(Call call, Rights rights) {
        return list(
                call,
                handle -> Condition.of(
                        "r.project_id = :project",
                        Map.of(
                                "project",
                                Checks.namedProject(handle, call, rights, Resource.REPOSITORY, Action.LIST)
                                        .id())));
    }

    private Answer list(Call call, Function<Handle, Condition> scope) {
        Page page = Page.of(call);
        Condition asked = RepositoryListStore.COLUMNS.condition(Lists.query(call));
        String order = RepositoryListStore.COLUMNS.order(Lists.sort(call), "r.name");
        return database.query(handle -> {
            Condition condition = scope.apply(handle).and(asked);
            List<Repository> repositories =
                    RepositoryListStore.list(handle, condition, order, page.offset(), page.size());
            return page.answer(
                    call,
                    Shape.each(repositories, RepositoryHandlers::shape),
                    RepositoryListStore.count(handle, condition));
        });
    }

    private static JsonNode shape(Repository repository) {
        return new Shape()
                .number("id", repository.id())
                .number("project_id", repository.projectId())
                .text("name", repository.name())
                .text("description", repository.description())
                .number("artifact_count", repository.artifactCount())
                .number("pull_count", repository.pullCount())
                .time("creation_time", repository.createdAt())
                .time("update_time", repository.updatedAt())
                .build();
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        return Shape.answer(shape(database.query(handle -> {
            Project project = Checks.namedProject(handle, call, rights, Resource.REPOSITORY, Action.READ);
            String name = Places.name(project, call);
            return RepositoryListStore.find(handle, project.id(), name).orElseThrow(() -> Places.notFound(name));
        })));
    }

    /** {@code PUT} of one: what its owners say of it. */
    public Answer update(Call call, Rights rights) {
        database.transact(handle -> {
            Project project = Checks.namedProject(handle, call, rights, Resource.REPOSITORY, Action.UPDATE);
            String name = Places.name(project, call);
            Repository repository =
                    RepositoryStore.find(handle, project.id(), name).orElseThrow(() -> Places.notFound(name));
            RepositoryStore.describe(
                    handle, repository.id(), Body.of(call).text("description", LONGEST_DESCRIPTION), time.instant());
            audit.record(handle, call, project.organizationId(), "registry.repository.updated", name);
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one, with all that is in it. */
    public Answer delete(Call call, Rights rights) {
        database.transact(handle -> {
            Project project = Checks.namedProject(handle, call, rights, Resource.REPOSITORY, Action.DELETE);
            String name = Places.name(project, call);
            boolean removed = changes.removeRepository(
                    handle,
                    call,
                    Places.require(handle, project, name),
                    rights.caller().name());
            if (!removed) {
                throw Places.notFound(name);
            }
            return true;
        });
        return Shape.done();
    }
}
