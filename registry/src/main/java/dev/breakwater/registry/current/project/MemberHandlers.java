package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.project.Member;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Members;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /projects/{project_name_or_id}/members} (registry.md 3.4). All members are users. */
public final class MemberHandlers {

    private static final String WRONG_ROLE = "Failed to update project member, role is not in 1,2,3";

    private final Database database;
    private final Users users;
    private final Members members;

    /** Answers with what these know. */
    public MemberHandlers(Database database, TimeSource time, Users users, Audit audit) {
        this.database = database;
        this.users = users;
        members = new Members(audit, time);
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Page page = Page.of(call);
        String name = call.query("entityname").orElse("");
        List<Member> found = database.query(handle -> MemberStore.list(
                handle,
                Checks.project(handle, call, rights, Resource.MEMBER, Action.LIST)
                        .id(),
                name));
        List<Member> shown = page.of(found);
        Map<UUID, UserProfile> known =
                users.findAll(shown.stream().map(Member::userId).toList());
        return page.answer(call, Shape.each(shown, member -> shape(member, known.get(member.userId()))), found.size());
    }

    private static JsonNode shape(Member member, @Nullable UserProfile user) {
        Shape shape = new Shape()
                .number("id", member.id())
                .number("project_id", member.projectId())
                .number("role_id", member.role().number())
                .text("role_name", member.role().label())
                .text("entity_type", "u");
        if (user != null) {
            shape.number("entity_id", user.number()).text("entity_name", user.username());
        }
        return shape.build();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Project project =
                database.query(handle -> Checks.project(handle, call, rights, Resource.MEMBER, Action.CREATE));
        Body body = Body.of(call);
        ProjectRole role = role(body);
        UserProfile user = user(body);
        OptionalLong id = database.transact(handle -> members.add(handle, change(call, rights, project), user, role));
        if (id.isEmpty()) {
            throw new Failure.Conflict("The project member specified already exist");
        }
        return Shape.created("/api/v2.0/projects/" + project.id() + "/members/" + id.getAsLong());
    }

    private static ProjectRole role(Body body) {
        return body.number("role_id")
                .filter(number -> number > 0 && number < Integer.MAX_VALUE)
                .flatMap(number -> ProjectRole.numbered(number.intValue()))
                .orElseThrow(() -> new Failure.Invalid(WRONG_ROLE));
    }

    private UserProfile user(Body body) {
        Body member = body.object("member_user")
                .orElseThrow(() -> new Failure.Invalid("member_user with a username or a user_id is required"));
        Optional<Long> number = member.number("user_id").filter(id -> id != 0);
        Optional<UserProfile> user = number.isPresent()
                ? users.findByNumber(number.get())
                : member.text("username").flatMap(users::findByName);
        return user.orElseThrow(() -> new Failure.NotFound("user not found"));
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        long id = Numbers.path(call, "mid");
        Member member = database.query(
                handle -> find(handle, Checks.project(handle, call, rights, Resource.MEMBER, Action.READ), id));
        return Shape.answer(shape(member, users.find(member.userId()).orElse(null)));
    }

    private static Member find(Handle handle, Project project, long id) {
        return MemberStore.find(handle, project.id(), id)
                .orElseThrow(() -> new Failure.NotFound("the project member " + id + " not found"));
    }

    /** {@code PUT} of one: its role. */
    public Answer update(Call call, Rights rights) {
        long id = Numbers.path(call, "mid");
        database.query(handle -> Checks.project(handle, call, rights, Resource.MEMBER, Action.UPDATE));
        ProjectRole role = role(Body.of(call));
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.MEMBER, Action.UPDATE);
            Member member = find(handle, project, id);
            members.setRole(handle, change(call, rights, project), member, Long.toString(id), role);
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        long id = Numbers.path(call, "mid");
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.MEMBER, Action.DELETE);
            Member member = find(handle, project, id);
            members.remove(handle, change(call, rights, project), member, Long.toString(id));
            return true;
        });
        return Shape.done();
    }

    private static Members.Change change(Call call, Rights rights, Project project) {
        return new Members.Change(call, rights.caller().name(), project);
    }
}
