package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.RobotRegister;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Matrix;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.robot.RobotAccount;
import dev.breakwater.registry.robot.RobotAccounts;
import dev.breakwater.registry.robot.RobotDraft;
import dev.breakwater.registry.robot.RobotPermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The robots of the projects of an organization, and those of the system, as people see and change them. */
public final class PeopleRobots implements RobotRegister {

    private final Database database;
    private final Admission admission;
    private final RobotAccounts robots;

    /** All is done by {@code robots}, as for the API. */
    public PeopleRobots(Database database, Admission admission, RobotAccounts robots) {
        this.database = database;
        this.admission = admission;
        this.robots = robots;
    }

    @Override
    public List<String> permissions() {
        return Matrix.grantableInProject().stream().map(PeopleRobots::spelled).toList();
    }

    private static String spelled(Permission permission) {
        return permission.resource().label() + ":" + permission.action().label();
    }

    /** Whose robots are meant, for somebody who may do this with them; null for the system. */
    private @Nullable Project place(Admission.Admitted admitted, Owner owner, Action action) {
        if (owner.project().isEmpty()) {
            if (!admitted.rights().allowsInSystem(Resource.ROBOT, action)) {
                throw new Failure.Forbidden("Only administrators of the installation see the robots of the system.");
            }
            return null;
        }
        return database.query(handle -> admitted.project(handle, owner.project().get(), Resource.ROBOT, action));
    }

    private boolean allows(Handle handle, Admission.Admitted admitted, @Nullable Project project, Action action) {
        return project == null
                ? admitted.rights().allowsInSystem(Resource.ROBOT, action)
                : admitted.rights().allows(handle, project, Resource.ROBOT, action);
    }

    @Override
    public Listing list(Principal caller, Owner owner, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, owner.organization());
        @Nullable Project project = place(admitted, owner, Action.LIST);
        long offset = Cursors.offset(page);
        List<RobotAccount> found = robots.list(
                        admitted.rights(),
                        new RobotAccounts.Search(
                                project == null ? null : project.id(), null, false, "name", false, offset, page.rows()))
                .robots();
        Page<RobotAccount> cut = page.cut(found, last -> Long.toString(offset + page.limit()));
        Page<Entry> entries =
                new Page<>(cut.items().stream().map(PeopleRobots::entry).toList(), cut.next());
        return database.query(handle -> new Listing(
                entries,
                allows(handle, admitted, project, Action.CREATE),
                allows(handle, admitted, project, Action.UPDATE),
                allows(handle, admitted, project, Action.DELETE)));
    }

    private static Entry entry(RobotAccount robot) {
        return new Entry(
                robot.id(),
                robot.name(),
                robot.description(),
                robot.disabled(),
                Optional.ofNullable(robot.expiresAt()),
                robot.permissions().stream()
                        .map(permission -> new Grant(
                                permission.namespace(),
                                permission.access().stream()
                                        .map(access -> access.resource() + ":" + access.action())
                                        .toList()))
                        .toList(),
                robot.createdAt(),
                Optional.ofNullable(robot.lastUsedAt()));
    }

    @Override
    public Revealed create(Call call, Owner owner, Draft draft) {
        Admission.Admitted admitted = admission.change(call, owner.organization());
        @Nullable Project project = place(admitted, owner, Action.CREATE);
        List<RobotDraft.Place> places = places(admitted, project, draft.projects(), draft.permissions(), Set.of());
        RobotAccounts.Told told;
        try {
            told = robots.create(
                    call,
                    admitted.rights(),
                    new RobotDraft(
                            draft.name(),
                            project == null ? "system" : "project",
                            draft.description(),
                            draft.days().map(Integer::longValue).orElse(RobotAccount.FOR_EVER),
                            false,
                            places,
                            null));
        } catch (Failure.Invalid wrong) {
            throw named(wrong);
        }
        return new Revealed(entry(told.account()), told.secret());
    }

    /** What is to be granted where; of the system's robots, in the projects that are named. */
    private List<RobotDraft.Place> places(
            Admission.Admitted admitted,
            @Nullable Project project,
            List<String> named,
            List<String> permissions,
            Set<String> known) {
        if (permissions.isEmpty()) {
            throw new Failure.Invalid("permissions", "Choose at least one permission.");
        }
        List<String> projects = project == null ? named.stream().distinct().toList() : List.of(project.name());
        if (projects.isEmpty()) {
            throw new Failure.Invalid("projects", "Name at least one project.");
        }
        projects.stream().filter(name -> !known.contains(name)).forEach(name -> requireProject(admitted, name));
        List<RobotPermission.Access> access =
                permissions.stream().distinct().map(PeopleRobots::access).toList();
        return projects.stream()
                .map(name -> new RobotDraft.Place("project", name, access))
                .toList();
    }

    private void requireProject(Admission.Admitted admitted, String name) {
        if (!name.equals(ALL_PROJECTS)) {
            try {
                database.query(handle -> admitted.project(handle, name));
            } catch (Failure.NotFound none) {
                throw new Failure.Invalid("projects", none.explanation());
            }
        }
    }

    private static RobotPermission.Access access(String spelled) {
        String[] parts = spelled.split(":", 2);
        return new RobotPermission.Access(parts[0], parts.length == 2 ? parts[1] : "", RobotPermission.ALLOW);
    }

    /** What the rules of the API say of a draft, beside the field of the form that it is about. */
    private static Failure.Invalid named(Failure.Invalid wrong) {
        String text = wrong.explanation();
        if (text.startsWith("robot name")) {
            return new Failure.Invalid(
                    "name",
                    "Use lower-case letters and digits, with single dots, hyphens or underscores between them.");
        }
        if (text.startsWith("bad request permission") || text.startsWith("bad request empty permission")) {
            return new Failure.Invalid("permissions", "A robot cannot be granted one of these permissions.");
        }
        if (text.contains("description")) {
            return new Failure.Invalid("description", "Write at most 1,024 characters.");
        }
        return text.contains("duration") ? new Failure.Invalid("days", "Choose one of the times.") : wrong;
    }

    @Override
    public Found find(Principal caller, Owner owner, long robot) {
        Admission.Admitted admitted = admission.admit(caller, owner.organization());
        @Nullable Project project = place(admitted, owner, Action.READ);
        Entry found = entry(find(admitted, owner, robot, Action.READ));
        return database.query(handle -> new Found(found, allows(handle, admitted, project, Action.UPDATE)));
    }

    @Override
    public void change(Call call, Owner owner, long robot, Change change) {
        Admission.Admitted admitted = admission.change(call, owner.organization());
        @Nullable Project project = place(admitted, owner, Action.UPDATE);
        RobotAccount before = find(admitted, owner, robot, Action.UPDATE);
        Entry shown = entry(before);
        if (!shown.uniform()) {
            throw new Failure.Conflict(
                    "This robot has different permissions in several places. Change it by the API, or delete it.");
        }
        Set<String> known = shown.grants().stream().map(Grant::place).collect(Collectors.toSet());
        try {
            robots.change(
                    call,
                    admitted.rights(),
                    robot,
                    new RobotDraft(
                            before.name(),
                            project == null ? "system" : "project",
                            change.description(),
                            before.duration(),
                            before.disabled(),
                            places(admitted, project, change.projects(), change.permissions(), known),
                            null));
        } catch (Failure.Invalid wrong) {
            throw named(wrong);
        }
    }

    @Override
    public Revealed refresh(Call call, Owner owner, long robot) {
        Admission.Admitted admitted = admission.change(call, owner.organization());
        RobotAccount found = find(admitted, owner, robot, Action.UPDATE);
        return new Revealed(entry(found), robots.refresh(call, admitted.rights(), robot, null));
    }

    /** A robot that is of this owner. */
    private RobotAccount find(Admission.Admitted admitted, Owner owner, long id, Action action) {
        @Nullable Project project = place(admitted, owner, action);
        return robots.find(id)
                .filter(robot -> robot.isOf(project == null ? null : project.id()))
                .orElseThrow(() -> new Failure.NotFound("There is no such robot any more."));
    }

    @Override
    public void setDisabled(Call call, Owner owner, long robot, boolean disabled) {
        Admission.Admitted admitted = admission.change(call, owner.organization());
        find(admitted, owner, robot, Action.UPDATE);
        robots.setDisabled(call, admitted.rights(), robot, disabled);
    }

    @Override
    public void delete(Call call, Owner owner, long robot) {
        Admission.Admitted admitted = admission.change(call, owner.organization());
        find(admitted, owner, robot, Action.DELETE);
        robots.delete(call, admitted.rights(), robot);
    }
}
