package dev.breakwater.registry.robot;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Robot;
import dev.breakwater.registry.access.Robots;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.tenancy.SecretHashes;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recognizes robots by their names and secrets (registry.md 3.3, 3.6), and notes when they were last used. */
public final class KnownRobots implements Robots, AutoCloseable {

    private final Database database;
    private final TimeSource time;
    private final SecretHashes hashes;
    private final Configuration configuration;
    private final RobotUses uses;

    /** Knows the robots of the organization of {@code configuration}. */
    public KnownRobots(Database database, TimeSource time, SecretHashes hashes, Configuration configuration) {
        this.database = database;
        this.time = time;
        this.hashes = hashes;
        this.configuration = configuration;
        uses = new RobotUses(database, time, this::prefix);
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
        return RobotName.prefix(handle, configuration);
    }

    /** Writes down the last uses. */
    @Override
    public void close() {
        uses.close();
    }
}
