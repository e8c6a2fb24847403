package dev.breakwater.server;

import dev.breakwater.console.Console;
import dev.breakwater.events.Events;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.registry.Registry;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStores;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.Settings;
import dev.breakwater.server.openapi.OpenApiSurface;
import dev.breakwater.tenancy.Installation;
import dev.breakwater.tenancy.Tenancy;
import dev.breakwater.tenancy.TenancySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The capabilities of this build, each wired by its constructor. */
final class Capabilities {

    private final Tenancy tenancy;
    private final Installation installation;
    private final Events events;
    private final Registry registry;
    private final Console console;

    /** Tenancy makes itself ready first: all others stand on its organizations and keys. */
    Capabilities(Foundation foundation) {
        Configuration configuration = foundation.configuration();
        tenancy = new Tenancy(
                foundation.database(),
                foundation.notifications(),
                foundation.time(),
                foundation.ids(),
                foundation.key(),
                new TenancySettings(
                        configuration.get(Settings.ADMIN_USERNAME), configuration.get(Settings.ADMIN_PASSWORD)));
        installation = tenancy.start();
        events = new Events(new Events.Parts(
                foundation.database(),
                foundation.notifications(),
                foundation.time(),
                foundation.ids(),
                tenancy.apiKeys(),
                tenancy.organizationKeys(),
                tenancy.audit(),
                tenancy.access(),
                foundation.metrics(),
                configuration.events()));
        registry = new Registry(new Registry.Parts(
                foundation.database(),
                foundation.notifications(),
                foundation.time(),
                foundation.ids(),
                blobs(foundation),
                tenancy.organizationKeys(),
                tenancy.users(),
                tenancy.signIns(),
                tenancy.secrets(),
                tenancy.access(),
                tenancy.audit(),
                Scanner.NONE,
                foundation.metrics(),
                installation.organization(),
                configuration.registry()));
        console = new Console(new Console.Parts(
                foundation.time(),
                tenancy.browserSessions(),
                tenancy.organizations(),
                tenancy.access(),
                tenancy.keys(events.keyBounds()),
                tenancy.members(),
                tenancy.auditLog(),
                events.workspaces(),
                events.activity(),
                events.events(),
                events.webhooks(),
                events.deliveries(),
                registry.registers(),
                OpenApiSurface.documents()));
    }

    private static BlobStore blobs(Foundation foundation) {
        try {
            Configuration configuration = foundation.configuration();
            return BlobStores.open(
                    configuration.blobs(), DataFolder.of(configuration).blobs(), foundation.time());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of starting; they end in the opposite order. */
    List<Capability> all() {
        return List.of(
                new Part(
                        "tenancy",
                        tenancy.surfaces(events.keyBounds(), events.adminRoutes()),
                        List.of(),
                        () -> {},
                        Optional::empty,
                        () -> {},
                        tenancy::close),
                new Part(
                        "events",
                        events.surfaces(),
                        events.jobs(),
                        events::start,
                        events::hindrance,
                        events::endStreams,
                        events::close),
                new Part(
                        "registry",
                        registry.surfaces(),
                        registry.jobs(),
                        registry::start,
                        registry::hindrance,
                        () -> {},
                        registry::close),
                new Part("console", console.surfaces(), List.of(), () -> {}, Optional::empty, () -> {}, () -> {}));
    }

    /** What a newcomer starts with; made at the first start of a new installation. */
    FirstSteps firstSteps(DataFolder folder) {
        return FirstSteps.prepare(folder, tenancy, events, installation);
    }

    private record Part(
            String name,
            List<Surface> surfaces,
            List<Jobs.Job> jobs,
            Runnable starting,
            Supplier<Optional<String>> check,
            Runnable quieting,
            Runnable ending)
            implements Capability {

        @Override
        public void start() {
            starting.run();
        }

        @Override
        public Optional<String> hindrance() {
            return check.get();
        }

        @Override
        public void endStreams() {
            quieting.run();
        }

        @Override
        public void close() {
            ending.run();
        }
    }
}
