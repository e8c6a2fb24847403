package dev.breakwater.registry;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.Network;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.activity.PullLog;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.artifact.ImageConfigs;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.classic.Classic;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.configuration.ReadOnlyMode;
import dev.breakwater.registry.content.SmallBlobs;
import dev.breakwater.registry.current.Current;
import dev.breakwater.registry.current.artifact.ImmutableTags;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.current.quota.QuotaHandlers;
import dev.breakwater.registry.current.robot.RobotHandlers;
import dev.breakwater.registry.current.upstream.UpstreamHandlers;
import dev.breakwater.registry.distribution.DistributionSurface;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.label.ProjectLabels;
import dev.breakwater.registry.manifest.ContentSource;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.manifest.ManifestContents;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.people.Admission;
import dev.breakwater.registry.people.ArtifactDetails;
import dev.breakwater.registry.people.PeopleArtifacts;
import dev.breakwater.registry.people.PeopleDeletions;
import dev.breakwater.registry.people.PeopleProjects;
import dev.breakwater.registry.people.PeopleRepositories;
import dev.breakwater.registry.project.Library;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.registry.proxy.Mirror;
import dev.breakwater.registry.proxy.ProxyProjects;
import dev.breakwater.registry.quota.Quotas;
import dev.breakwater.registry.replication.Policies;
import dev.breakwater.registry.replication.ReplicatedProjects;
import dev.breakwater.registry.replication.ReplicationTrigger;
import dev.breakwater.registry.replication.ReplicationUpkeep;
import dev.breakwater.registry.replication.Replicator;
import dev.breakwater.registry.replication.Targets;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.robot.RobotAccounts;
import dev.breakwater.registry.scanning.ContentTrust;
import dev.breakwater.registry.scanning.ScanOnPush;
import dev.breakwater.registry.scanning.VulnerabilityGate;
import dev.breakwater.registry.token.SigningKey;
import dev.breakwater.registry.token.Tokens;
import dev.breakwater.registry.upload.Uploads;
import dev.breakwater.registry.upstream.RegistryClient;
import dev.breakwater.registry.upstream.Upstreams;
import dev.breakwater.registry.usage.UsageUpkeep;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.OrganizationKeys;
import dev.breakwater.tenancy.SecretHashes;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.Users;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module: the distribution API, Docker tokens and both Harbor APIs with their background work. It is constructed
 * before the notifications start; {@link #start} comes before the first request.
 */
public final class Registry implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);
    private static final Duration IDLE_UPLOADS_EVERY = Duration.ofMinutes(30);

    private final Parts parts;
    private final Authority authority;
    private final Replicator replicator;
    private final Upkeep upkeep;
    private final Uploads uploads;
    private final PullLog pulls;
    private final List<Surface> surfaces;
    private final RegistryClient client;
    private final Registers registers;
    private final List<Jobs.Job> jobs = new ArrayList<>();

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
        authority = new Authority(parts.settings().authority());
        Configuration configuration =
                new Configuration(parts.organizationKeys(), parts.organization(), parts.settings());
        RobotAccounts robots = new RobotAccounts(
                parts.database(), parts.time(), parts.secrets(), parts.audit(), configuration, parts.organization());
        Credentials credentials = new Credentials(parts.signIns(), robots);
        client = new RegistryClient(
                new AddressGuard(parts.settings().allowedNetworks().stream()
                        .map(Network::parse)
                        .toList()),
                parts.time(),
                parts.settings().largestManifest());
        jobs.addAll(new UsageUpkeep(parts.database()).jobs());
        jobs.addAll(new ReplicationUpkeep(parts.database(), parts.time()).jobs());
        Targets targets = new Targets(
                parts.database(), parts.time(), parts.organizationKeys(), parts.organization(), configuration);
        Policies policies = new Policies(parts.database(), parts.time());
        replicator = new Replicator(
                parts.database(), parts.notifications(), parts.time(), parts.blobs(), targets, policies, client);
        ReadOnlyMode readOnly = new ReadOnlyMode(configuration);
        Quotas quotas = new Quotas(configuration, parts.time());
        Retentions retentions = new Retentions(parts.time());
        ProxyProjects mirrored = new ProxyProjects(retentions);
        Upstreams upstreams = new Upstreams(
                parts.database(),
                parts.time(),
                parts.organizationKeys(),
                parts.audit(),
                client,
                List.of(mirrored),
                parts.organization());
        jobs.addAll(upstreams.jobs());
        ImmutableRules immutableRules = new ImmutableRules(parts.time());
        Hooks hooks = new Hooks(
                List.of(mirrored, readOnly, immutableRules, quotas),
                List.of(readOnly, immutableRules),
                List.of(
                        new ContentTrust(parts.database()),
                        new VulnerabilityGate(parts.database(), parts.scanner(), parts.time())),
                List.of(new ReplicationTrigger(), new ScanOnPush(parts.scanner())),
                mirror(mirrored, upstreams, List.of(readOnly, quotas)));
        Removals removals = new Removals(hooks, parts.time());
        upkeep = new Upkeep(parts, removals, immutableRules, retentions);
        jobs.addAll(upkeep.jobs());
        pulls = new PullLog(parts.database(), parts.time());
        uploads = new Uploads(parts.database(), parts.blobs(), hooks, parts.time(), this::sessionSecret);
        jobs.add(new Jobs.Job("registry-idle-uploads", IDLE_UPLOADS_EVERY, this::freeIdleUploads));
        Pushes pushes = new Pushes(parts.database(), parts.blobs(), hooks, parts.time());
        List<Surface> all = new ArrayList<>(DistributionSurface.build(new DistributionSurface.Parts(
                parts.database(),
                parts.blobs(),
                parts.users(),
                robots,
                credentials,
                new Tokens(this::signingKey, parts.time()),
                uploads,
                pushes,
                removals,
                new ManifestContents(parts.database()),
                pulls,
                hooks,
                parts.time(),
                () -> tokenLifetime(configuration),
                parts.settings().largestManifest())));
        Projects projects = new Projects(
                parts.audit(),
                parts.time(),
                parts.organization(),
                List.of(quotas, mirrored, immutableRules, retentions, new ProjectLabels(), new ReplicatedProjects()));
        all.add(Classic.surface(new Classic.Parts(
                parts.database(),
                parts.time(),
                parts.organization(),
                parts.blobs(),
                parts.users(),
                parts.signIns(),
                credentials,
                configuration,
                projects,
                removals,
                targets,
                policies,
                client,
                parts.scanner(),
                parts.audit(),
                authority)));
        List<Consumer<Routes>> added = List.of(
                upkeep.routes(),
                new RobotHandlers(robots)::addTo,
                new QuotaHandlers(parts.database(), quotas, parts.audit(), parts.organization())::addTo,
                new UpstreamHandlers(upstreams)::addTo);
        ArtifactChanges changes = new ArtifactChanges(removals, parts.audit(), parts.time());
        all.add(current(credentials, configuration, projects, changes, pushes, immutableRules::among, added));
        surfaces = List.copyOf(all);
        Admission admission = new Admission(parts.database(), configuration, parts.users(), parts.access());
        registers = registers(admission, configuration, projects, changes, immutableRules);
    }

    private Duration tokenLifetime(Configuration configuration) {
        return Duration.ofMinutes(
                parts.database().query(handle -> configuration.number(handle, ConfigurationKey.TOKEN_EXPIRATION)));
    }

    /** What fetches for projects that mirror another registry; what it keeps is only bound by {@code rules}. */
    private Mirror mirror(ProxyProjects mirrored, Upstreams upstreams, List<PushRule> rules) {
        Hooks kept = new Hooks(rules, List.of(), List.of(), List.of(), ContentSource.NONE);
        return new Mirror(
                parts.database(),
                mirrored,
                upstreams,
                new Pushes(parts.database(), parts.blobs(), kept, parts.time()),
                new Uploads(parts.database(), parts.blobs(), kept, parts.time(), this::sessionSecret),
                parts.time());
    }

    private SecretKeySpec sessionSecret() {
        return signingKey().secret("upload sessions");
    }

    private void freeIdleUploads() {
        uploads.freeIdle(parts.time().instant().minus(parts.settings().uploadIdle()));
    }

    private SigningKey signingKey() {
        return SigningKey.loadOrCreate(
                parts.database(),
                parts.organizationKeys().of(parts.organization()),
                parts.time().instant());
    }

    private Registers registers(
            Admission admission,
            Configuration configuration,
            Projects projects,
            ArtifactChanges changes,
            ImmutableRules rules) {
        return new Registers(
                new PeopleProjects(parts.database(), admission, configuration, projects),
                new PeopleRepositories(
                        parts.database(), admission, changes, upkeep.deletions(), parts.audit(), parts.time()),
                new PeopleArtifacts(
                        parts.database(),
                        admission,
                        changes,
                        rules,
                        new ArtifactDetails(new ImageConfigs(parts.blobs()), rules)),
                new PeopleDeletions(parts.database(), admission, upkeep.deletions(), parts.audit()));
    }

    private Surface current(
            Credentials credentials,
            Configuration configuration,
            Projects projects,
            ArtifactChanges changes,
            Pushes pushes,
            ImmutableTags immutable,
            List<Consumer<Routes>> added) {
        return Current.surface(
                new Current.Parts(
                        parts.database(),
                        parts.time(),
                        parts.blobs(),
                        parts.users(),
                        parts.signIns(),
                        credentials,
                        configuration,
                        projects,
                        changes,
                        pushes,
                        parts.scanner(),
                        immutable,
                        parts.audit(),
                        authority),
                added);
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
        return List.copyOf(jobs);
    }

    /** Makes what every installation has, and begins the background work. */
    public void start() {
        parts.database().transact(handle -> {
            Library.ensure(handle, parts.organization(), parts.time().instant());
            return true;
        });
        replicator.start();
        upkeep.start();
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
        replicator.close();
        upkeep.close();
        client.close();
        pulls.close();
        try {
            parts.blobs().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
