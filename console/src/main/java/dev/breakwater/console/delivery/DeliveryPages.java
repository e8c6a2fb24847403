package dev.breakwater.console.delivery;

import dev.breakwater.console.live.LiveStreams;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Paths;
import dev.breakwater.console.page.PrettyJson;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.EventLog;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.PageRequest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /deliveries}: the log with every attempt, following what happens, and sending one delivery again. */
public final class DeliveryPages {

    private static final int MOST_WEBHOOKS = 50;

    private final Templates templates;
    private final Workspaces workspaces;
    private final WebhookRegister webhooks;
    private final DeliveryLog deliveries;
    private final LiveStreams live;

    /** Shows what these know. */
    public DeliveryPages(
            Templates templates,
            Workspaces workspaces,
            WebhookRegister webhooks,
            DeliveryLog deliveries,
            LiveStreams live) {
        this.templates = templates;
        this.workspaces = workspaces;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.live = live;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param webhooks of the workspace, by id
     * @param status the filter
     * @param webhook likewise
     * @param event likewise
     * @param deliveries of this page
     * @param mayReplay whether the visitor may send deliveries again
     * @param address of this list, for its live part
     * @param liveAddress where its changes are told; empty for older pages, which do not change
     */
    public record ListModel(
            Frame frame,
            Workspaces.Choice workspaces,
            Map<String, WebhookRegister.Entry> webhooks,
            String status,
            String webhook,
            String event,
            Listed<DeliveryLog.Entry> deliveries,
            boolean mayReplay,
            String address,
            Optional<String> liveAddress) {

        /** Whether anything narrows the list. */
        public boolean filtered() {
            return !status.isEmpty() || !webhook.isEmpty() || !event.isEmpty();
        }

        /** What a delivery's webhook is called. */
        public String target(DeliveryLog.Entry delivery) {
            return Optional.ofNullable(webhooks.get(delivery.webhookId()))
                    .map(WebhookRegister.Entry::url)
                    .orElse("a deleted webhook");
        }
    }

    /** {@code GET /deliveries}. */
    public Answer list(Visit visit) {
        visit.require(DeliveryLog.VIEW);
        Query query = Query.of(visit);
        Workspaces.Choice choice = workspaces.offer(visit, query.optional("workspace"));
        Listed<DeliveryLog.Entry> listed = Listed.of(
                query,
                choice,
                workspace -> deliveries.list(
                        visit.call().principal(), workspace.id(), filter(query), query.page(DeliveryLog.PREFIX)));
        String address = query.from(query.optional("starting_after"));
        return templates.answer(
                listed.status(),
                "delivery/list.jte",
                new ListModel(
                        visit.frame("Deliveries", Section.DELIVERIES),
                        choice,
                        webhooks(visit, choice),
                        query.shown("status"),
                        query.shown("webhook"),
                        query.shown("event"),
                        listed,
                        visit.may(DeliveryLog.REPLAY),
                        address,
                        query.first() && choice.chosen().isPresent() && listed.problem() == null
                                ? Optional.of(address.replaceFirst("/deliveries", "/deliveries/live"))
                                : Optional.empty()));
    }

    private Map<String, WebhookRegister.Entry> webhooks(Visit visit, Workspaces.Choice choice) {
        return choice.chosen()
                .filter(workspace -> visit.may(WebhookRegister.VIEW))
                .map(workspace -> webhooks
                        .list(
                                visit.call().principal(),
                                workspace.id(),
                                new PageRequest(WebhookRegister.PREFIX, MOST_WEBHOOKS, null))
                        .items()
                        .stream()
                        .collect(Collectors.toMap(WebhookRegister.Entry::id, each -> each)))
                .orElse(Map.of());
    }

    private static DeliveryLog.Filter filter(Query query) {
        return new DeliveryLog.Filter(
                query.id("webhook", WebhookRegister.PREFIX),
                query.id("event", EventLog.PREFIX),
                query.choice("status", DeliveryLog.STATES));
    }

    /** {@code GET /deliveries/live}: tells when the first page of a list has changed. */
    public Answer followList(Visit visit) {
        Query query = Query.of(visit);
        String workspace = workspaces.choose(visit, query.optional("workspace")).id();
        PageRequest first = query.page(DeliveryLog.PREFIX);
        return live.follow(visit, () -> deliveries.list(visit.call().principal(), workspace, filter(query), first));
    }

    /**
     * One delivery.
     *
     * @param frame around it
     * @param workspace of its event
     * @param details everything about it
     * @param requestBody set out for reading; empty when its event is no longer kept
     * @param mayReplay whether the visitor may send it again now
     * @param address of this page, for its live part
     * @param liveAddress where its changes are told
     */
    public record DeliveryModel(
            Frame frame,
            WorkspaceRegister.Entry workspace,
            DeliveryLog.Details details,
            Optional<String> requestBody,
            boolean mayReplay,
            String address,
            String liveAddress) {

        /** Why an attempt failed and what to do about it. */
        public String advice(DeliveryLog.Attempt attempt) {
            return Advice.of(attempt);
        }
    }

    /** {@code GET /deliveries/{id}}. */
    public Answer show(Visit visit) {
        String id = visit.call().pathParameter("id");
        DeliveryLog.Details details = deliveries.find(visit.call().principal(), id);
        String address = visit.to("/deliveries/" + id);
        return templates.answer(
                200,
                "delivery/delivery.jte",
                new DeliveryModel(
                        visit.frame("Delivery", Section.DELIVERIES),
                        workspaces.holding(visit, details.delivery().workspaceId(), id),
                        details,
                        details.requestBody().map(PrettyJson::of),
                        visit.may(DeliveryLog.REPLAY)
                                && details.delivery().ended()
                                && details.url().isPresent(),
                        address,
                        visit.to("/deliveries/" + id + "/live")));
    }

    /** {@code GET /deliveries/{id}/live}: tells when a delivery has changed. */
    public Answer follow(Visit visit) {
        String id = visit.call().pathParameter("id");
        workspaces.holding(
                visit, deliveries.find(visit.call().principal(), id).delivery().workspaceId(), id);
        return live.follow(visit, () -> deliveries.find(visit.call().principal(), id));
    }

    /** {@code POST /deliveries/{id}/replay}. */
    public Answer replay(Visit visit) {
        String id = visit.call().pathParameter("id");
        workspaces.holding(
                visit, deliveries.find(visit.call().principal(), id).delivery().workspaceId(), id);
        deliveries.replay(visit.call(), id);
        return visit.redirect("/deliveries/" + Paths.encode(id), Notice.REPLAYED);
    }
}
