package dev.breakwater.registry.quota;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.manifest.ManifestPush;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.project.NewProject;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.repository.Terms;
import dev.breakwater.registry.usage.UsageStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sets the limits of projects, and refuses what would exceed them (registry.md 2.4). Pushes into a project that has a
 * limit take turns, so that together they do not exceed it either; those into others never wait.
 */
public final class Quotas implements PushRule, ProjectParts {

    private final Configuration configuration;
    private final TimeSource time;

    /** Whether limits count, and which one new projects get, is configured. */
    public Quotas(Configuration configuration, TimeSource time) {
        this.configuration = configuration;
        this.time = time;
    }

    /** Gives a new project the limit that was asked for, else the configured one. */
    @Override
    public void created(Handle handle, Project project, NewProject asked) {
        @Nullable Long wanted = asked.storageLimit();
        long limit = wanted == null ? configuration.number(handle, ConfigurationKey.STORAGE_PER_PROJECT) : wanted;
        set(handle, project.id(), limit);
    }

    @Override
    public Optional<Storage> storage(Handle handle, Project project) {
        return QuotaStore.find(handle, project.id()).map(quota -> new Storage(quota.storage(), quota.used()));
    }

    /**
     * Sets the limit of a project, be it below what the project uses already.
     *
     * @throws Failure.Invalid when that cannot be a limit
     */
    public void set(Handle handle, long project, long limit) {
        if (!Quota.isLimit(limit)) {
            throw new Failure.Invalid("invalid hard limit: storage must be -1 or a positive number of bytes");
        }
        QuotaStore.put(handle, project, limit, time.instant());
    }

    /** Waits for the project's turn, so that what is measured from here on is still so when it is checked. */
    @Override
    public void enter(Handle handle, Project project, Terms terms) {
        if (terms.storageLimit().isPresent()) {
            handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('registry.quota:' || ?, 0))", project.id());
        }
    }

    @Override
    public void checkBlob(Handle handle, Project project, Terms terms, long bytes) {
        check(handle, project.id(), terms, bytes);
    }

    @Override
    public void checkManifest(Handle handle, ManifestPush push) {
        check(handle, push.place().project().id(), push.terms(), push.bytes());
    }

    private static void check(Handle handle, long project, Terms terms, long growth) {
        if (growth <= 0) {
            return;
        }
        terms.storageLimit().ifPresent(limit -> {
            long used = UsageStore.used(handle, project);
            if (growth > limit - used) {
                throw new Failure.Forbidden(
                        "DENIED",
                        ("adding %s of storage resource, which when updated to current usage of %s"
                                        + " will exceed the configured upper limit of %s.")
                                .formatted(ByteSize.text(growth), ByteSize.text(used), ByteSize.text(limit)));
            }
        });
    }
}
