package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.NewUser;
import dev.breakwater.tenancy.Recent;
import dev.breakwater.tenancy.UserChange;
import dev.breakwater.tenancy.UserName;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import dev.breakwater.tenancy.request.Fields;
import dev.breakwater.tenancy.role.RoleStore;
import dev.breakwater.tenancy.session.Sessions;
import dev.breakwater.tenancy.token.TokenStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rules about users, which hold for every API. */
public final class UserAccounts implements Users {

    /** What stands in logs where nobody signed in; so nobody may be called that (registry.md 1.3, 1.4). */
    private static final String NOBODY = "anonymous";

    private final Database database;
    private final Recent<UUID, Optional<UserProfile>> recent;
    private final Audit audit;
    private final Passwords passwords;
    private final TimeSource time;
    private final Ids ids;

    /** Changes are audited; passwords never are part of an entry. */
    public UserAccounts(Database database, Audit audit, Passwords passwords, TimeSource time, Ids ids) {
        this.database = database;
        this.audit = audit;
        this.passwords = passwords;
        this.time = time;
        this.ids = ids;
        recent = new Recent<>(audit);
    }

    @Override
    public Optional<UserProfile> find(UUID id) {
        return database.query(handle -> UserStore.findProfile(handle, id));
    }

    @Override
    public Optional<UserProfile> findRecent(UUID id) {
        return recent.get(id, this::find);
    }

    @Override
    public Optional<UserProfile> findByNumber(long number) {
        return database.query(handle -> UserStore.findByNumber(handle, number));
    }

    @Override
    public Optional<UserProfile> findByName(String username) {
        return isStorable(username)
                ? database.query(handle -> UserStore.findByName(handle, username))
                : Optional.empty();
    }

    @Override
    public Optional<UserProfile> findByEmail(String email) {
        return isStorable(email) ? database.query(handle -> UserStore.findByEmail(handle, email)) : Optional.empty();
    }

    /** PostgreSQL refuses a text with the character U+0000, so nobody is called so. */
    static boolean isStorable(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0;
    }

    @Override
    public Map<UUID, UserProfile> findAll(Collection<UUID> wanted) {
        return byId(database.query(handle -> UserStore.findAll(handle, wanted)), UserProfile::id);
    }

    @Override
    public Map<UUID, UserName> names(Collection<UUID> wanted) {
        return byId(database.query(handle -> UserStore.names(handle, wanted)), UserName::id);
    }

    private static <T> Map<UUID, T> byId(List<T> found, Function<T, UUID> id) {
        return found.stream().collect(Collectors.toUnmodifiableMap(id, each -> each));
    }

    @Override
    public Found search(Search search) {
        if (!isStorable(search.username()) || !isStorable(search.email())) {
            return new Found(List.of(), 0);
        }
        Search wanted = new Search(
                nullIfEmpty(search.username()),
                nullIfEmpty(search.email()),
                search.without(),
                search.offset(),
                search.limit());
        return database.query(handle -> new Found(UserStore.search(handle, wanted), UserStore.count(handle, wanted)));
    }

    private static @Nullable String nullIfEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    @Override
    public long countOrdinary() {
        return database.query(handle -> UserStore.countBesides(handle, UserProfile.FIRST));
    }

    @Override
    public NewPassword password(String text) {
        return passwords.ready(text);
    }

    @Override
    public UserProfile register(Handle handle, Call call, NewUser user) {
        if (user.username().equalsIgnoreCase(NOBODY)
                || UserStore.findByName(handle, user.username()).isPresent()) {
            throw new Failure.Conflict(USERNAME_TAKEN, "There already is a user with this username.");
        }
        requireFree(handle, user.email());
        Instant now = now();
        UserProfile profile = new UserProfile(
                ids.next(),
                UserStore.nextNumber(handle),
                user.username(),
                user.email(),
                user.name(),
                user.comment(),
                user.administrator(),
                false,
                now,
                now,
                now);
        UserStore.insert(
                handle,
                new User(profile, user.password().hash(), user.password().wellKnown()));
        audit.record(handle, call, null, "user.created", text(profile.id()));
        return profile;
    }

    @Override
    public UserProfile change(Handle handle, Call call, UUID id, UserChange change) {
        UserProfile before = lock(handle, id);
        UserProfile after = new UserProfile(
                id,
                before.number(),
                before.username(),
                change.email() == null ? before.email() : change.email(),
                change.name() == null ? before.name() : change.name(),
                change.comment() == null ? before.comment() : change.comment(),
                change.administrator() == null ? before.administrator() : change.administrator(),
                change.disabled() == null ? before.disabled() : change.disabled(),
                before.passwordChangedAt(),
                before.createdAt(),
                now());
        if (!administers(after)) {
            requireAnotherAdministrator(handle, before);
        }
        if (after.email() != null && !after.email().equalsIgnoreCase(Objects.requireNonNullElse(before.email(), ""))) {
            requireFree(handle, after.email());
        }
        UserStore.update(handle, after);
        if (after.disabled()) {
            Sessions.endAll(handle, id);
        }
        audit.record(handle, call, null, action(before, after), text(id));
        return after;
    }

    private static String action(UserProfile before, UserProfile after) {
        if (before.disabled() == after.disabled()) {
            return "user.updated";
        }
        return after.disabled() ? "user.disabled" : "user.enabled";
    }

    @Override
    public void setPassword(Handle handle, Call call, UUID id, NewPassword password) {
        lock(handle, id);
        UserStore.setPassword(handle, id, password, now());
        Sessions.endOthers(handle, id, call);
        audit.record(handle, call, null, "user.password_changed", text(id));
    }

    @Override
    public void delete(Handle handle, Call call, UUID id) {
        requireAnotherAdministrator(handle, lock(handle, id));
        Instant now = now();
        UserStore.delete(handle, id, now);
        Sessions.endAll(handle, id);
        TokenStore.revokeAll(handle, id, now);
        RoleStore.unassignAll(handle, id);
        audit.record(handle, call, null, "user.deleted", text(id));
    }

    private static UserProfile lock(Handle handle, UUID id) {
        return UserStore.lock(handle, id).orElseThrow(() -> Fields.notFound("user", text(id)));
    }

    /** Somebody else may take it in the same moment; then the transaction is repeated, and this finds out. */
    private static void requireFree(Handle handle, @Nullable String email) {
        if (email != null && UserStore.findByEmail(handle, email).isPresent()) {
            throw new Failure.Conflict(EMAIL_TAKEN, "There already is a user with this email.");
        }
    }

    private static void requireAnotherAdministrator(Handle handle, UserProfile user) {
        if (administers(user) && !UserStore.hasAdministratorBesides(handle, user.id())) {
            throw new Failure.Conflict(LAST_ADMINISTRATOR, "This is the last administrator. Make another one first.");
        }
    }

    private static boolean administers(UserProfile user) {
        return user.administrator() && !user.disabled();
    }

    /** As precise as what the database keeps. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String text(UUID id) {
        return Ids.text("usr", id);
    }
}
