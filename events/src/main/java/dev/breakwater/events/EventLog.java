package dev.breakwater.events;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The events of workspaces, for people: reading them, and posting one by hand (events.md 4.2 to 4.4). What somebody may
 * do is decided by roles. Ids are spelled as in the API; pages do not expire.
 */
public interface EventLog {

    /** The permission to read events with their payloads. */
    String VIEW = "events_event_view";

    /** The permission to post one. */
    String CREATE = "events_event_create";

    /** The prefix of event ids, for pages of them. */
    String PREFIX = "evt";

    /**
     * An event.
     *
     * @param id {@code evt_…}
     * @param workspaceId {@code ws_…}
     * @param type such as {@code order.shipped}
     * @param payload the JSON object as it was sent, without insignificant white space
     * @param createdAt when it was accepted
     */
    record Entry(String id, String workspaceId, String type, String payload, Instant createdAt) {}

    /**
     * Which events to list.
     *
     * @param types exact types and patterns, any of which may fit; empty for all
     * @param from at this time or later
     * @param until before this time
     */
    record Filter(List<String> types, Optional<Instant> from, Optional<Instant> until) {}

    /**
     * The events of a workspace that fit, newest first.
     *
     * @throws Failure.Invalid for a type that is none
     * @throws Failure.NotFound when the workspace does not exist for this caller
     */
    Page<Entry> list(Principal caller, String workspaceId, Filter filter, PageRequest page);

    /**
     * One event.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Entry find(Principal caller, String id);

    /**
     * Posts an event; it is stored and handed to its webhooks when this returns.
     *
     * @param payload a JSON object
     * @throws Failure.Invalid naming the field that is wrong
     * @throws Failure.TooLarge when the payload exceeds 256 KB
     */
    Entry post(Call call, String workspaceId, String type, String payload);
}
