package dev.breakwater.events.ingest;

import dev.breakwater.events.EventLog;
import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventReads;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.PeopleWorkspaces;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The events, for people. */
public final class PeopleEvents implements EventLog {

    private final PeopleWorkspaces workspaces;
    private final EventReads reads;
    private final EventWrites writes;
    private final Database database;
    private final Audit audit;
    private final Ids ids;

    /** What people post is audited, because no key of a program stands behind it. */
    public PeopleEvents(
            PeopleWorkspaces workspaces,
            EventReads reads,
            EventWrites writes,
            Database database,
            Audit audit,
            Ids ids) {
        this.workspaces = workspaces;
        this.reads = reads;
        this.writes = writes;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
    }

    @Override
    public Page<Entry> list(Principal caller, String workspaceId, Filter filter, PageRequest page) {
        UUID workspace = workspaces.named(caller, workspaceId, VIEW).workspace().id();
        List<Event> rows = reads.newest(workspace, filter, page);
        return page.page(rows, Event::id, PeopleEvents::entry);
    }

    @Override
    public Entry find(Principal caller, String id) {
        Event event = reads.find(id).orElseThrow(() -> unknown(id));
        workspaces.holding(caller, event.workspaceId(), VIEW, () -> unknown(id));
        return entry(event);
    }

    private static Failure.NotFound unknown(String id) {
        return new Failure.NotFound("No event found with id %s.".formatted(WorkspaceAccess.shown(id)));
    }

    @Override
    public Entry post(Call call, String workspaceId, String type, String payload) {
        Directory.Entry entry = workspaces.named(call.principal(), workspaceId, CREATE);
        WorkspaceAccess.requireWritable(entry.workspace());
        EventRequest request = EventRequest.of(workspaceId, type, payload.getBytes(StandardCharsets.UTF_8));
        UUID id = ids.next();
        Event event = new Event(id, entry.workspace().id(), request.type(), request.payload(), Ids.time(id));
        writes.store(event, entry);
        database.transact(handle -> {
            audit.record(handle, call, entry.workspace().organizationId(), "event.posted", Ids.text(PREFIX, id));
            return true;
        });
        return entry(event);
    }

    private static Entry entry(Event event) {
        return new Entry(
                Ids.text(PREFIX, event.id()),
                Ids.text(WorkspaceAccess.PREFIX, event.workspaceId()),
                event.type(),
                new String(event.payload(), StandardCharsets.UTF_8),
                event.createdAt());
    }
}
