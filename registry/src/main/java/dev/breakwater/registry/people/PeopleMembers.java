package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.ProjectMembers;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.project.Member;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Members;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The members of the projects of an organization as its people see and change them. */
public final class PeopleMembers implements ProjectMembers {

    private final Database database;
    private final Admission admission;
    private final Users users;
    private final Members members;

    /** Changes go through {@code members}, as those of the API do. */
    public PeopleMembers(Database database, Admission admission, Users users, Members members) {
        this.database = database;
        this.admission = admission;
        this.users = users;
        this.members = members;
    }

    @Override
    public List<Role> roles() {
        return Stream.of(
                        ProjectRole.PROJECT_ADMIN,
                        ProjectRole.MAINTAINER,
                        ProjectRole.DEVELOPER,
                        ProjectRole.GUEST,
                        ProjectRole.LIMITED_GUEST)
                .map(role -> new Role(code(role), name(role), purpose(role)))
                .toList();
    }

    private static String code(ProjectRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String name(ProjectRole role) {
        return switch (role) {
            case PROJECT_ADMIN -> "Project administrator";
            case MAINTAINER -> "Maintainer";
            case DEVELOPER -> "Developer";
            case GUEST -> "Guest";
            case LIMITED_GUEST -> "Limited guest";
        };
    }

    private static String purpose(ProjectRole role) {
        return switch (role) {
            case PROJECT_ADMIN -> "Everything in the project: members, robots, rules and settings too.";
            case MAINTAINER -> "Pulls, pushes and deletes; sets up retention and immutable tags.";
            case DEVELOPER -> "Pulls and pushes; sets up retention.";
            case GUEST -> "Pulls; sees members and robots.";
            case LIMITED_GUEST -> "Pulls only.";
        };
    }

    private static ProjectRole role(String code) {
        return Stream.of(ProjectRole.values())
                .filter(role -> code(role).equals(code))
                .findFirst()
                .orElseThrow(() -> new Failure.Invalid("role", "Choose one of the roles."));
    }

    @Override
    public Listing list(Principal caller, UUID organization, String project, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        record Seen(List<Member> all, boolean mayAdd, boolean mayChange, boolean mayRemove) {}
        Seen seen = database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.MEMBER, Action.LIST);
            return new Seen(
                    MemberStore.list(handle, found.id(), ""),
                    admitted.rights().allows(handle, found, Resource.MEMBER, Action.CREATE),
                    admitted.rights().allows(handle, found, Resource.MEMBER, Action.UPDATE),
                    admitted.rights().allows(handle, found, Resource.MEMBER, Action.DELETE));
        });
        Page<Member> cut = page.cut(after(seen.all(), page), member -> Long.toString(member.id()));
        Map<UUID, UserProfile> known =
                users.findAll(cut.items().stream().map(Member::userId).toList());
        List<Entry> entries = cut.items().stream()
                .filter(member -> known.containsKey(member.userId()))
                .map(member -> entry(member, known.get(member.userId())))
                .toList();
        return new Listing(
                new Page<>(entries, cut.next()),
                seen.all().stream()
                        .filter(member -> member.role() == ProjectRole.PROJECT_ADMIN)
                        .count(),
                seen.mayAdd(),
                seen.mayChange(),
                seen.mayRemove());
    }

    private static List<Member> after(List<Member> all, PageAfter page) {
        int begin = page.cursor()
                .map(cursor -> 1
                        + IntStream.range(0, all.size())
                                .filter(at -> Long.toString(all.get(at).id()).equals(cursor))
                                .findFirst()
                                .orElse(-1))
                .orElse(0);
        return all.subList(begin, Math.min(all.size(), begin + page.rows()));
    }

    private static Entry entry(Member member, @Nullable UserProfile user) {
        return new Entry(
                member.id(),
                user == null ? "" : user.username(),
                user == null ? "" : user.name(),
                code(member.role()),
                name(member.role()));
    }

    @Override
    public void add(Call call, UUID organization, String project, String username, String role) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.query(handle -> admitted.project(handle, project, Resource.MEMBER, Action.CREATE));
        ProjectRole given = role(role);
        UserProfile user = users.findByName(username)
                .orElseThrow(() -> new Failure.Invalid(
                        "username", "There is no user with this name. Administrators make accounts."));
        boolean added = database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.MEMBER, Action.CREATE);
            return members.add(handle, change(call, admitted, found), user, given)
                    .isPresent();
        });
        if (!added) {
            throw new Failure.Conflict("%s is a member already. Change the role in the list.".formatted(username));
        }
    }

    private static Members.Change change(Call call, Admission.Admitted admitted, Project project) {
        return new Members.Change(call, admitted.person().username(), project);
    }

    @Override
    public void change(Call call, UUID organization, String project, long member, String role) {
        Admission.Admitted admitted = admission.change(call, organization);
        ProjectRole given = role(role);
        Member before = database.query(handle -> find(handle, admitted, project, member, Action.UPDATE));
        String name = name(before);
        database.transact(handle -> {
            Member found = find(handle, admitted, project, member, Action.UPDATE);
            Project place = admitted.project(handle, project);
            members.setRole(handle, change(call, admitted, place), found, name, given);
            return true;
        });
    }

    private static Member find(Handle handle, Admission.Admitted admitted, String project, long id, Action action) {
        return MemberStore.find(
                        handle,
                        admitted.project(handle, project, Resource.MEMBER, action)
                                .id(),
                        id)
                .orElseThrow(() -> new Failure.NotFound("There is no such member any more."));
    }

    private String name(Member member) {
        return users.find(member.userId()).map(UserProfile::username).orElse(Long.toString(member.id()));
    }

    @Override
    public void remove(Call call, UUID organization, String project, long member) {
        Admission.Admitted admitted = admission.change(call, organization);
        Member before = database.query(handle -> find(handle, admitted, project, member, Action.DELETE));
        String name = name(before);
        database.transact(handle -> {
            Member found = find(handle, admitted, project, member, Action.DELETE);
            members.remove(handle, change(call, admitted, admitted.project(handle, project)), found, name);
            return true;
        });
    }
}
