package dev.breakwater.registry.classic.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.Projects;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** {@code /api/projects/{project_id}/metadatas} (registry.md 1.6). */
public final class MetadataHandlers {

    private final Database database;
    private final Projects projects;

    /** Answers with what these know. */
    public MetadataHandlers(Database database, Projects projects) {
        this.database = database;
        this.projects = projects;
    }

    /** {@code GET} of all. */
    public Answer list(Call call, Rights rights) {
        return PrettyJson.answer(readable(call, rights));
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Map<String, String> all = readable(call, rights);
        String name = call.pathParameter("name");
        if (!all.containsKey(name)) {
            throw unknown(call, name);
        }
        return PrettyJson.answer(Map.of(name, String.valueOf(all.get(name))));
    }

    private Map<String, String> readable(Call call, Rights rights) {
        long id = Checks.projectId(call);
        return Metadata.of(database.query(handle -> Checks.require(handle, rights, id, Level.READ)));
    }

    /** {@code POST} of one that is not there yet. */
    public Answer add(Call call, Rights rights) {
        change(call, rights, (handle, project) -> {
            Map<String, String> added = Metadata.known(ClassicBody.of(call).allStrings());
            if (added.size() != 1) {
                throw Refusal.invalid("invalid request: has no valid key/value pairs or has more than one valid"
                        + " key/value pairs");
            }
            if (Metadata.of(project).containsKey(added.keySet().iterator().next())) {
                throw Refusal.conflict("");
            }
            projects.change(handle, call, project, added, Set.of());
        });
        return Texts.done(201);
    }

    /** {@code PUT} of one that is there. */
    public Answer replace(Call call, Rights rights) {
        String name = call.pathParameter("name");
        change(call, rights, (handle, project) -> {
            requireKnown(call, project, name);
            Map<String, String> sent = ClassicBody.of(call).allStrings();
            if (!sent.containsKey(name)) {
                throw Refusal.invalid("must contains key " + name);
            }
            projects.change(
                    handle, call, project, Metadata.known(Map.of(name, String.valueOf(sent.get(name)))), Set.of());
        });
        return Texts.done();
    }

    /** {@code DELETE} of one that is there. */
    public Answer remove(Call call, Rights rights) {
        String name = call.pathParameter("name");
        change(call, rights, (handle, project) -> {
            requireKnown(call, project, name);
            projects.change(handle, call, project, Map.of(), Set.of(name));
        });
        return Texts.done();
    }

    private void change(Call call, Rights rights, BiConsumer<Handle, Project> work) {
        long id = Checks.projectId(call);
        database.query(handle -> Checks.require(handle, rights, id, Level.ALL));
        // Read before a connection is held for it.
        call.body();
        database.transact(handle -> {
            Project project = Checks.require(handle, rights, id, Level.ALL);
            work.accept(handle, project);
            return true;
        });
    }

    private static void requireKnown(Call call, Project project, String name) {
        if (!Metadata.of(project).containsKey(name)) {
            throw unknown(call, name);
        }
    }

    private static Failure unknown(Call call, String name) {
        return Refusal.notFound(
                "metadata %s of project %s not found".formatted(name, call.pathParameter("project_id")));
    }
}
