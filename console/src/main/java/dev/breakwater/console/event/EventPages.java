package dev.breakwater.console.event;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.PrettyJson;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.EventLog;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /events}: what happened, with payloads and deliveries, and posting an event by hand. */
public final class EventPages {

    private static final int MOST_DELIVERIES = 50;
    private static final String EXAMPLE_TYPE = "order.shipped";
    private static final String EXAMPLE_PAYLOAD = "{\"order_id\":\"ord_1\",\"carrier\":\"ups\"}";

    private final Templates templates;
    private final Workspaces workspaces;
    private final EventLog events;
    private final DeliveryLog deliveries;

    /** Shows what these know. */
    public EventPages(Templates templates, Workspaces workspaces, EventLog events, DeliveryLog deliveries) {
        this.templates = templates;
        this.workspaces = workspaces;
        this.events = events;
        this.deliveries = deliveries;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param type the filter as it was typed
     * @param from likewise
     * @param until likewise
     * @param events of this page
     * @param mayCreate whether the visitor may post an event
     */
    public record ListModel(
            Frame frame,
            Workspaces.Choice workspaces,
            String type,
            String from,
            String until,
            Listed<EventLog.Entry> events,
            boolean mayCreate) {

        /** Whether anything narrows the list. */
        public boolean filtered() {
            return !type.isEmpty() || !from.isEmpty() || !until.isEmpty();
        }
    }

    /** {@code GET /events}. */
    public Answer list(Visit visit) {
        visit.require(EventLog.VIEW);
        Query query = Query.of(visit);
        Workspaces.Choice choice = workspaces.offer(visit, query.optional("workspace"));
        Listed<EventLog.Entry> listed = Listed.of(
                query,
                choice,
                workspace -> events.list(
                        visit.call().principal(), workspace.id(), filter(query), query.page(EventLog.PREFIX)));
        return templates.answer(
                listed.status(),
                "event/list.jte",
                new ListModel(
                        visit.frame("Events", Section.EVENTS),
                        choice,
                        query.shown("type"),
                        query.shown("from"),
                        query.shown("until"),
                        listed,
                        visit.may(EventLog.CREATE)));
    }

    private static EventLog.Filter filter(Query query) {
        return new EventLog.Filter(
                query.optional("type")
                        .map(text -> List.of(text.split("[\\s,]+", -1)))
                        .orElse(List.of()),
                query.time("from"),
                query.time("until"));
    }

    /**
     * One event.
     *
     * @param frame around it
     * @param workspace it belongs to
     * @param event itself
     * @param payload set out for reading
     * @param deliveries of it, newest first; empty for a visitor who may not see them
     * @param mayCreate whether the visitor may post it once more
     */
    public record EventModel(
            Frame frame,
            WorkspaceRegister.Entry workspace,
            EventLog.Entry event,
            String payload,
            List<DeliveryLog.Entry> deliveries,
            boolean mayCreate) {}

    /** {@code GET /events/{id}}. */
    public Answer show(Visit visit) {
        String id = visit.call().pathParameter("id");
        EventLog.Entry event = events.find(visit.call().principal(), id);
        WorkspaceRegister.Entry workspace = workspaces.holding(visit, event.workspaceId(), id);
        List<DeliveryLog.Entry> told = visit.may(DeliveryLog.VIEW)
                ? deliveries
                        .list(
                                visit.call().principal(),
                                workspace.id(),
                                new DeliveryLog.Filter(Optional.empty(), Optional.of(id), Optional.empty()),
                                new PageRequest(DeliveryLog.PREFIX, MOST_DELIVERIES, null))
                        .items()
                : List.of();
        return templates.answer(
                200,
                "event/event.jte",
                new EventModel(
                        visit.frame(event.type(), Section.EVENTS),
                        workspace,
                        event,
                        PrettyJson.of(event.payload()),
                        told,
                        visit.may(EventLog.CREATE)));
    }

    private EventLog.Entry found(Visit visit, String id) {
        EventLog.Entry event = events.find(visit.call().principal(), id);
        workspaces.holding(visit, event.workspaceId(), id);
        return event;
    }

    /**
     * The form of an event that is posted by hand.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param type as it was typed
     * @param payload as it was typed
     * @param problem what was wrong; null at first
     */
    public record NewModel(
            Frame frame,
            Workspaces.Choice workspaces,
            String type,
            String payload,
            @Nullable Problem problem) {}

    /** {@code GET /events/new}; {@code copy} names an event to begin with. */
    public Answer create(Visit visit) {
        visit.require(EventLog.CREATE);
        Query query = Query.of(visit);
        Optional<EventLog.Entry> copied = query.optional("copy").map(id -> found(visit, id));
        return form(
                visit,
                200,
                copied.map(EventLog.Entry::workspaceId).or(() -> query.optional("workspace")),
                copied.map(EventLog.Entry::type)
                        .filter(type -> !type.startsWith("harbor."))
                        .orElse(EXAMPLE_TYPE),
                PrettyJson.of(copied.map(EventLog.Entry::payload).orElse(EXAMPLE_PAYLOAD)),
                null);
    }

    /** {@code POST /events}. */
    public Answer post(Visit visit) {
        Form form = Form.of(visit);
        String workspace = workspaces.choose(visit, form.optional("workspace")).id();
        try {
            EventLog.Entry event = events.post(visit.call(), workspace, form.text("type"), form.verbatim("payload"));
            return visit.redirect("/events/" + event.id(), Notice.EVENT_POSTED);
        } catch (Failure.Invalid | Failure.TooLarge wrong) {
            return form(
                    visit,
                    wrong.status(),
                    Optional.of(workspace),
                    form.text("type"),
                    form.verbatim("payload"),
                    Problem.of(wrong));
        }
    }

    private Answer form(
            Visit visit,
            int status,
            Optional<String> workspace,
            String type,
            String payload,
            @Nullable Problem problem) {
        return templates.answer(
                status,
                "event/new.jte",
                new NewModel(
                        visit.frame("Post an event", Section.EVENTS),
                        workspaces.choose(visit, workspace),
                        type,
                        payload,
                        problem));
    }
}
