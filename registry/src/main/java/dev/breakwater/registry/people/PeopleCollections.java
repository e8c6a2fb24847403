package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.CollectionRegister;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.collection.CollectionParameters;
import dev.breakwater.registry.collection.Freed;
import dev.breakwater.registry.collection.GarbageCollection;
import dev.breakwater.registry.run.Runs;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.tenancy.Audit;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The collections of the installation as its administrators see and start them; also while the registry is read-only. */
public final class PeopleCollections implements CollectionRegister {

    private static final String CUSTOM = "Custom";

    private final Database database;
    private final Admission admission;
    private final Runs<CollectionParameters> collections;
    private final Audit audit;

    /** All is done by {@code collections}, as for the API. */
    public PeopleCollections(
            Database database, Admission admission, Runs<CollectionParameters> collections, Audit audit) {
        this.database = database;
        this.admission = admission;
        this.collections = collections;
        this.audit = audit;
    }

    @Override
    public Page<Run> list(Principal caller, PageAfter page) {
        admission.requireAdministrator(caller);
        return database.query(handle -> page.cut(
                collections.listBefore(handle, Cursors.before(page), page.rows()).stream()
                        .map(PeopleCollections::run)
                        .toList(),
                last -> Long.toString(last.id())));
    }

    private static Run run(dev.breakwater.registry.run.Run<CollectionParameters> run) {
        Freed freed = GarbageCollection.freed(run);
        return new Run(
                run.id(),
                run.trigger().equals(dev.breakwater.registry.run.Run.SCHEDULED),
                shown(run.parameters()),
                run.status().toLowerCase(Locale.ROOT),
                run.stopping(),
                run.createdAt(),
                run.updatedAt(),
                freed.manifests(),
                freed.blobs(),
                freed.bytes());
    }

    private static Parameters shown(CollectionParameters parameters) {
        return new Parameters(parameters.deleteUntagged(), parameters.dryRun(), parameters.workers());
    }

    @Override
    public Run find(Principal caller, long run) {
        admission.requireAdministrator(caller);
        return run(database.query(handle -> find(handle, run)));
    }

    private dev.breakwater.registry.run.Run<CollectionParameters> find(Handle handle, long run) {
        return collections
                .find(handle, run)
                .orElseThrow(() -> new Failure.NotFound("There is no such collection. Only the last are kept."));
    }

    @Override
    public String log(Principal caller, long run) {
        admission.requireAdministrator(caller);
        return database.query(handle -> collections.log(handle, find(handle, run)));
    }

    @Override
    public long start(Call call, Parameters parameters) {
        admission.requireAdministrator(call.principal());
        CollectionParameters checked = checked(parameters);
        long started = database.transact(handle -> {
            long run = collections
                    .request(handle, dev.breakwater.registry.run.Run.MANUAL, checked)
                    .orElseThrow(() -> new Failure.Conflict(
                            "A collection is going on already. Wait until it has ended, or stop it."));
            audit.record(handle, call, null, "registry.collection.started", Long.toString(run));
            return run;
        });
        collections.begin();
        return started;
    }

    private static CollectionParameters checked(Parameters parameters) {
        if (parameters.workers() < 1 || parameters.workers() > MOST_WORKERS) {
            throw new Failure.Invalid("workers", "Choose from 1 to %d.".formatted(MOST_WORKERS));
        }
        return new CollectionParameters(parameters.untagged(), parameters.dryRun(), parameters.workers());
    }

    @Override
    public void stop(Call call, long run) {
        admission.requireAdministrator(call.principal());
        database.transact(handle -> {
            collections.stop(handle, find(handle, run).id());
            audit.record(handle, call, null, "registry.collection.stopped", Long.toString(run));
            return true;
        });
    }

    @Override
    public Optional<Schedule> schedule(Principal caller) {
        admission.requireAdministrator(caller);
        return database.query(collections::schedule)
                .map(schedule -> new Schedule(
                        schedule.cron(), Optional.ofNullable(schedule.nextAt()), shown(schedule.parameters())));
    }

    @Override
    public void schedule(Call call, String cron, Parameters parameters) {
        admission.requireAdministrator(call.principal());
        Optional<Cron> times = Crons.check(cron);
        CollectionParameters checked = checked(parameters);
        database.transact(handle -> {
            times.ifPresentOrElse(
                    each -> collections.setSchedule(handle, CUSTOM, each, checked),
                    () -> collections.removeSchedule(handle));
            audit.record(handle, call, null, "registry.collection.scheduled", times.isPresent() ? CUSTOM : "None");
            return true;
        });
    }
}
