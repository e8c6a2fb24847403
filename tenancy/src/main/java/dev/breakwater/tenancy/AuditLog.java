package dev.breakwater.tenancy;

import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The audit trail, for people who may read it. */
public interface AuditLog {

    /** The permission to read it. */
    String VIEW = "core_audit_view";

    /** The prefix of entry ids, for pages of them. */
    String PREFIX = "aud";

    /**
     * One line of the trail.
     *
     * @param id {@code aud_…}
     * @param at when it happened
     * @param actor who did it, for example {@code usr_…}
     * @param actorName the name that the actor had then
     * @param action what was done, in dotted terms
     * @param target the id of what was changed
     * @param requestId under which request; empty for what the installation does by itself
     * @param address from which client address; empty likewise
     */
    record Entry(
            String id,
            Instant at,
            String actor,
            String actorName,
            String action,
            String target,
            String requestId,
            String address) {}

    /**
     * Which entries to list; what is empty may be any.
     *
     * @param action with this action
     * @param actor by this actor, by id or by name
     * @param requestId under this request
     * @param from at this time or later
     * @param until before this time
     */
    record Filter(
            Optional<String> action,
            Optional<String> actor,
            Optional<String> requestId,
            Optional<Instant> from,
            Optional<Instant> until) {}

    /** The entries of an organization that fit, newest first. */
    Page<Entry> list(Principal caller, UUID organization, Filter filter, PageRequest page);
}
