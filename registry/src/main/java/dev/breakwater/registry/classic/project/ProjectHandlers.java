package dev.breakwater.registry.classic.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.ClassicPage;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.dialect.Truth;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.project.NewProject;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectName;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.registry.replication.PolicyStore;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.tenancy.UserProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code /api/projects} and {@code /api/projects/{project_id}} (registry.md 1.6). */
public final class ProjectHandlers {

    private static final int SHORTEST_NAME = 2;
    private static final int LONGEST_NAME = 30;

    private final Database database;
    private final Configuration configuration;
    private final Projects projects;
    private final ProjectViews views;

    /** Answers with what these know. */
    public ProjectHandlers(Database database, Configuration configuration, Projects projects, ProjectViews views) {
        this.database = database;
        this.configuration = configuration;
        this.projects = projects;
        this.views = views;
    }

    /** {@code GET}: the projects that the caller sees; {@code HEAD}: whether a name is taken. */
    public Answer list(Call call, Rights rights) {
        if (call.method().equals("HEAD")) {
            return exists(call);
        }
        Optional<String> isPublic = call.query("public").filter(text -> !text.isEmpty());
        ProjectStore.Filter filter = new ProjectStore.Filter(
                call.query("name").orElse(null),
                isPublic.map(text -> Truth.parse(text).orElseThrow(() -> Refusal.invalid("invalid public: " + text)))
                        .orElse(null),
                call.query("owner").filter(owner -> !owner.isEmpty()).orElse(null));
        ClassicPage page = ClassicPage.of(call);
        ProjectStore.Sight sight = rights.sight();
        long total = database.query(handle -> ProjectStore.count(handle, sight, filter));
        List<Project> projects =
                database.query(handle -> ProjectStore.list(handle, sight, filter, page.offset(), page.size()));
        return page.answer(call, views.listed(projects, rights), total);
    }

    private Answer exists(Call call) {
        String name = call.query("project_name").orElse("");
        if (name.isEmpty()) {
            throw Refusal.invalid("project_name is needed");
        }
        if (database.query(handle -> ProjectStore.find(handle, name)).isEmpty()) {
            throw Refusal.notFound("");
        }
        return Texts.done();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.requireKnown(rights);
        boolean restricted = database.query(configuration::restrictsProjects);
        if (restricted && !rights.caller().isAdministrator()) {
            throw Refusal.forbidden("Only system admin can create project");
        }
        // A robot is nobody who could own a project.
        UserProfile owner = rights.caller().user().orElseThrow(Refusal::notPermitted);
        ClassicBody body = ClassicBody.of(call);
        String name = body.string("project_name");
        boolean isPublic = body.number("public") == 1;
        Map<String, String> metadata = Metadata.ofNewProject(body);
        requireName(name);
        NewProject asked = new NewProject(name, owner, isPublic, metadata, null, null);
        OptionalLong id = database.transact(handle -> projects.create(handle, call, asked, owner.username()));
        return Texts.created("/api/projects/" + id.orElseThrow(() -> Refusal.conflict("")));
    }

    private static void requireName(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < SHORTEST_NAME || length > LONGEST_NAME) {
            throw Refusal.invalid(
                    "invalid request: Project name is illegal in length. (greater than 2 or less than 30)");
        }
        if (!ProjectName.isWellFormed(name)) {
            throw Refusal.invalid("invalid request: project name is not in lower case or contains illegal characters");
        }
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        long id = Checks.projectId(call);
        Project project = database.query(handle -> Checks.require(handle, rights, id, Level.READ));
        return PrettyJson.answer(views.alone(project));
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        long id = Checks.projectId(call);
        database.transact(handle -> {
            Project project = Checks.require(handle, rights, id, Level.ALL);
            // Held until the end, so that nothing is pushed to it meanwhile.
            ProjectStore.lock(handle, id);
            String hindrance = hindrance(handle, id);
            if (!hindrance.isEmpty()) {
                throw Refusal.preconditionPlain(hindrance);
            }
            projects.delete(handle, call, project, rights.caller().name());
            return true;
        });
        return Texts.done();
    }

    /** {@code GET …/_deletable}. */
    public Answer deletable(Call call, Rights rights) {
        long id = Checks.projectId(call);
        String hindrance = database.query(handle -> {
            Checks.require(handle, rights, id, Level.ALL);
            return hindrance(handle, id);
        });
        return PrettyJson.answer(new Deletable(hindrance.isEmpty(), hindrance));
    }

    private record Deletable(boolean deletable, String message) {}

    private static String hindrance(Handle handle, long project) {
        if (RepositoryStore.count(handle, List.of(project), null) > 0) {
            return "the project contains repositories, can not be deleled";
        }
        if (PolicyStore.countOfProject(handle, project) > 0) {
            return "the project contains replication rules, can not be deleled";
        }
        return "";
    }

    /** {@code PUT …/publicity}. */
    public Answer publish(Call call, Rights rights) {
        long id = Checks.projectId(call);
        database.query(handle -> Checks.require(handle, rights, id, Level.ALL));
        long wanted = ClassicBody.of(call).optionalNumber("public").orElse(0L);
        if (wanted != 0 && wanted != 1) {
            throw Refusal.invalid("public should be 0 or 1");
        }
        return change(call, rights, id, Map.of(Metadata.PUBLIC, Boolean.toString(wanted == 1)));
    }

    /** {@code PUT} of one: some of its settings. */
    public Answer update(Call call, Rights rights) {
        long id = Checks.projectId(call);
        database.query(handle -> Checks.require(handle, rights, id, Level.ALL));
        return change(call, rights, id, Metadata.known(ClassicBody.of(call).strings("metadata")));
    }

    private Answer change(Call call, Rights rights, long id, Map<String, String> set) {
        database.transact(handle -> {
            Project project = Checks.require(handle, rights, id, Level.ALL);
            projects.change(handle, call, project, set, Set.of());
            return true;
        });
        return Texts.done();
    }
}
