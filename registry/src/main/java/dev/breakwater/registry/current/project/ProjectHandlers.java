package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.NewProject;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectListStore;
import dev.breakwater.registry.project.ProjectName;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /projects} (registry.md 3.4). */
public final class ProjectHandlers {

    private static final Columns COLUMNS = new Columns("p.id DESC")
            .number("project_id", "p.id")
            .text("name", "p.name")
            .truth("public", "p.public")
            .text("owner_name", "(SELECT u.username FROM tenancy.user_account u WHERE u.id = p.owner_id)")
            .time("creation_time", "p.created_at")
            .time("update_time", "p.updated_at");

    private static final String HAS_REPOSITORIES = "the project contains repositories, can not be deleted";

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private final Configuration configuration;
    private final Projects projects;
    private final ProjectViews views;

    /** Answers with what these know. */
    public ProjectHandlers(
            Database database,
            TimeSource time,
            Users users,
            Configuration configuration,
            Projects projects,
            ProjectViews views) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.configuration = configuration;
        this.projects = projects;
        this.views = views;
    }

    /** {@code GET}: those that the caller sees; {@code HEAD}: whether a name is taken. */
    public Answer list(Call call, Rights rights) {
        if (call.method().equals("HEAD")) {
            return exists(call, rights);
        }
        Page page = Page.of(call);
        Condition condition = ProjectListStore.seen(rights.sight())
                .and(COLUMNS.condition(Lists.query(call)))
                .and(narrowed(call));
        String order = COLUMNS.order(Lists.sort(call), "p.id DESC");
        long total = database.query(handle -> ProjectListStore.count(handle, condition));
        List<Project> found =
                database.query(handle -> ProjectListStore.list(handle, condition, order, page.offset(), page.size()));
        return page.answer(call, views.of(database, found, rights), total);
    }

    private static Condition narrowed(Call call) {
        Condition condition = Condition.NONE;
        Optional<String> name = call.query("name").filter(text -> !text.isEmpty());
        if (name.isPresent()) {
            condition = condition.and(Condition.of("position(lower(:name) IN p.name) > 0", Map.of("name", name.get())));
        }
        Optional<String> owner = call.query("owner").filter(text -> !text.isEmpty());
        if (owner.isPresent()) {
            condition = condition.and(Condition.of(
                    "EXISTS (SELECT FROM tenancy.user_account u WHERE u.id = p.owner_id AND u.username = :owner)",
                    Map.of("owner", owner.get())));
        }
        Optional<Boolean> isPublic = Numbers.truth(call, "public");
        return isPublic.isEmpty()
                ? condition
                : condition.and(Condition.of("p.public = :public", Map.of("public", isPublic.get())));
    }

    private Answer exists(Call call, Rights rights) {
        Checks.known(rights);
        String name = call.query("project_name").orElse("");
        if (name.isEmpty()) {
            throw new Failure.Unprocessable("project_name in query is required");
        }
        if (database.query(handle -> ProjectStore.find(handle, name)).isEmpty()) {
            throw new Failure.NotFound("project " + name + " not found");
        }
        return Shape.done();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.known(rights);
        requireMayCreate(rights);
        Body body = Body.of(call);
        String name = body.text("project_name").orElse("");
        NewProject asked = new NewProject(
                requireName(name),
                owner(rights),
                false,
                settings(body, true),
                storageLimit(body, rights),
                registryId(body, rights));
        OptionalLong id = database.transact(handle -> create(handle, call, rights, body, asked));
        if (id.isEmpty()) {
            throw new Failure.Conflict("The project named " + name + " already exists");
        }
        return Shape.created("/api/v2.0/projects/"
                + (Numbers.header(call, "X-Resource-Name-In-Location") ? name : Long.toString(id.getAsLong())));
    }

    private OptionalLong create(Handle handle, Call call, Rights rights, Body body, NewProject asked) {
        Map<String, String> metadata = new LinkedHashMap<>(asked.metadata());
        boolean isPublic = "true".equals(metadata.remove(Project.PUBLIC));
        OptionalLong id = projects.create(
                handle,
                call,
                new NewProject(
                        asked.name(), asked.owner(), isPublic, metadata, asked.storageLimit(), asked.registryId()),
                rights.caller().name());
        id.ifPresent(project -> body.object("cve_allowlist")
                .ifPresent(list -> Allowlists.write(handle, project, list, time.instant())));
        return id;
    }

    private void requireMayCreate(Rights rights) {
        boolean restricted = database.query(configuration::restrictsProjects);
        boolean person = rights.caller() instanceof Caller.Person;
        if (!rights.allowsInSystem(Resource.PROJECT, Action.CREATE) && (restricted || !person)) {
            throw new Failure.Forbidden("Only system admin can create project");
        }
    }

    /** What a robot makes belongs to the first administrator, as a robot is nobody who could own it. */
    private UserProfile owner(Rights rights) {
        return rights.caller()
                .user()
                .or(() -> users.findByNumber(UserProfile.FIRST))
                .orElseThrow(() -> new Failure.Forbidden("forbidden"));
    }

    private static String requireName(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > ProjectName.LONGEST) {
            throw new Failure.Invalid(
                    "Project name %s is illegal in length. (greater than 255 or less than 1)".formatted(name));
        }
        if (!ProjectName.isWellFormed(name)) {
            throw new Failure.Invalid("project name is not in lower case or contains illegal characters");
        }
        return name;
    }

    /** The settings of a body; {@code public} beside them is the older form, and those within them win. */
    private static Map<String, String> settings(Body body, boolean isNew) {
        Map<String, String> settings = new LinkedHashMap<>();
        body.truth(Project.PUBLIC).ifPresent(value -> settings.put(Project.PUBLIC, value.toString()));
        body.object("metadata").ifPresent(metadata -> settings.putAll(ProjectSettings.known(metadata.texts())));
        if (isNew) {
            settings.putIfAbsent(Project.PUBLIC, "false");
        }
        return settings;
    }

    private static @Nullable Long storageLimit(Body body, Rights rights) {
        Optional<Long> limit = body.number("storage_limit");
        if (limit.isPresent() && (limit.get() < -1 || limit.get() == 0)) {
            throw new Failure.Invalid("storage_limit must be -1 or greater than 0");
        }
        return limit.filter(any -> rights.allowsInSystem(Resource.QUOTA, Action.UPDATE))
                .orElse(null);
    }

    private static @Nullable Long registryId(Body body, Rights rights) {
        Optional<Long> registry = body.number("registry_id").filter(id -> id != 0);
        if (registry.isPresent() && !rights.caller().isAdministrator()) {
            throw new Failure.Forbidden("Only system admin can create proxy cache project");
        }
        return registry.orElse(null);
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Project project = database.query(handle -> Checks.project(handle, call, rights, Resource.PROJECT, Action.READ));
        return Shape.answer(views.of(database, List.of(project), rights).getFirst());
    }

    /** {@code PUT} of one: some of its settings. */
    public Answer update(Call call, Rights rights) {
        database.query(handle -> Checks.project(handle, call, rights, Resource.PROJECT, Action.UPDATE));
        Body body = Body.of(call);
        Map<String, String> set = settings(body, false);
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.PROJECT, Action.UPDATE);
            projects.change(handle, call, project, set, Set.of());
            body.object("cve_allowlist")
                    .ifPresent(list -> Allowlists.write(handle, project.id(), list, time.instant()));
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.PROJECT, Action.DELETE);
            // Held until the end, so that nothing is pushed to it meanwhile.
            ProjectStore.lock(handle, project.id());
            hindrance(handle, project).ifPresent(reason -> {
                throw new Failure.Precondition(reason);
            });
            projects.delete(handle, call, project, rights.caller().name());
            return true;
        });
        return Shape.done();
    }

    /** {@code GET …/_deletable}. */
    public Answer deletable(Call call, Rights rights) {
        Optional<String> hindrance = database.query(
                handle -> hindrance(handle, Checks.project(handle, call, rights, Resource.PROJECT, Action.DELETE)));
        return new Shape()
                .truth("deletable", hindrance.isEmpty())
                .text("message", hindrance.orElse(""))
                .answer();
    }

    private Optional<String> hindrance(Handle handle, Project project) {
        return ProjectListStore.isEmpty(handle, project.id())
                ? projects.hindrance(handle, project)
                : Optional.of(HAS_REPOSITORIES);
    }

    /** {@code GET …/summary}. */
    public Answer summary(Call call, Rights rights) {
        return database.query(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.PROJECT, Action.READ);
            Shape shape = new Shape()
                    .number(
                            "repo_count",
                            ProjectListStore.repositoryCounts(handle, List.of(project.id()))
                                    .getOrDefault(project.id(), 0L)
                                    .longValue());
            if (rights.allows(handle, project, Resource.MEMBER, Action.LIST)) {
                Map<ProjectRole, Long> members = ProjectListStore.members(handle, project.id());
                shape.number("project_admin_count", count(members, ProjectRole.PROJECT_ADMIN))
                        .number("maintainer_count", count(members, ProjectRole.MAINTAINER))
                        .number("developer_count", count(members, ProjectRole.DEVELOPER))
                        .number("guest_count", count(members, ProjectRole.GUEST))
                        .number("limited_guest_count", count(members, ProjectRole.LIMITED_GUEST));
            }
            if (rights.allows(handle, project, Resource.QUOTA, Action.READ)) {
                storage(handle, project).ifPresent(storage -> shape.node("quota", quota(storage)));
            }
            return shape.answer();
        });
    }

    private static long count(Map<ProjectRole, Long> members, ProjectRole role) {
        return members.getOrDefault(role, 0L);
    }

    private Optional<ProjectParts.Storage> storage(Handle handle, Project project) {
        return projects.parts().stream()
                .flatMap(part -> part.storage(handle, project).stream())
                .findFirst();
    }

    private static JsonNode quota(ProjectParts.Storage storage) {
        return new Shape()
                .node("hard", new Shape().number("storage", storage.limit()).build())
                .node("used", new Shape().number("storage", storage.used()).build())
                .build();
    }
}
