package dev.breakwater.registry.classic.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.project.Member;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code /api/projects/{project_id}/members} (registry.md 1.6). */
public final class MemberHandlers {

    /** The roles that this API can give; others came later. */
    private static final Set<ProjectRole> GIVEN =
            Set.of(ProjectRole.PROJECT_ADMIN, ProjectRole.DEVELOPER, ProjectRole.GUEST);

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private final Audit audit;

    /** Answers with what these know. */
    public MemberHandlers(Database database, TimeSource time, Users users, Audit audit) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.audit = audit;
    }

    /** {@code GET} of all, by username. */
    public Answer list(Call call, Rights rights) {
        Project project = project(call, rights, Level.READ);
        String name = call.query("username").orElse("");
        List<Member> members = database.query(handle -> MemberStore.list(handle, project.id(), name));
        Map<UUID, UserProfile> known =
                users.findAll(members.stream().map(Member::userId).toList());
        return PrettyJson.answer(members.stream()
                .filter(member -> known.containsKey(member.userId()))
                .map(member -> {
                    UserProfile user = Objects.requireNonNull(known.get(member.userId()));
                    ProjectRole role = member.role();
                    return new Listed(user.number(), user.username(), role.label(), role.number());
                })
                .toList());
    }

    private record Listed(long userId, String username, String roleName, int roleId) {}

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Project project = project(call, rights, Level.READ);
        UserProfile user = user(call);
        Optional<ProjectRole> role = user.administrator()
                ? Optional.of(ProjectRole.PROJECT_ADMIN)
                : database.query(handle -> MemberStore.role(handle, project.id(), user.id()));
        return role.map(held -> PrettyJson.answer(new Detail(
                        List.of(new RoleView(held.number(), held.code(), held.label(), 0)),
                        user.number(),
                        user.username())))
                .orElseThrow(() -> Refusal.notFoundPlain("user " + user.number() + " is not a member of the project"));
    }

    private record Detail(List<RoleView> roles, long userId, String username) {}

    private record RoleView(int roleId, String roleCode, String roleName, int roleMask) {}

    /** {@code POST}. */
    public Answer add(Call call, Rights rights) {
        Project project = project(call, rights, Level.ALL);
        ClassicBody body = ClassicBody.of(call);
        List<Long> roles = body.numbers("roles");
        UserProfile user =
                users.findByName(body.string("username")).orElseThrow(() -> Refusal.notFound("User does not exist"));
        if (database.query(handle -> MemberStore.role(handle, project.id(), user.id()))
                .isPresent()) {
            throw isMember();
        }
        ProjectRole role = role(roles);
        database.transact(handle -> {
            if (MemberStore.insert(handle, project.id(), user.id(), role, time.instant())
                    .isEmpty()) {
                throw isMember();
            }
            record(handle, call, project, "registry.member.added", user);
            return true;
        });
        return Texts.done();
    }

    private static RuntimeException isMember() {
        return Refusal.conflict("user is ready in project");
    }

    /** {@code PUT}. */
    public Answer change(Call call, Rights rights) {
        Project project = project(call, rights, Level.ALL);
        UserProfile user = user(call);
        List<Long> roles = ClassicBody.of(call).numbers("roles");
        if (database.query(handle -> MemberStore.role(handle, project.id(), user.id()))
                .isEmpty()) {
            throw Refusal.notFound("user not exist in project");
        }
        ProjectRole role = role(roles);
        database.transact(handle -> {
            if (!MemberStore.setRole(handle, project.id(), user.id(), role)) {
                throw Refusal.notFound("user not exist in project");
            }
            record(handle, call, project, "registry.member.updated", user);
            return true;
        });
        return Texts.done();
    }

    /** {@code DELETE}; also of who was none. */
    public Answer remove(Call call, Rights rights) {
        Project project = project(call, rights, Level.ALL);
        UserProfile user = user(call);
        database.transact(handle -> {
            if (MemberStore.delete(handle, project.id(), user.id())) {
                record(handle, call, project, "registry.member.removed", user);
            }
            return true;
        });
        return Texts.done();
    }

    private void record(Handle handle, Call call, Project project, String action, UserProfile user) {
        audit.record(handle, call, project.organizationId(), action, project.id() + "/" + user.number());
    }

    /** Here nobody is told anything before signing in. */
    private Project project(Call call, Rights rights, Level level) {
        Checks.requireKnown(rights);
        long id = Checks.projectId(call);
        return database.query(handle -> Checks.require(handle, rights, id, level));
    }

    private UserProfile user(Call call) {
        OptionalLong number = Numbers.ofPath(call, "user_id");
        if (number.isEmpty() || number.getAsLong() == 0) {
            throw Refusal.invalid("invalid member ID: " + call.pathParameter("user_id"));
        }
        return users.findByNumber(number.getAsLong())
                .orElseThrow(() -> Refusal.notFound("member " + number.getAsLong() + " not found"));
    }

    private static ProjectRole role(List<Long> roles) {
        if (roles.size() != 1) {
            throw Refusal.invalidPlain("only one role is supported");
        }
        return ProjectRole.numbered(Math.toIntExact(Math.clamp(roles.getFirst(), 0, Integer.MAX_VALUE)))
                .filter(GIVEN::contains)
                .orElseThrow(() -> Refusal.invalidPlain("invalid role"));
    }
}
