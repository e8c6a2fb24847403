package dev.breakwater.registry.robot;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Grant;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.access.Robot;
import dev.breakwater.registry.access.Robots;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.SecretHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The robot accounts: makes, changes and finds them, and recognizes them by their secrets (registry.md 3.3, 3.6). Secrets
 * are kept as hashes only, and told once. A robot never hands on more than it was granted itself.
 */
public final class RobotAccounts implements Robots, AutoCloseable {

    private final Database database;
    private final TimeSource time;
    private final SecretHashes hashes;
    private final Audit audit;
    private final Configuration configuration;
    private final UUID organization;
    private final RobotUses uses;

    /** Robots of an organization. */
    public RobotAccounts(
            Database database,
            TimeSource time,
            SecretHashes hashes,
            Audit audit,
            Configuration configuration,
            UUID organization) {
        this.database = database;
        this.time = time;
        this.hashes = hashes;
        this.audit = audit;
        this.configuration = configuration;
        this.organization = organization;
        uses = new RobotUses(database, time, this::prefix);
    }

    /** A robot with its secret, which is never told again. */
    public record Told(RobotAccount account, String secret) {
        @Override
        public String toString() {
            return "Told[" + account.name() + "]";
        }
    }

    @Override
    public boolean isRobotName(String name) {
        return name.startsWith(database.query(this::prefix));
    }

    @Override
    public Optional<Robot> authenticate(String name, String secret, String address) {
        Optional<RobotStore.Secured> robot = database.query(handle -> secured(handle, name));
        Optional<Robot> caller = hashes.verify(name, secret, robot.map(RobotStore.Secured::secretHash), address)
                ? robot.flatMap(this::usable)
                : Optional.empty();
        caller.map(Robot::name).ifPresent(uses::note);
        return caller;
    }

    @Override
    public void noteUse(String name) {
        uses.note(name);
    }

    @Override
    public Optional<Robot> find(String name) {
        return database.query(handle -> secured(handle, name)).flatMap(this::usable);
    }

    private Optional<RobotStore.Secured> secured(Handle handle, String name) {
        String prefix = prefix(handle);
        return RobotName.parse(prefix, name).flatMap(parts -> RobotStore.find(handle, prefix, parts));
    }

    private Optional<Robot> usable(RobotStore.Secured robot) {
        return Optional.of(robot.account())
                .filter(account -> account.isUsable(time.instant()))
                .map(RobotAccount::caller);
    }

    private String prefix(Handle handle) {
        return configuration.text(handle, ConfigurationKey.ROBOT_NAME_PREFIX);
    }

    /**
     * Makes a robot.
     *
     * @throws Failure.Invalid for a draft that makes no sense
     * @throws Failure.Forbidden when the caller may not make it, or not grant it that much
     * @throws Failure.NotFound when it is of a project, or is granted something in one, that does not exist
     * @throws Failure.Conflict when the name is taken
     */
    public Told create(Call call, Rights rights, RobotDraft draft) {
        if (!rights.caller().isKnown()) {
            throw refusal(rights);
        }
        Robot.Level level = draft.check();
        if (!RobotName.isSound(draft.name())) {
            throw new Failure.Invalid("robot name is not in lower case or contains illegal characters");
        }
        // Hashing takes long, so it comes after a first look at the rights and before the transaction.
        database.query(handle -> granted(handle, rights, draft, level));
        Secret secret = secret(draft.secret());
        return database.transact(handle -> {
            List<RobotPermission> permissions = granted(handle, rights, draft, level);
            @Nullable Project project = place(handle, permissions, level);
            Instant now = time.instant();
            long duration = duration(handle, draft);
            long id = RobotStore.insert(
                            handle,
                            new RobotStore.Row(
                                    project == null ? null : project.id(),
                                    draft.name(),
                                    draft.description(),
                                    secret.hash(),
                                    duration,
                                    end(now, duration),
                                    draft.disabled(),
                                    rights.caller() instanceof Caller.Machine ? "robot" : "local",
                                    number(rights.caller()),
                                    now))
                    .orElseThrow(() -> new Failure.Conflict("robot %s already exists"
                            .formatted(RobotName.full(
                                    prefix(handle), project == null ? null : project.name(), draft.name()))));
            RobotStore.setPermissions(handle, id, permissions);
            RobotAccount account =
                    RobotStore.find(handle, prefix(handle), id).orElseThrow().account();
            record(handle, call, rights, account, "create", "created");
            return new Told(account, secret.text());
        });
    }

    private static List<RobotPermission> granted(Handle handle, Rights rights, RobotDraft draft, Robot.Level level) {
        List<RobotPermission> permissions = permissions(handle, rights, draft);
        require(handle, rights, place(handle, permissions, level), Action.CREATE);
        requireOwn(rights, permissions);
        return permissions;
    }

    /**
     * Changes what a robot was granted, how long it lives, whether it may call, and what people note.
     *
     * @throws Failure.NotFound when there is no such robot
     * @throws Failure.Invalid for a draft that makes no sense or would change the name or the level
     * @throws Failure.Forbidden when the caller may not change it, or not grant it that much
     */
    public void change(Call call, Rights rights, long id, RobotDraft draft) {
        database.transact(handle -> {
            RobotAccount before = required(handle, rights, id, Action.UPDATE);
            Robot.Level level = draft.check();
            if (level != before.level() || !draft.name().equals(before.name())) {
                throw new Failure.Invalid("cannot update the level or name of robot");
            }
            List<RobotPermission> permissions = permissions(handle, rights, draft);
            @Nullable Project project = place(handle, permissions, level);
            if (project != null && before.projectId() != null && project.id() != before.projectId()) {
                throw new Failure.Invalid("cannot update the level or name of robot");
            }
            requireOwn(rights, before.permissions());
            requireOwn(rights, permissions);
            long duration = duration(handle, draft);
            RobotStore.update(
                    handle,
                    id,
                    draft.description(),
                    duration,
                    end(before.createdAt(), duration),
                    draft.disabled(),
                    time.instant());
            RobotStore.setPermissions(handle, id, permissions);
            record(handle, call, rights, before, "update", "changed");
            return id;
        });
    }

    /**
     * Lets a robot call, or not, and changes nothing else.
     *
     * @throws Failure.NotFound when there is no such robot
     * @throws Failure.Forbidden when the caller may not
     */
    public void setDisabled(Call call, Rights rights, long id, boolean disabled) {
        database.transact(handle -> {
            RobotAccount before = required(handle, rights, id, Action.UPDATE);
            requireOwn(rights, before.permissions());
            RobotStore.update(
                    handle, id, before.description(), before.duration(), before.expiresAt(), disabled, time.instant());
            record(handle, call, rights, before, "update", disabled ? "disabled" : "enabled");
            return id;
        });
    }

    /**
     * Gives a robot another secret, a given one or one that is made up; the old one stops working at once.
     *
     * @throws Failure.NotFound when there is no such robot
     * @throws Failure.Invalid for a secret that breaks the rule
     * @throws Failure.Forbidden when the caller may not
     */
    public String refresh(Call call, Rights rights, long id, @Nullable String given) {
        database.query(handle -> required(handle, rights, id, Action.UPDATE));
        Secret secret = secret(given);
        return database.transact(handle -> {
            RobotAccount account = required(handle, rights, id, Action.UPDATE);
            requireOwn(rights, account.permissions());
            RobotStore.setSecret(handle, id, secret.hash(), time.instant());
            record(handle, call, rights, account, "update", "secret_changed");
            return secret.text();
        });
    }

    /**
     * Deletes a robot.
     *
     * @throws Failure.NotFound when there is no such robot
     * @throws Failure.Forbidden when the caller may not
     */
    public void delete(Call call, Rights rights, long id) {
        database.transact(handle -> {
            RobotAccount account = required(handle, rights, id, Action.DELETE);
            RobotStore.delete(handle, id);
            record(handle, call, rights, account, "delete", "deleted");
            return id;
        });
    }

    /**
     * A robot.
     *
     * @throws Failure.NotFound when there is no such robot
     * @throws Failure.Forbidden when the caller may not see it
     */
    public RobotAccount read(Rights rights, long id) {
        return database.query(handle -> required(handle, rights, id, Action.READ));
    }

    /** The robot with this number, for those who have asked already whether they may see it. */
    public Optional<RobotAccount> find(long id) {
        return database.query(
                handle -> RobotStore.find(handle, prefix(handle), id).map(RobotStore.Secured::account));
    }

    /**
     * Which robots to list.
     *
     * @param project those of this project; null for those of the system
     * @param name a part of the name or all of it, without the prefix; null for any
     * @param exact whether it has to be all of it
     * @param order the key to sort by, as the API spells it
     * @param descending whether the last comes first
     * @param offset how many to skip
     * @param limit how many to list at most
     */
    public record Search(
            @Nullable Long project,
            @Nullable String name,
            boolean exact,
            String order,
            boolean descending,
            long offset,
            int limit) {}

    /**
     * What a search found.
     *
     * @param robots those of the page
     * @param total how many there are on all pages
     */
    public record Found(List<RobotAccount> robots, long total) {

        /** An immutable copy. */
        public Found {
            robots = List.copyOf(robots);
        }
    }

    /**
     * A page of the robots of one project or of the system.
     *
     * @throws Failure.NotFound when there is no such project
     * @throws Failure.Forbidden when the caller may not see them
     */
    public Found list(Rights rights, Search search) {
        return database.query(handle -> {
            @Nullable Project project = search.project() == null ? null : project(handle, rights, search.project());
            require(handle, rights, project, Action.LIST);
            String prefix = prefix(handle);
            RobotStore.Filter filter = new RobotStore.Filter(search.project(), search.name(), search.exact());
            return new Found(
                    RobotStore.list(
                            handle,
                            prefix,
                            filter,
                            search.order(),
                            search.descending(),
                            search.offset(),
                            search.limit()),
                    RobotStore.count(handle, filter));
        });
    }

    private RobotAccount required(Handle handle, Rights rights, long id, Action action) {
        Optional<RobotAccount> robot =
                RobotStore.find(handle, prefix(handle), id).map(RobotStore.Secured::account);
        if (robot.isEmpty()) {
            require(handle, rights, null, action);
            throw new Failure.NotFound("robot %d not found".formatted(id));
        }
        @Nullable Long project = robot.get().projectId();
        require(handle, rights, project == null ? null : project(handle, rights, project), action);
        return robot.get();
    }

    private static Project project(Handle handle, Rights rights, long id) {
        return ProjectStore.find(handle, id).orElseThrow(() -> absent(rights, "project %d not found".formatted(id)));
    }

    /** Whoever may not see everything is not told that there is nothing. */
    private static Failure absent(Rights rights, String message) {
        if (rights.caller().isAdministrator()) {
            return new Failure.NotFound(message);
        }
        return refusal(rights);
    }

    private static Failure refusal(Rights rights) {
        return rights.caller().isKnown()
                ? new Failure.Forbidden("forbidden")
                : new Failure.Unauthenticated("unauthorized");
    }

    private static void require(Handle handle, Rights rights, @Nullable Project project, Action action) {
        boolean allowed = project == null
                ? rights.allowsInSystem(Resource.ROBOT, action)
                : rights.allows(handle, project, Resource.ROBOT, action);
        if (!allowed) {
            throw refusal(rights);
        }
    }

    private static void requireOwn(Rights rights, List<RobotPermission> permissions) {
        if (rights.caller() instanceof Caller.Machine(Robot robot)) {
            boolean own = permissions.stream()
                    .flatMap(RobotPermission::grants)
                    .allMatch(wanted -> robot.grants().stream().anyMatch(granted -> granted.includes(wanted)));
            if (!own) {
                throw new Failure.Forbidden("DENIED", "a robot can only grant what it was granted itself");
            }
        }
    }

    private static List<RobotPermission> permissions(Handle handle, Rights rights, RobotDraft draft) {
        List<RobotPermission> permissions = new ArrayList<>();
        for (RobotDraft.Place place : draft.permissions()) {
            boolean inSystem = place.kind().equals("system");
            @Nullable
            Long project = inSystem || place.namespace().equals(Grant.ANY)
                    ? null
                    : ProjectStore.find(handle, place.namespace())
                            .orElseThrow(() -> absent(rights, "project %s not found".formatted(place.namespace())))
                            .id();
            permissions.add(new RobotPermission(
                    inSystem ? Grant.Kind.SYSTEM : Grant.Kind.PROJECT, place.namespace(), project, place.access()));
        }
        return permissions;
    }

    /** Whose robot it is to be; null for the system. */
    private static @Nullable Project place(Handle handle, List<RobotPermission> permissions, Robot.Level level) {
        @Nullable Long project = permissions.getFirst().projectId();
        return level == Robot.Level.SYSTEM || project == null
                ? null
                : ProjectStore.find(handle, project).orElseThrow();
    }

    private long duration(Handle handle, RobotDraft draft) {
        return draft.duration() == 0
                ? configuration.number(handle, ConfigurationKey.ROBOT_TOKEN_DURATION)
                : draft.duration();
    }

    private static @Nullable Instant end(Instant start, long duration) {
        return duration == RobotAccount.FOR_EVER ? null : start.plus(Duration.ofDays(duration));
    }

    private static long number(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous nobody -> 0;
            case Caller.Person person -> person.profile().number();
            case Caller.Machine machine -> machine.robot().id();
        };
    }

    /** A secret on its way to its hash. */
    private record Secret(String text, String hash) {
        @Override
        public String toString() {
            return "Secret[]";
        }
    }

    private Secret secret(@Nullable String given) {
        String text = given == null || given.isEmpty() ? RobotSecret.generate() : given;
        if (!RobotSecret.isSound(text)) {
            throw new Failure.Invalid("the password or secret must be 8-128, inclusively, characters long"
                    + " with at least 1 uppercase letter, 1 lowercase letter and 1 number");
        }
        return new Secret(text, hashes.hash(text));
    }

    private void record(
            Handle handle, Call call, Rights rights, RobotAccount account, String operation, String action) {
        ActivityStore.insert(
                handle,
                Activity.of(
                        time.instant(),
                        rights.caller().name(),
                        account.projectId(),
                        operation,
                        "robot",
                        account.name()));
        audit.record(handle, call, organization, "robot." + action, Long.toString(account.id()));
    }

    /** Writes down the last uses. */
    @Override
    public void close() {
        uses.close();
    }
}
