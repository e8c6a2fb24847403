package dev.breakwater.acceptance.registry;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Listener;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import dev.breakwater.registry.Registry;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.blob.FileBlobs;
import dev.breakwater.server.config.ConfigurationSources;
import dev.breakwater.tenancy.Installation;
import dev.breakwater.tenancy.Tenancy;
import dev.breakwater.tenancy.TenancySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A registry of its own, with a database of its own, that is given a scanner of the test. */
final class ScannedRegistry implements AutoCloseable {

    private final Database database;
    private final Notifications notifications;
    private final Tenancy tenancy;
    private final Registry registry;
    private final Listener listener;

    private ScannedRegistry(
            Database database, Notifications notifications, Tenancy tenancy, Registry registry, Listener listener) {
        this.database = database;
        this.notifications = notifications;
        this.tenancy = tenancy;
        this.registry = registry;
        this.listener = listener;
    }

    static ScannedRegistry start(Path folder, ManualTime time, Scanner scanner) throws IOException {
        DatabaseAddress address = TemporaryPostgres.shared().newDatabase();
        Database database = new Database(new Database.Settings(address.url(), address.user(), address.password(), 6));
        database.migrate("tenancy", "dev/breakwater/tenancy/migrations");
        database.migrate("registry", "dev/breakwater/registry/migrations");
        Notifications notifications = new Notifications(database.settings());
        Ids ids = new Ids(time);
        Tenancy tenancy = new Tenancy(
                database,
                notifications,
                time,
                ids,
                InstallationKey.loadOrCreate(folder.resolve("key.json")),
                TenancySettings.defaults());
        Installation installation = tenancy.start();
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Registry registry = new Registry(new Registry.Parts(
                database,
                notifications,
                time,
                ids,
                new FileBlobs(folder.resolve("blobs"), time),
                tenancy.organizationKeys(),
                tenancy.users(),
                tenancy.signIns(),
                tenancy.secrets(),
                tenancy.access(),
                tenancy.audit(),
                scanner,
                metrics,
                installation.organization(),
                new ConfigurationSources(
                                null,
                                Map.of(),
                                Map.of("registry.outbound.allowed-networks", "127.0.0.0/8"),
                                false,
                                folder,
                                folder)
                        .load()
                        .registry()));
        notifications.start();
        registry.start();
        Listener listener =
                new Listener(new Listener.Settings("127.0.0.1", 0, null), registry.surfaces(), ids, metrics).start();
        return new ScannedRegistry(database, notifications, tenancy, registry, listener);
    }

    /** Where it answers. */
    URI url() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** Lets a robot pull what scanners may; nobody can be granted that through the API. */
    void makeScanner(long robot) {
        database.transact(handle -> handle.execute(
                "UPDATE registry.robot_permission SET access = access"
                        + " || '[{\"resource\":\"repository\",\"action\":\"scanner-pull\",\"effect\":\"allow\"}]'"
                        + " WHERE robot_id = ?",
                robot));
    }

    /** Does some recurring work now. */
    void runJob(String name) {
        registry.jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .work()
                .run();
    }

    @Override
    public void close() {
        listener.close();
        registry.close();
        tenancy.close();
        notifications.close();
        database.close();
    }
}
