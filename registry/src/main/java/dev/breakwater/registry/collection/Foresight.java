package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import java.util.Optional;

/** Tells what a collection would free, and frees nothing. */
final class Foresight {

    private static final int WINDOW = 200;

    private final Database database;

    Foresight(Database database) {
        this.database = database;
    }

    /** Notes the manifests that would go, finds the blobs that nothing else names, and forgets the notes. */
    void foresee(long run, Limits limits, boolean untagged, Progress progress) {
        forgetPlan(run);
        Walk.repositories(
                database,
                progress,
                repositories -> repositories.forEach(repository -> progress.freed(
                        database.transact(handle -> ForesightSql.plan(handle, limits, run, repository, untagged)))));
        foreseeBlobs(run, limits, progress);
        forgetPlan(run);
    }

    private void foreseeBlobs(long run, Limits limits, Progress progress) {
        String after = "";
        while (progress.goesOn()) {
            String from = after;
            Optional<ForesightSql.Foreseen> window = Walk.rested(
                    () -> database.query(handle -> ForesightSql.foresee(handle, limits, run, from, WINDOW)));
            if (window.isEmpty()) {
                return;
            }
            progress.freed(window.get().freed());
            after = window.get().digest();
        }
    }

    private void forgetPlan(long run) {
        database.transact(handle -> {
            ForesightSql.forgetPlan(handle, run);
            return true;
        });
    }
}
