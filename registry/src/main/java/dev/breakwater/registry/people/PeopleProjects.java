package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.ProjectRegister;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.NewProject;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectListStore;
import dev.breakwater.registry.project.ProjectName;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.registry.usage.UsageStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The projects of an organization as its people see and change them. */
public final class PeopleProjects implements ProjectRegister {

    private final Database database;
    private final Admission admission;
    private final Configuration configuration;
    private final Projects projects;

    /** Changes go through {@code projects}, as those of the APIs do. */
    public PeopleProjects(Database database, Admission admission, Configuration configuration, Projects projects) {
        this.database = database;
        this.admission = admission;
        this.configuration = configuration;
        this.projects = projects;
    }

    @Override
    public Set<UUID> organizations(Principal caller) {
        return caller.kind() == Principal.Kind.USER
                ? database.query(handle -> MemberStore.organizations(handle, caller.id()))
                : Set.of();
    }

    @Override
    public boolean mayCreate(Principal caller, UUID organization) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> mayCreate(handle, admitted));
    }

    private boolean mayCreate(Handle handle, Admission.Admitted admitted) {
        return !admitted.guest()
                && (admitted.rights().allowsInSystem(Resource.PROJECT, Action.CREATE)
                        || !configuration.restrictsProjects(handle));
    }

    @Override
    public Page<Entry> list(Principal caller, UUID organization, Optional<String> name, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        Condition condition = ProjectListStore.seen(admitted.rights().sight())
                .and(Condition.of("p.organization_id = :organization", Map.of("organization", organization)))
                .and(name.map(PeopleProjects::named).orElse(Condition.NONE))
                .and(page.cursor()
                        .map(last -> Condition.of("p.name > :last", Map.of("last", last)))
                        .orElse(Condition.NONE));
        return database.query(handle -> {
            Page<Project> found = page.cut(
                    ProjectListStore.list(handle, condition, " ORDER BY p.name", 0, page.rows()), Project::name);
            return new Page<>(entries(handle, admitted, found.items()), found.next());
        });
    }

    private static Condition named(String part) {
        return Condition.of("position(lower(:part) IN p.name) > 0", Map.of("part", part));
    }

    private static List<Entry> entries(Handle handle, Admission.Admitted admitted, List<Project> found) {
        List<Long> ids = found.stream().map(Project::id).toList();
        Map<Long, Long> repositories = ProjectListStore.repositoryCounts(handle, ids);
        Map<Long, Long> bytes = UsageStore.used(handle, ids);
        Map<Long, ProjectRole> roles =
                MemberStore.roles(handle, admitted.person().id(), ids);
        return found.stream()
                .map(project -> new Entry(
                        project.name(),
                        project.isPublic(),
                        Optional.ofNullable(roles.get(project.id())).map(ProjectRole::label),
                        repositories.getOrDefault(project.id(), 0L),
                        bytes.getOrDefault(project.id(), 0L),
                        project.createdAt()))
                .toList();
    }

    @Override
    public Found find(Principal caller, UUID organization, String name) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project project = admitted.project(handle, name);
            Set<String> permissions = admitted.rights().inProject(handle, project).stream()
                    .map(each -> each.resource().label() + ":" + each.action().label())
                    .collect(Collectors.toSet());
            return new Found(project.name(), project.isPublic(), permissions);
        });
    }

    @Override
    public boolean isEmpty(Principal caller, UUID organization, String name) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle ->
                ProjectListStore.isEmpty(handle, admitted.project(handle, name).id()));
    }

    @Override
    public void create(Call call, UUID organization, String name, boolean isPublic) {
        Admission.Admitted admitted = admission.change(call, organization);
        if (name.length() > ProjectName.LONGEST || !ProjectName.isWellFormed(name)) {
            throw new Failure.Invalid(
                    "name",
                    "Use lower-case letters and digits, with single dots, hyphens or underscores between them, 255"
                            + " characters at most.");
        }
        NewProject asked = new NewProject(name, admitted.person(), isPublic, Map.of(), null, null);
        boolean made = database.transact(handle -> {
            if (!mayCreate(handle, admitted)) {
                throw new Failure.Forbidden(
                        admitted.guest()
                                ? "Only members of the organization make projects in it."
                                : "Only administrators make projects in this installation.");
            }
            return projects.create(
                            handle, call, organization, asked, admitted.person().username())
                    .isPresent();
        });
        if (!made) {
            throw new Failure.Conflict(
                    "The name %s is taken. Names of projects are unique in the whole installation; choose another."
                            .formatted(name));
        }
    }

    @Override
    public void setPublic(Call call, UUID organization, String name, boolean isPublic) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project project = admitted.project(handle, name, Resource.PROJECT, Action.UPDATE);
            projects.change(handle, call, project, Map.of(Project.PUBLIC, Boolean.toString(isPublic)), Set.of());
            return true;
        });
    }

    @Override
    public void delete(Call call, UUID organization, String name) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project project = admitted.project(handle, name, Resource.PROJECT, Action.DELETE);
            // Held until the end, so that nothing is pushed to it meanwhile.
            ProjectStore.lock(handle, project.id());
            if (!ProjectListStore.isEmpty(handle, project.id())) {
                throw new Failure.Conflict("The project still has repositories. Delete them first.");
            }
            projects.hindrance(handle, project).ifPresent(reason -> {
                throw new Failure.Conflict("The project cannot be deleted: %s.".formatted(reason));
            });
            projects.delete(handle, call, project, admitted.person().username());
            return true;
        });
    }
}
