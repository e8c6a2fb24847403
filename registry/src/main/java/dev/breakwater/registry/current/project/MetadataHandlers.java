package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.Projects;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{project_name_or_id}/metadatas} (registry.md 3.4): the settings of a project one by one. */
public final class MetadataHandlers {

    private final Database database;
    private final Projects projects;

    /** Answers with what these know. */
    public MetadataHandlers(Database database, Projects projects) {
        this.database = database;
        this.projects = projects;
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        return answer(ProjectSettings.of(project(call, rights, Action.LIST)));
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Project project = project(call, rights, Action.READ);
        String name = call.pathParameter("meta_name");
        return answer(Map.of(name, value(project, name)));
    }

    private static Answer answer(Map<String, String> settings) {
        Shape shape = new Shape();
        settings.forEach(shape::text);
        return shape.answer();
    }

    private static String value(Project project, String name) {
        @Nullable String value = ProjectSettings.of(project).get(name);
        if (value == null) {
            throw new Failure.NotFound("metadata " + name + " of project " + project.id() + " not found");
        }
        return value;
    }

    private Project project(Call call, Rights rights, Action action) {
        return database.query(handle -> Checks.project(handle, call, rights, Resource.METADATA, action));
    }

    /** {@code POST}: exactly one that is not set yet. */
    public Answer create(Call call, Rights rights) {
        project(call, rights, Action.CREATE);
        Map<String, String> sent = Body.of(call).texts();
        Map<String, String> set = ProjectSettings.known(sent);
        if (sent.size() != 1 || set.size() != 1) {
            throw new Failure.Invalid("only allow to add one valid metadata");
        }
        String name = set.keySet().iterator().next();
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.METADATA, Action.CREATE);
            if (ProjectSettings.of(project).containsKey(name)) {
                throw new Failure.Conflict("metadata " + name + " already exists");
            }
            projects.change(handle, call, project, set, Set.of());
            return true;
        });
        return Shape.done();
    }

    /** {@code PUT} of one. */
    public Answer update(Call call, Rights rights) {
        project(call, rights, Action.UPDATE);
        String name = call.pathParameter("meta_name");
        Map<String, String> set = ProjectSettings.known(Body.of(call).texts());
        if (!set.containsKey(name)) {
            throw new Failure.Invalid("must contains key " + name);
        }
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.METADATA, Action.UPDATE);
            value(project, name);
            projects.change(handle, call, project, Map.of(name, String.valueOf(set.get(name))), Set.of());
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        String name = call.pathParameter("meta_name");
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.METADATA, Action.DELETE);
            value(project, name);
            if (!ProjectSettings.isKnown(name)) {
                throw new Failure.Invalid("metadata " + name + " cannot be deleted");
            }
            projects.change(handle, call, project, Map.of(), Set.of(name));
            return true;
        });
        return Shape.done();
    }
}
