package dev.breakwater.console.delivery;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /deliveries/replay}: sending many deliveries again, counted first, and how far that has come. */
public final class ReplayPages {

    private static final int MOST_WEBHOOKS = 50;
    private static final String FAILED = "failed";

    private final Templates templates;
    private final Workspaces workspaces;
    private final WebhookRegister webhooks;
    private final DeliveryLog deliveries;

    /** Shows and does what these know. */
    public ReplayPages(Templates templates, Workspaces workspaces, WebhookRegister webhooks, DeliveryLog deliveries) {
        this.templates = templates;
        this.workspaces = workspaces;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /**
     * The form.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param webhooks of the workspace
     * @param webhook the filter
     * @param status likewise
     * @param from likewise
     * @param until likewise
     * @param count how many deliveries it means now; empty when the filter is wrong
     * @param problem what was wrong; null at first
     */
    public record FormModel(
            Frame frame,
            Workspaces.Choice workspaces,
            List<WebhookRegister.Entry> webhooks,
            String webhook,
            String status,
            String from,
            String until,
            Optional<Long> count,
            @Nullable Problem problem) {}

    private record Filled(String webhook, String status, String from, String until) {

        DeliveryLog.ReplayFilter filter() {
            return new DeliveryLog.ReplayFilter(
                    given(webhook).map(text -> Query.id("webhook", WebhookRegister.PREFIX, text)),
                    status,
                    given(from).map(text -> Query.instant("from", text)),
                    given(until).map(text -> Query.instant("until", text)));
        }

        private static Optional<String> given(String text) {
            return Optional.of(text).filter(each -> !each.isEmpty());
        }
    }

    /** {@code GET /deliveries/replay}: the form with the number of deliveries that it means. */
    public Answer form(Visit visit) {
        visit.require(DeliveryLog.REPLAY);
        Query query = Query.of(visit);
        return form(
                visit,
                query.optional("workspace"),
                new Filled(
                        query.shown("webhook"),
                        query.optional("status").orElse(FAILED),
                        query.shown("from"),
                        query.shown("until")));
    }

    private Answer form(Visit visit, Optional<String> named, Filled filled) {
        Workspaces.Choice choice = workspaces.offer(visit, named);
        Optional<Long> count = Optional.empty();
        @Nullable Problem problem = choice.problem();
        try {
            count = choice.chosen()
                    .map(workspace -> deliveries.count(visit.call().principal(), workspace.id(), filled.filter()));
        } catch (Failure.Invalid wrong) {
            problem = Problem.of(wrong);
        }
        List<WebhookRegister.Entry> all = choice.chosen()
                .map(workspace -> webhooks.list(
                                visit.call().principal(),
                                workspace.id(),
                                new PageRequest(WebhookRegister.PREFIX, MOST_WEBHOOKS, null))
                        .items())
                .orElse(List.of());
        return templates.answer(
                choice.problem() != null ? 404 : problem == null ? 200 : 400,
                "delivery/replay.jte",
                new FormModel(
                        visit.frame("Replay many", Section.DELIVERIES),
                        choice,
                        all,
                        filled.webhook(),
                        filled.status(),
                        filled.from(),
                        filled.until(),
                        count,
                        problem));
    }

    /** {@code POST /deliveries/replay}. */
    public Answer begin(Visit visit) {
        Form form = Form.of(visit);
        Optional<String> workspace = form.optional("workspace");
        Filled filled = new Filled(form.text("webhook"), form.text("status"), form.text("from"), form.text("until"));
        try {
            DeliveryLog.Replay replay = deliveries.replayMany(
                    visit.call(), workspaces.choose(visit, workspace).id(), filled.filter());
            return visit.redirect("/deliveries/replays/" + replay.id());
        } catch (Failure.Invalid wrong) {
            return form(visit, workspace, filled);
        }
    }

    /**
     * How far a replay has come.
     *
     * @param frame around it
     * @param workspace whose deliveries it means
     * @param replay itself
     * @param address of this page, for its live part
     */
    public record ProgressModel(
            Frame frame, WorkspaceRegister.Entry workspace, DeliveryLog.Replay replay, String address) {

        /** How much is done, from 0 to 100. */
        public long percent() {
            long done = replay.replayed() + replay.skipped();
            return replay.completed() || replay.matched() == 0 ? 100 : Math.clamp(100 * done / replay.matched(), 0, 99);
        }
    }

    /** {@code GET /deliveries/replays/{id}}. */
    public Answer progress(Visit visit) {
        String id = visit.call().pathParameter("id");
        DeliveryLog.Replay replay = deliveries.progress(visit.call().principal(), id);
        return templates.answer(
                200,
                "delivery/progress.jte",
                new ProgressModel(
                        visit.frame("Replay", Section.DELIVERIES),
                        workspaces.holding(visit, replay.workspaceId(), id),
                        replay,
                        visit.to("/deliveries/replays/" + id)));
    }
}
