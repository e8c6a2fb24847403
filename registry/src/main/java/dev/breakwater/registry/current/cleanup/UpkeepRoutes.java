package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.collection.CollectionParameters;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.purge.PurgeParameters;
import dev.breakwater.registry.retention.RetentionRuns;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.run.Runs;
import dev.breakwater.registry.scrub.Scrubs;
import dev.breakwater.registry.scrub.StorageAudit;
import dev.breakwater.registry.undo.Deletions;
import dev.breakwater.tenancy.Audit;
import java.util.function.Consumer;

/** The routes of what keeps the registry clean (registry.md 3.4). */
public final class UpkeepRoutes implements Consumer<Routes> {

    private static final String API = "/api/v2.0";
    private static final String PROJECT = API + "/projects/{project_name_or_id}";

    private final RunHandlers<CollectionParameters> collections;
    private final RunHandlers<PurgeParameters> purges;
    private final StorageHandlers storage;
    private final ImmutableRuleHandlers rules;
    private final RetentionHandlers retentions;
    private final DeletionHandlers deletions;

    /** What they stand on. */
    public record Parts(
            Database database,
            Runs<CollectionParameters> collections,
            Runs<PurgeParameters> purges,
            StorageAudit storageAudit,
            Scrubs scrubs,
            ImmutableRules rules,
            Retentions retentions,
            RetentionRuns retentionRuns,
            Deletions deletions,
            Audit audit) {}

    /** Makes the handlers. */
    public UpkeepRoutes(Parts parts) {
        Database database = parts.database();
        Audit audit = parts.audit();
        collections = new RunHandlers<>(database, parts.collections(), new CollectionRuns(), audit);
        purges = new RunHandlers<>(database, parts.purges(), new PurgeRuns(), audit);
        storage = new StorageHandlers(parts.storageAudit(), parts.scrubs());
        rules = new ImmutableRuleHandlers(database, parts.rules(), audit);
        retentions = new RetentionHandlers(database, parts.retentions(), parts.retentionRuns(), audit);
        deletions = new DeletionHandlers(database, parts.deletions(), audit);
    }

    @Override
    public void accept(Routes routes) {
        collections.addTo(routes, "gc_id");
        purges.addTo(routes, "purge_id");
        routes.add("GET", API + "/system/storage/audit", storage::readAudit)
                .addAlways("POST", API + "/system/storage/audit", storage::audit)
                .add("GET", API + "/system/scrub", storage::readScrub)
                .addAlways("POST", API + "/system/scrub", storage::scrub)
                .add("GET", PROJECT + "/immutabletagrules", rules::list)
                .add("POST", PROJECT + "/immutabletagrules", rules::create)
                .add("PUT", PROJECT + "/immutabletagrules/{immutable_rule_id}", rules::update)
                .add("DELETE", PROJECT + "/immutabletagrules/{immutable_rule_id}", rules::delete)
                .add("GET", PROJECT + "/deletions", deletions::list)
                .add("POST", PROJECT + "/deletions/{deletion_id}/undo", deletions::undo)
                .add("GET", API + "/retentions/metadatas", retentions::metadata)
                .add("POST", API + "/retentions", retentions::create)
                .add("GET", API + "/retentions/{id}", retentions::read)
                .add("PUT", API + "/retentions/{id}", retentions::update)
                .add("DELETE", API + "/retentions/{id}", retentions::delete)
                .add("GET", API + "/retentions/{id}/executions", retentions::executions)
                .add("POST", API + "/retentions/{id}/executions", retentions::execute)
                .add("PATCH", API + "/retentions/{id}/executions/{eid}", retentions::operate)
                .add("GET", API + "/retentions/{id}/executions/{eid}/tasks", retentions::tasks)
                .add("GET", API + "/retentions/{id}/executions/{eid}/tasks/{tid}", retentions::log);
    }
}
