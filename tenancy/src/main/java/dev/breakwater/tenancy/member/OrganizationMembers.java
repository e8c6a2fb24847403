package dev.breakwater.tenancy.member;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Members;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.NewUser;
import dev.breakwater.tenancy.UserName;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import dev.breakwater.tenancy.request.Fields;
import dev.breakwater.tenancy.role.Role;
import dev.breakwater.tenancy.role.RoleAssignment;
import dev.breakwater.tenancy.role.RoleRules;
import dev.breakwater.tenancy.serviceaccount.ServiceAccount;
import dev.breakwater.tenancy.serviceaccount.ServiceAccountStore;
import dev.breakwater.tenancy.user.PasswordChange;
import dev.breakwater.tenancy.user.UserFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has which role in an organization. */
public final class OrganizationMembers implements Members {

    private static final String INVITE = "core_user_invite";
    private static final int MOST = 500;

    private final Database database;
    private final Access access;
    private final Users users;
    private final RoleRules roles;

    /** Roles are given by the rules of roles, accounts are made by those of users. */
    public OrganizationMembers(Database database, Access access, Users users, RoleRules roles) {
        this.database = database;
        this.access = access;
        this.users = users;
        this.roles = roles;
    }

    @Override
    public boolean mayInvite(Principal caller) {
        return access.allows(caller, INVITE, null);
    }

    @Override
    public List<RoleChoice> roles() {
        return roles.assignable().stream()
                .filter(role -> role.scopeLevel() == Role.ScopeLevel.ORGANIZATION)
                .map(role -> new RoleChoice(role.identifier(), role.name()))
                .toList();
    }

    @Override
    public List<Entry> of(Principal caller, UUID organization) {
        List<RoleAssignment> assignments = roles.list(caller, organization, null, MOST);
        Map<UUID, UserName> people = users.names(assignments.stream()
                .map(RoleAssignment::userId)
                .filter(Objects::nonNull)
                .toList());
        Map<UUID, String> services = serviceNames(organization);
        Map<String, String> roleNames =
                roles.assignable().stream().collect(Collectors.toMap(Role::identifier, Role::name));
        return assignments.stream()
                .map(each -> entry(each, people, services, roleNames))
                .toList();
    }

    private Map<UUID, String> serviceNames(UUID organization) {
        return database.query(handle -> ServiceAccountStore.list(handle, organization, null, MOST)).stream()
                .collect(Collectors.toMap(ServiceAccount::id, ServiceAccount::name));
    }

    private static Entry entry(
            RoleAssignment assignment,
            Map<UUID, UserName> people,
            Map<UUID, String> services,
            Map<String, String> roleNames) {
        @Nullable UUID user = assignment.userId();
        UUID holder = user == null ? Objects.requireNonNull(assignment.serviceAccountId()) : user;
        String id = Ids.text(user == null ? "sa" : "usr", holder);
        Function<UUID, Optional<String>> name = user == null
                ? each -> Optional.ofNullable(services.get(each))
                : each -> Optional.ofNullable(people.get(each)).map(UserName::username);
        return new Entry(
                Ids.text("ra", assignment.id()),
                id,
                name.apply(holder).orElse(id),
                user != null,
                assignment.role(),
                roleNames.getOrDefault(assignment.role(), assignment.role()),
                assignment.createdAt());
    }

    @Override
    public void add(Call call, UUID organization, String login, String role) {
        Role given = roles.assignable(call.principal(), role, organization);
        UserProfile user = users.findByName(login)
                .or(() -> users.findByEmail(login))
                .orElseThrow(() -> new Failure.Invalid(
                        "login", "Nobody here has this username or email. Check how it is spelled."));
        database.transact(handle -> roles.assign(handle, call, given, user.id(), null, organization));
    }

    @Override
    public void invite(
            Call call,
            UUID organization,
            String username,
            Optional<String> email,
            String name,
            String password,
            String role) {
        access.require(call.principal(), INVITE, null);
        Role given = roles.assignable(call.principal(), role, organization);
        String sound = UserFields.username(username);
        @Nullable String address = email.map(UserFields::email).orElse(null);
        String called = Fields.name(name.isBlank() ? sound : name);
        NewPassword ready = users.password(PasswordChange.sound(password));
        database.transact(handle -> {
            UserProfile user = users.register(handle, call, new NewUser(sound, address, called, "", ready, false));
            return roles.assign(handle, call, given, user.id(), null, organization);
        });
    }

    @Override
    public void remove(Call call, String assignment) {
        roles.unassign(call, assignment);
    }
}
