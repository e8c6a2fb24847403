package dev.breakwater.registry;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.content.SmallBlobs;
import dev.breakwater.registry.project.Library;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.OrganizationKeys;
import dev.breakwater.tenancy.SecretHashes;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.Users;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module: the distribution API, Docker tokens and both Harbor APIs with their background work. It is constructed
 * before the notifications start; {@link #start} comes before the first request.
 */
public final class Registry implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final Parts parts;
    private final Features features;
    private final List<Surface> surfaces;
    private final Registers registers;

    /**
     * What the module stands on.
     *
     * @param database with the schema {@code registry} up to date
     * @param notifications not yet listening
     * @param time the clock
     * @param ids for what has no number
     * @param blobs where the bytes lie
     * @param organizationKeys with which secrets are kept
     * @param users who there is
     * @param signIns whether somebody is who they say
     * @param secrets with which the secrets of robots are hashed
     * @param access which organizations somebody sees
     * @param audit the audit trail of the installation
     * @param scanner what finds vulnerabilities
     * @param metrics where figures are published
     * @param organization to which new projects belong
     * @param settings what the operator decided
     */
    public record Parts(
            Database database,
            Notifications notifications,
            TimeSource time,
            Ids ids,
            BlobStore blobs,
            OrganizationKeys organizationKeys,
            Users users,
            SignIns signIns,
            SecretHashes secrets,
            Access access,
            Audit audit,
            Scanner scanner,
            MeterRegistry metrics,
            UUID organization,
            RegistrySettings settings) {

        /** Small blobs lie in the database, wherever the others do. */
        public Parts {
            blobs = new SmallBlobs(database, blobs);
        }
    }

    /** Wires the module; nothing touches the database yet. */
    public Registry(Parts parts) {
        this.parts = parts;
        features = new Features(parts);
        surfaces = new Surfaces(parts, features).build();
        registers = new Offer(parts, features).build();
    }

    /** What it answers to. */
    public List<Surface> surfaces() {
        return surfaces;
    }

    /** What it offers to pages. */
    public Registers registers() {
        return registers;
    }

    /** Its recurring work. */
    public List<Jobs.Job> jobs() {
        return features.jobs();
    }

    /** Makes what every installation has, and begins the background work. */
    public void start() {
        parts.database().transact(handle -> {
            Library.ensure(handle, parts.organization(), parts.time().instant());
            return true;
        });
        features.start();
    }

    /** What keeps it from working; empty when nothing does. */
    public Optional<String> hindrance() {
        try {
            parts.blobs().check();
            return Optional.empty();
        } catch (IOException e) {
            log.warn("The store of blobs cannot be used: {}", e.getMessage());
            return Optional.of("the store of blobs can't be used");
        }
    }

    /** Ends the background work and closes the blob store. The database must still be open. */
    @Override
    public void close() {
        features.close();
        try {
            parts.blobs().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
