package dev.breakwater.registry.robot;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.access.Robot;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.project.Project;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.SecretHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The robot accounts: makes, changes and finds them (registry.md 3.3, 3.7). Secrets are kept as hashes only, and told once;
 * {@link KnownRobots} recognizes robots by them.
 */
public final class RobotAccounts {

    private final Database database;
    private final TimeSource time;
    private final SecretHashes hashes;
    private final Audit audit;
    private final Configuration configuration;
    private final UUID organization;

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
    }

    /** A robot with its secret, which is never told again. */
    public record Told(RobotAccount account, String secret) {
        @Override
        public String toString() {
            return "Told[" + account.name() + "]";
        }
    }

    private String prefix(Handle handle) {
        return RobotName.prefix(handle, configuration);
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
            throw RobotRights.refusal(rights);
        }
        Robot.Level level = draft.check();
        if (!RobotName.isSound(draft.name())) {
            throw new Failure.Invalid("robot name is not in lower case or contains illegal characters");
        }
        // Hashing takes long, so it comes after a first look at the rights and before the transaction.
        database.query(handle -> RobotRights.granted(handle, rights, draft, level));
        Secret secret = secret(draft.secret());
        return database.transact(handle -> {
            List<RobotPermission> permissions = RobotRights.granted(handle, rights, draft, level);
            @Nullable Project project = RobotRights.place(handle, permissions, level);
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
            List<RobotPermission> permissions = RobotRights.permissions(handle, rights, draft);
            @Nullable Project project = RobotRights.place(handle, permissions, level);
            if (project != null && before.projectId() != null && project.id() != before.projectId()) {
                throw new Failure.Invalid("cannot update the level or name of robot");
            }
            RobotRights.requireOwn(rights, before.permissions());
            RobotRights.requireOwn(rights, permissions);
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
            RobotRights.requireOwn(rights, before.permissions());
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
            RobotRights.requireOwn(rights, account.permissions());
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
            @Nullable
            Project project = search.project() == null ? null : RobotRights.project(handle, rights, search.project());
            RobotRights.require(handle, rights, project, Action.LIST);
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
        return RobotRights.required(
                handle,
                rights,
                id,
                RobotStore.find(handle, prefix(handle), id).map(RobotStore.Secured::account),
                action);
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
}
