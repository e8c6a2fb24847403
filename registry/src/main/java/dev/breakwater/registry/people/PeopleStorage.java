package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.StorageReports;
import dev.breakwater.registry.purge.LogPurge;
import dev.breakwater.registry.purge.PurgeParameters;
import dev.breakwater.registry.run.Run;
import dev.breakwater.registry.run.Runs;
import dev.breakwater.registry.scrub.Scrubs;
import dev.breakwater.registry.scrub.StorageAudit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of the store and of the purges of the log, as the administrators of the installation see it. */
public final class PeopleStorage implements StorageReports {

    private final Database database;
    private final Admission admission;
    private final StorageAudit comparisons;
    private final Scrubs scrubs;
    private final Runs<PurgeParameters> purges;

    /** Shows and begins what these do. */
    public PeopleStorage(
            Database database,
            Admission admission,
            StorageAudit comparisons,
            Scrubs scrubs,
            Runs<PurgeParameters> purges) {
        this.database = database;
        this.admission = admission;
        this.comparisons = comparisons;
        this.scrubs = scrubs;
        this.purges = purges;
    }

    @Override
    public Optional<Comparison> comparison(Principal caller) {
        admission.requireAdministrator(caller);
        return comparisons
                .latest()
                .map(report -> new Comparison(
                        report.startedAt(),
                        Optional.ofNullable(report.endedAt()),
                        report.stored(),
                        report.strays(),
                        report.removed(),
                        report.missing(),
                        report.healed()));
    }

    @Override
    public void compare(Call call) {
        admission.requireAdministrator(call.principal());
        comparisons.begin();
    }

    @Override
    public Optional<Scrub> scrub(Principal caller) {
        admission.requireAdministrator(caller);
        return scrubs.latest()
                .map(report -> new Scrub(
                        report.startedAt(),
                        Optional.ofNullable(report.endedAt()),
                        report.complete(),
                        report.blobs(),
                        report.bytes(),
                        report.findings().stream()
                                .map(each -> new Finding(
                                        each.digest(),
                                        each.finding(),
                                        each.detail(),
                                        each.foundAt(),
                                        Optional.ofNullable(each.healedAt()),
                                        each.repositories()))
                                .toList()));
    }

    @Override
    public void beginScrub(Call call) {
        admission.requireAdministrator(call.principal());
        scrubs.begin();
    }

    @Override
    public List<Purge> purges(Principal caller, int limit) {
        admission.requireAdministrator(caller);
        return database.query(handle -> purges.list(handle, 0, limit)).stream()
                .map(purge -> new Purge(
                        purge.id(),
                        purge.trigger().equals(Run.SCHEDULED),
                        purge.parameters().dryRun(),
                        purge.parameters().retentionHours(),
                        purge.status().toLowerCase(Locale.ROOT),
                        LogPurge.purged(purge),
                        purge.createdAt()))
                .toList();
    }
}
