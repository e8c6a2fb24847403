package dev.breakwater.registry.repository;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.SharedRoundTrips;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds where requests want to write. Those that come at the same time are looked up together. */
public final class Targets {

    private static final int AT_ONCE = 64;

    private final SharedRoundTrips<Wanted, Optional<Target>> lookUps;

    /** Looks in this database. */
    public Targets(Database database) {
        lookUps = new SharedRoundTrips<>(
                AT_ONCE, wanted -> database.connect(connection -> PlaceStore.targets(connection, wanted)));
    }

    /**
     * What a request wants to write to.
     *
     * @param user whose role counts; null for nobody's
     */
    record Wanted(RepositoryName name, @Nullable UUID user) {}

    /** The target with this name as it is at this moment; empty without the project. */
    public Optional<Target> find(RepositoryName name, @Nullable UUID user) {
        return lookUps.ask(new Wanted(name, user));
    }
}
