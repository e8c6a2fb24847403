package dev.breakwater.console.collection;

import dev.breakwater.console.live.LiveStreams;
import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Numbered;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Recurrence;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.CollectionRegister;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.StorageReports;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /registry/collection}: freeing what nothing refers to, and whether the store is sound. */
public final class CollectionPages {

    private static final int PURGES_SHOWN = 5;

    private final Templates templates;
    private final Registers registry;
    private final LiveStreams live;

    /** Shows and begins what the registry does. */
    public CollectionPages(Templates templates, Registers registry, LiveStreams live) {
        this.templates = templates;
        this.registry = registry;
        this.live = live;
    }

    /**
     * The runs and reports, with the forms to begin some.
     *
     * @param frame around it
     * @param runs of this page
     * @param schedule when collections run by themselves
     * @param recurrence the same, as it was filled in
     * @param reports of the store and the log
     * @param problem what was wrong; null at first
     * @param address of this page, for its live part
     * @param liveAddress where its changes are told; empty for older pages, which do not change
     */
    public record ListModel(
            Frame frame,
            Listed<CollectionRegister.Run> runs,
            Optional<CollectionRegister.Schedule> schedule,
            Recurrence recurrence,
            Reports reports,
            @Nullable Problem problem,
            String address,
            Optional<String> liveAddress) {

        /** Whether a collection is going on. */
        public boolean goesOn() {
            return runs.items().stream().anyMatch(CollectionRegister.Run::goesOn);
        }

        /** Whether scheduled collections remove untagged artifacts too. */
        public boolean scheduledUntagged() {
            return schedule.map(each -> each.parameters().untagged()).orElse(false);
        }
    }

    /**
     * What is known of the store and of the log.
     *
     * @param scrub the last walk through all blobs
     * @param comparison the last comparison of the store with the tables
     * @param purges the last purges of the log
     */
    public record Reports(
            Optional<StorageReports.Scrub> scrub,
            Optional<StorageReports.Comparison> comparison,
            List<StorageReports.Purge> purges) {

        /** An immutable copy. */
        public Reports {
            purges = List.copyOf(purges);
        }
    }

    /** {@code GET}. */
    public Answer list(Visit visit) {
        return list(visit, 200, null, null);
    }

    private Answer list(Visit visit, int status, @Nullable Recurrence filled, @Nullable Problem problem) {
        Principal caller = visit.call().principal();
        Query query = Query.of(visit, visit.to(Section.COLLECTION.path()));
        Listed<CollectionRegister.Run> runs =
                Listed.of(query, () -> registry.collections().list(caller, query.after()));
        Optional<CollectionRegister.Schedule> schedule = registry.collections().schedule(caller);
        return templates.answer(
                problem == null ? runs.status() : status,
                "collection/list.jte",
                new ListModel(
                        visit.frame("Collection", Section.COLLECTION),
                        runs,
                        schedule,
                        filled == null
                                ? Recurrence.of(schedule.map(CollectionRegister.Schedule::cron)
                                        .orElse(""))
                                : filled,
                        reports(caller),
                        problem,
                        query.from(query.optional("starting_after")),
                        query.first() ? Optional.of(visit.to(Section.COLLECTION.path() + "/live")) : Optional.empty()));
    }

    private Reports reports(Principal caller) {
        StorageReports storage = registry.storage();
        return new Reports(storage.scrub(caller), storage.comparison(caller), storage.purges(caller, PURGES_SHOWN));
    }

    /** {@code GET /live}: tells when the runs or reports have changed. */
    public Answer followList(Visit visit) {
        PageAfter first = new PageAfter(Optional.empty(), 1);
        Principal caller = visit.call().principal();
        registry.collections().list(caller, first);
        return live.follow(visit, () -> List.of(registry.collections().list(caller, first), reports(caller)));
    }

    /** {@code POST}: begins a collection. */
    public Answer start(Visit visit) {
        Form form = Form.of(visit);
        try {
            long run = registry.collections()
                    .start(visit.call(), parameters(form, form.text("kind").equals("dry")));
            return visit.redirect(Section.COLLECTION.path() + "/" + run);
        } catch (Failure.Invalid | Failure.Conflict wrong) {
            return list(visit, wrong.status(), null, Problem.of(wrong));
        }
    }

    private static CollectionRegister.Parameters parameters(Form form, boolean dryRun) {
        String workers = form.optional("workers").orElse("1");
        return new CollectionRegister.Parameters(
                form.text("untagged").equals("yes"),
                dryRun,
                workers.matches("[0-9]{1,3}") ? Integer.parseInt(workers) : 0);
    }

    /** {@code POST /schedule}. */
    public Answer schedule(Visit visit) {
        Form form = Form.of(visit);
        Recurrence filled = Recurrence.of(form);
        try {
            registry.collections().schedule(visit.call(), filled.times(), parameters(form, false));
        } catch (Failure.Invalid wrong) {
            return list(visit, 400, filled, Problem.of(wrong));
        }
        return visit.redirect(Section.COLLECTION.path(), Notice.COLLECTION_SCHEDULED);
    }

    /** {@code POST /scrub}. */
    public Answer scrub(Visit visit) {
        registry.storage().beginScrub(visit.call());
        return visit.redirect(Section.COLLECTION.path(), Notice.SCRUB_BEGUN);
    }

    /** {@code POST /comparison}. */
    public Answer compare(Visit visit) {
        registry.storage().compare(visit.call());
        return visit.redirect(Section.COLLECTION.path(), Notice.COMPARISON_BEGUN);
    }

    /**
     * One run.
     *
     * @param frame around it
     * @param run itself
     * @param log what it told
     * @param address of this page, for its live part
     * @param liveAddress where its progress is told; empty when it has ended
     */
    public record RunModel(
            Frame frame, CollectionRegister.Run run, String log, String address, Optional<String> liveAddress) {}

    /** {@code GET /{run}}. */
    public Answer show(Visit visit) {
        CollectionRegister.Run run = run(visit);
        String address = visit.to(path(run));
        return templates.answer(
                200,
                "collection/run.jte",
                new RunModel(
                        visit.frame("Collection " + run.id(), Section.COLLECTION),
                        run,
                        registry.collections().log(visit.call().principal(), run.id()),
                        address,
                        run.goesOn() ? Optional.of(visit.to(path(run) + "/live")) : Optional.empty()));
    }

    private static String path(CollectionRegister.Run run) {
        return Section.COLLECTION.path() + "/" + run.id();
    }

    private CollectionRegister.Run run(Visit visit) {
        return registry.collections().find(visit.call().principal(), Numbered.of(visit, "run"));
    }

    /** {@code GET /{run}/live}: tells when it has gone on. */
    public Answer follow(Visit visit) {
        run(visit);
        return live.follow(visit, () -> run(visit));
    }

    /** {@code POST /{run}/stop}. */
    public Answer stop(Visit visit) {
        long run = Numbered.of(visit, "run");
        registry.collections().stop(visit.call(), run);
        return visit.redirect(Section.COLLECTION.path() + "/" + run, Notice.RUN_STOPPING);
    }
}
