package dev.breakwater.registry;

import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.registry.collection.CollectionParameters;
import dev.breakwater.registry.collection.Collector;
import dev.breakwater.registry.collection.GarbageCollection;
import dev.breakwater.registry.collection.QuietCollection;
import dev.breakwater.registry.current.cleanup.UpkeepRoutes;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.people.Admission;
import dev.breakwater.registry.people.PeopleCollections;
import dev.breakwater.registry.people.PeopleImmutableTags;
import dev.breakwater.registry.people.PeopleRetention;
import dev.breakwater.registry.people.PeopleStorage;
import dev.breakwater.registry.purge.LogPurge;
import dev.breakwater.registry.purge.PurgeParameters;
import dev.breakwater.registry.retention.RetentionRuns;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.run.Runs;
import dev.breakwater.registry.schedule.Schedules;
import dev.breakwater.registry.scrub.Scrubs;
import dev.breakwater.registry.scrub.StorageAudit;
import dev.breakwater.registry.undo.Deletions;
import java.util.ArrayList;
import java.util.List;

/** What keeps the registry clean: retention, the collector, the audit of the storage, the scrubber, undoing, and the purges
 * of the log. */
final class Upkeep implements AutoCloseable {

    private final Registry.Parts parts;
    private final ImmutableRules immutableRules;
    private final Retentions retentions;
    private final RetentionRuns retentionRuns;
    private final QuietCollection quiet;
    private final Runs<CollectionParameters> collections;
    private final StorageAudit audit;
    private final Scrubs scrubs;
    private final Deletions deletions;
    private final Runs<PurgeParameters> purges;
    private final Schedules schedules;

    /** The rules are those of the hooks through which the removals go. */
    Upkeep(Registry.Parts parts, Removals removals, ImmutableRules immutableRules, Retentions retentions) {
        this.parts = parts;
        this.immutableRules = immutableRules;
        this.retentions = retentions;
        RegistrySettings settings = parts.settings();
        retentionRuns = new RetentionRuns(parts.database(), parts.time(), removals, immutableRules);
        Collector collector =
                new Collector(parts.database(), parts.blobs(), parts.time(), settings.grace(), settings.undoWindow());
        quiet = new QuietCollection(collector);
        collections = new Runs<>(parts.database(), parts.time(), new GarbageCollection(collector));
        audit = new StorageAudit(
                parts.database(), parts.blobs(), parts.time(), settings.grace(), settings.auditEvery());
        scrubs = new Scrubs(parts.database(), parts.blobs(), parts.time(), settings.scrubRate(), settings.scrubEvery());
        deletions = new Deletions(parts.time(), settings.undoWindow());
        purges = new Runs<>(parts.database(), parts.time(), new LogPurge(parts.database()));
        schedules = new Schedules(parts.database(), parts.time(), List.of(collections, retentionRuns, purges));
    }

    /** What of it callers of the present-day API see. */
    UpkeepRoutes routes() {
        return new UpkeepRoutes(new UpkeepRoutes.Parts(
                parts.database(),
                collections,
                purges,
                audit,
                scrubs,
                immutableRules,
                retentions,
                retentionRuns,
                deletions,
                parts.audit()));
    }

    /** What can be brought back. */
    Deletions deletions() {
        return deletions;
    }

    /** What projects keep, for people. */
    RetentionPolicies retention(Admission admission) {
        return new PeopleRetention(parts.database(), admission, retentions, retentionRuns, parts.audit());
    }

    /** The rules of immutable tags, for people. */
    ImmutableTagRules immutableTags(Admission admission) {
        return new PeopleImmutableTags(parts.database(), admission, immutableRules, parts.audit());
    }

    /** The collections, for administrators. */
    CollectionRegister collections(Admission admission) {
        return new PeopleCollections(parts.database(), admission, collections, parts.audit());
    }

    /** What is known of the store, for administrators. */
    StorageReports storage(Admission admission) {
        return new PeopleStorage(parts.database(), admission, audit, scrubs, purges);
    }

    /** The recurring work. */
    List<Jobs.Job> jobs() {
        List<Jobs.Job> jobs = new ArrayList<>(quiet.jobs());
        jobs.addAll(List.of(
                collections.job(), audit.job(), scrubs.job(), retentionRuns.job(), schedules.job(), purges.job()));
        return jobs;
    }

    /** Takes up what the last node left. */
    void start() {
        collections.begin();
        retentionRuns.begin();
        purges.begin();
    }

    @Override
    public void close() {
        quiet.close();
        retentionRuns.close();
        purges.close();
        collections.close();
        audit.close();
        scrubs.close();
    }
}
