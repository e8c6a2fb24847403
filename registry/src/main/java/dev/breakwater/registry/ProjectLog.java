package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What happened in projects, for people (registry.md 3.4). Projects are looked for in one organization only.
 */
public interface ProjectLog {

    /** What can be done to a resource. */
    List<String> OPERATIONS = List.of("push", "pull", "create", "update", "delete");

    /**
     * An entry.
     *
     * @param id its number
     * @param at when
     * @param username who did it, {@code anonymous} for nobody in particular
     * @param operation one of {@link #OPERATIONS}, or another
     * @param resourceType {@code artifact}, {@code tag}, {@code member} and so on
     * @param resource for example {@code demo/app:v1}
     * @param succeeded whether it was done
     */
    record Entry(
            long id,
            Instant at,
            String username,
            String operation,
            String resourceType,
            String resource,
            boolean succeeded) {}

    /** Which entries to list; what is empty does not narrow. Names and resources are parts, whatever their case. */
    record Filter(
            Optional<String> operation,
            Optional<String> username,
            Optional<String> resource,
            Optional<Instant> from,
            Optional<Instant> until) {}

    /**
     * The entries of a project, newest first.
     *
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see its log
     */
    Page<Entry> list(Principal caller, UUID organization, String project, Filter filter, PageAfter page);
}
