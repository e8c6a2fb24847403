package dev.breakwater.events.event;

import dev.breakwater.events.EventLog;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.paging.Cursors.ListKind;
import dev.breakwater.events.paging.ListRequest;
import dev.breakwater.events.paging.Page;
import dev.breakwater.events.paging.PageJson;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Retrieving and listing events (events.md 4.3, 4.4). */
public final class EventReads {

    private final Database database;
    private final Workspaces workspaces;
    private final Cursors cursors;

    /** Reads from this database. */
    public EventReads(Database database, Workspaces workspaces, Cursors cursors) {
        this.database = database;
        this.workspaces = workspaces;
        this.cursors = cursors;
    }

    /** One event, whoever owns it. */
    public Optional<Event> find(String text) {
        return Ids.parse(EventJson.PREFIX, text)
                .flatMap(id -> database.connect(connection -> EventStore.find(connection, id)));
    }

    /** The rows of a page of the events that fit, newest first. */
    public List<Event> newest(UUID workspaceId, EventLog.Filter wanted, PageRequest page) {
        EventFilter filter =
                EventFilter.of(wanted.types(), wanted.from(), wanted.until(), Optional.ofNullable(page.after()));
        return database.connect(connection -> EventStore.list(connection, workspaceId, filter, page.rows()));
    }

    /** {@code GET /v1/events/{id}}. */
    public Answer retrieve(Call call) {
        Scope.EVENTS_READ.require(call);
        String text = call.pathParameter("id");
        Event event = find(text)
                .filter(each ->
                        workspaces.visible(call.principal(), each.workspaceId()).isPresent())
                .orElseThrow(() ->
                        new Failure.NotFound("No event found with id %s.".formatted(WorkspaceAccess.shown(text))));
        workspaces
                .visible(call.principal(), event.workspaceId())
                .ifPresent(entry -> WorkspaceAccess.requireReadable(entry.workspace()));
        return Answer.json(200, EventJson.write(event));
    }

    /** {@code GET /v1/events}. */
    public Answer list(Call call) {
        Scope.EVENTS_READ.require(call);
        ListRequest request = ListRequest.of(call);
        EventFilter.of(call, Optional.empty());
        Directory.Entry entry = workspaces.listed(call);
        WorkspaceAccess.requireReadable(entry.workspace());
        UUID workspaceId = entry.workspace().id();
        Optional<UUID> position = cursors.position(ListKind.EVENTS, workspaceId, request);
        EventFilter filter = EventFilter.of(call, position);
        Page<Event> page = Page.cut(
                database.connect(connection -> EventStore.list(connection, workspaceId, filter, request.limit() + 1)),
                request.limit());
        cursors.handOut(ListKind.EVENTS, workspaceId, page.end(Event::id));
        return PageJson.answer(page, EventJson.PREFIX, Event::id, EventJson::write);
    }
}
