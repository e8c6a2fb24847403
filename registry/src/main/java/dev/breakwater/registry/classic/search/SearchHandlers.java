package dev.breakwater.registry.classic.search;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.project.ProjectView;
import dev.breakwater.registry.classic.project.ProjectViews;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.RepositoryStore;
import java.util.List;
import java.util.Locale;

/** {@code /api/search} (registry.md 1.5). */
public final class SearchHandlers {

    /** More than anybody reads; what is looked for exactly is found by a longer text. */
    private static final int MOST = 1_000;

    private final Database database;
    private final ProjectViews views;

    /** Answers with what these know. */
    public SearchHandlers(Database database, ProjectViews views) {
        this.database = database;
        this.views = views;
    }

    private record Found(List<ProjectView> project, List<Entry> repository) {}

    private record Entry(
            long projectId,
            String projectName,
            int projectPublic,
            long pullCount,
            String repositoryName,
            long tagsCount) {}

    /** {@code GET}. */
    public Answer search(Call call, Rights rights) {
        String text = call.query("q").orElse("");
        ProjectStore.Sight sight = rights.sight();
        // The names of projects have no capitals, and here the case counts.
        boolean possible = text.equals(text.toLowerCase(Locale.ROOT));
        List<Project> projects = possible
                ? database.query(
                        handle -> ProjectStore.list(handle, sight, new ProjectStore.Filter(text, null, null), 0, MOST))
                : List.of();
        List<RepositoryStore.Seen> repositories = database.query(
                handle -> RepositoryStore.listTaggedSeen(handle, sight, text, RepositoryStore.Order.NAME, MOST));
        return PrettyJson.answer(new Found(
                views.listed(projects, rights),
                repositories.stream()
                        .map(seen -> new Entry(
                                seen.repository().projectId(),
                                seen.projectName(),
                                seen.projectPublic() ? 1 : 0,
                                seen.repository().pullCount(),
                                seen.repository().name(),
                                seen.repository().tagCount()))
                        .toList()));
    }
}
