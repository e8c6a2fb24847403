package dev.breakwater.registry;

import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.Network;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.activity.PullLog;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ReadOnlyMode;
import dev.breakwater.registry.forwarding.LogForwarder;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.label.ProjectLabels;
import dev.breakwater.registry.manifest.ContentSource;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.manifest.PushCount;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.manifest.Removals;
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
import dev.breakwater.registry.robot.KnownRobots;
import dev.breakwater.registry.robot.RobotAccounts;
import dev.breakwater.registry.scanning.ContentTrust;
import dev.breakwater.registry.scanning.DailyScan;
import dev.breakwater.registry.scanning.ScanAll;
import dev.breakwater.registry.scanning.ScanOnPush;
import dev.breakwater.registry.scanning.VulnerabilityGate;
import dev.breakwater.registry.token.SigningKey;
import dev.breakwater.registry.upload.Uploads;
import dev.breakwater.registry.upstream.RegistryClient;
import dev.breakwater.registry.upstream.Upstreams;
import dev.breakwater.registry.usage.UsageUpkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The features, each made once, in the order in which they stand on each other. What a push, a pull or a removal is
 * subject to, and who is told of it, is said in the lists of {@code hooks}.
 */
final class Features implements AutoCloseable {

    private static final Duration IDLE_UPLOADS_EVERY = Duration.ofMinutes(30);

    final Configuration configuration;
    final KnownRobots knownRobots;
    final RobotAccounts robots;
    final Credentials credentials;
    final RegistryClient client;
    final Targets targets;
    final Policies policies;
    final Quotas quotas;
    final Upstreams upstreams;
    final ImmutableRules immutableRules;
    final Hooks hooks;
    final Removals removals;
    final ArtifactChanges changes;
    final Pushes pushes;
    final Uploads uploads;
    final PullLog pulls;
    private final PushCount pushCount;
    final Projects projects;
    final Upkeep upkeep;
    private final LogForwarder forwarder;
    private final Registry.Parts parts;
    private final Mirror mirror;
    private final Replicator replicator;

    Features(Registry.Parts parts) {
        this.parts = parts;
        configuration = new Configuration(parts.organizationKeys(), parts.organization(), parts.settings());
        knownRobots = new KnownRobots(parts.database(), parts.time(), parts.secrets(), configuration);
        robots = new RobotAccounts(
                parts.database(), parts.time(), parts.secrets(), parts.audit(), configuration, parts.organization());
        credentials = new Credentials(parts.signIns(), knownRobots);
        AddressGuard guard = new AddressGuard(
                parts.settings().allowedNetworks().stream().map(Network::parse).toList());
        client = new RegistryClient(guard, parts.time(), parts.settings().largestManifest());
        targets = new Targets(
                parts.database(), parts.time(), parts.organizationKeys(), parts.organization(), configuration);
        policies = new Policies(parts.database(), parts.time());
        replicator = new Replicator(
                parts.database(), parts.notifications(), parts.time(), parts.blobs(), targets, policies, client);
        quotas = new Quotas(configuration, parts.time());
        Retentions retentions = new Retentions(parts.time());
        ProxyProjects mirrored = new ProxyProjects(retentions);
        upstreams = new Upstreams(
                parts.database(),
                parts.time(),
                parts.organizationKeys(),
                parts.audit(),
                client,
                List.of(mirrored),
                parts.organization());
        ReadOnlyMode readOnly = new ReadOnlyMode(configuration);
        immutableRules = new ImmutableRules(parts.time());
        pushCount = new PushCount(parts.database(), parts.time());
        ScanOnPush scans = new ScanOnPush(parts.scanner());
        mirror = mirror(mirrored, upstreams, List.of(readOnly, quotas), scans);
        hooks = new Hooks(
                List.of(mirrored, readOnly, immutableRules, quotas),
                List.of(readOnly, immutableRules),
                List.of(
                        new ContentTrust(parts.database()),
                        new VulnerabilityGate(parts.database(), parts.scanner(), parts.time())),
                List.of(new ReplicationTrigger(), scans, pushCount),
                mirror);
        removals = new Removals(hooks, parts.time());
        changes = new ArtifactChanges(removals, parts.audit(), parts.time());
        pushes = pushes(hooks);
        uploads = uploads(hooks);
        pulls = new PullLog(parts.database(), parts.time());
        forwarder = new LogForwarder(parts.database(), parts.time(), configuration, guard);
        projects = new Projects(
                parts.audit(),
                parts.time(),
                parts.organization(),
                List.of(quotas, mirrored, immutableRules, retentions, new ProjectLabels(), new ReplicatedProjects()));
        upkeep = new Upkeep(parts, removals, immutableRules, retentions);
    }

    /**
     * What fetches for projects that mirror another registry; what it keeps is only bound by {@code rules}, and is scanned
     * as a push is. It sets off no replication: a manifest comes before its layers, which come when somebody wants them.
     */
    private Mirror mirror(ProxyProjects mirrored, Upstreams from, List<PushRule> rules, ScanOnPush scans) {
        Hooks kept = new Hooks(rules, List.of(), List.of(), List.of(scans, pushCount), ContentSource.NONE);
        return new Mirror(parts.database(), mirrored, from, pushes(kept), uploads(kept), parts.blobs(), parts.time());
    }

    private Pushes pushes(Hooks subjectTo) {
        return new Pushes(parts.database(), parts.blobs(), subjectTo, parts.time());
    }

    private Uploads uploads(Hooks subjectTo) {
        return new Uploads(parts.database(), parts.blobs(), subjectTo, parts.time(), this::sessionSecret);
    }

    private SecretKeySpec sessionSecret() {
        return signingKey().secret("upload sessions");
    }

    /** What tokens and upload sessions are signed with; made at the first use. */
    SigningKey signingKey() {
        return SigningKey.loadOrCreate(
                parts.database(),
                parts.organizationKeys().of(parts.organization()),
                parts.time().instant());
    }

    /** The recurring work. */
    List<Jobs.Job> jobs() {
        List<Jobs.Job> jobs = new ArrayList<>();
        jobs.addAll(new UsageUpkeep(parts.database()).jobs());
        jobs.addAll(new ReplicationUpkeep(parts.database(), parts.time()).jobs());
        jobs.addAll(upstreams.jobs());
        jobs.addAll(upkeep.jobs());
        ScanAll all = new ScanAll(parts.database(), parts.scanner());
        jobs.add(new DailyScan(parts.database(), parts.time(), configuration, all).job());
        jobs.add(new Jobs.Job("registry-idle-uploads", IDLE_UPLOADS_EVERY, this::freeIdleUploads));
        jobs.add(pulls.job());
        jobs.add(forwarder.job());
        return List.copyOf(jobs);
    }

    private void freeIdleUploads() {
        uploads.freeIdle(parts.time().instant().minus(parts.settings().uploadIdle()));
    }

    /** Begins the background work. */
    void start() {
        replicator.start();
        upkeep.start();
        forwarder.start();
    }

    /** Ends the background work. */
    @Override
    public void close() {
        replicator.close();
        upkeep.close();
        client.close();
        mirror.close();
        pulls.close();
        pushCount.close();
        forwarder.close();
        knownRobots.close();
    }
}
