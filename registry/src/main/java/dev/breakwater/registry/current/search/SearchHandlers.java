package dev.breakwater.registry.current.search;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.artifact.RepositoryListStore;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.project.ProjectViews;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectListStore;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Repository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** {@code /search} and {@code /statistics} (registry.md 3.4, 3.6). */
public final class SearchHandlers {

    /** A search has no pages; what is not among so many is found by a longer text. */
    private static final Page FIRST = new Page(1, 1_000);

    private final Database database;
    private final ProjectViews views;

    /** Answers with what these know. */
    public SearchHandlers(Database database, ProjectViews views) {
        this.database = database;
        this.views = views;
    }

    /** {@code GET /search}. */
    public Answer search(Call call, Rights rights) {
        String text = call.query("q").orElseThrow(() -> new Failure.Unprocessable("q in query is required"));
        Condition seen = ProjectListStore.seen(rights.sight());
        List<Project> projects = database.query(handle -> ProjectListStore.list(
                handle, seen.and(containing("p.name", text)), " ORDER BY p.name", FIRST.offset(), FIRST.size()));
        List<JsonNode> repositories = database.query(handle -> {
            List<Repository> found = RepositoryListStore.list(
                    handle, seen.and(containing("r.name", text)), " ORDER BY r.name", FIRST.offset(), FIRST.size());
            Map<Long, Project> known = projects(handle, found);
            return Shape.each(
                    found, repository -> shape(repository, Objects.requireNonNull(known.get(repository.projectId()))));
        });
        return new Shape()
                .list("project", views.of(database, projects, rights))
                .list("repository", repositories)
                .answer();
    }

    private static Condition containing(String column, String text) {
        return Condition.of("position(lower(:text) IN " + column + ") > 0", Map.of("text", text));
    }

    private static Map<Long, Project> projects(Handle handle, List<Repository> repositories) {
        Map<Long, Project> projects = new HashMap<>();
        for (Repository repository : repositories) {
            projects.computeIfAbsent(
                    repository.projectId(), id -> ProjectStore.find(handle, id).orElseThrow());
        }
        return projects;
    }

    private static JsonNode shape(Repository repository, Project project) {
        return new Shape()
                .number("project_id", project.id())
                .text("project_name", project.name())
                .truth("project_public", project.isPublic())
                .text("repository_name", repository.name())
                .number("pull_count", repository.pullCount())
                .number("artifact_count", repository.artifactCount())
                .build();
    }

    /** {@code GET /statistics}. */
    public Answer statistics(Call call, Rights rights) {
        Checks.known(rights);
        boolean everything = rights.sight().everything();
        Condition own = everything
                ? Condition.NONE
                : rights.caller()
                        .user()
                        .map(user -> ProjectListStore.member(user.id()))
                        .orElseGet(() -> ProjectListStore.seen(rights.sight()));
        return database.query(handle -> {
            ProjectListStore.Totals open = ProjectListStore.totals(handle, Condition.NONE.and("p.public"));
            ProjectListStore.Totals closed = ProjectListStore.totals(handle, own.and("NOT p.public"));
            Shape shape = new Shape()
                    .number("public_project_count", open.projects())
                    .number("public_repo_count", open.repositories())
                    .number("private_project_count", closed.projects())
                    .number("private_repo_count", closed.repositories());
            if (rights.caller().isAdministrator()) {
                shape.number("total_project_count", open.projects() + closed.projects())
                        .number("total_repo_count", open.repositories() + closed.repositories())
                        .number("total_storage_consumption", ProjectListStore.storage(handle));
            }
            return shape.answer();
        });
    }
}
