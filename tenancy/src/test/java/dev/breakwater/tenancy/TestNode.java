package dev.breakwater.tenancy;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** One node with its tenancy on a database of its own or of another node; its clock moves only when told to. */
public final class TestNode implements AutoCloseable {

    public final ManualTime time;
    public final Ids ids;
    public final Database database;
    public final Notifications notifications;
    public final Tenancy tenancy;
    private final DatabaseAddress address;
    private final Path key;

    private TestNode(DatabaseAddress address, Path key, ManualTime time, TenancySettings settings) {
        this.address = address;
        this.key = key;
        this.time = time;
        ids = new Ids(time);
        database = new Database(new Database.Settings(address.url(), address.user(), address.password(), 6));
        database.migrate("tenancy", "dev/breakwater/tenancy/migrations");
        notifications = new Notifications(database.settings());
        try {
            tenancy = new Tenancy(database, notifications, time, ids, InstallationKey.loadOrCreate(key), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node on an empty database, not yet started. */
    public static TestNode onEmptyDatabase() {
        return onEmptyDatabase(TenancySettings.defaults());
    }

    /** A node with these settings on an empty database, not yet started. */
    public static TestNode onEmptyDatabase(TenancySettings settings) {
        return new TestNode(
                TemporaryPostgres.shared().newDatabase(),
                newKey(),
                new ManualTime(Instant.parse("2026-05-25T12:00:00Z")),
                settings);
    }

    /** Another node of the same installation, on the same clock, not yet started. */
    public TestNode another(TenancySettings settings) {
        return new TestNode(address, key, time, settings);
    }

    /** A node on the same database that has another key file. */
    public TestNode withAnotherKey() {
        return new TestNode(address, newKey(), time, TenancySettings.defaults());
    }

    private static Path newKey() {
        try {
            return Files.createTempDirectory("tenancy-test").resolve("installation-key.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tenancy.close();
        notifications.close();
        database.close();
    }
}
