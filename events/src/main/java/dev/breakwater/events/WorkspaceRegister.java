package dev.breakwater.events;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.limit.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces of organizations, for people: making, listing, suspending and archiving them (events.md 7.3, 14). What
 * somebody may do is decided by roles; changes are audited. Ids are spelled as in the API.
 */
public interface WorkspaceRegister {

    /** The permission to see workspaces. */
    String VIEW = "events_workspace_view";

    /** The permission to make and change them. */
    String EDIT = "events_workspace_edit";

    /**
     * A workspace.
     *
     * @param id {@code ws_…}
     * @param organization that owns it
     * @param environment it lives in
     * @param name for people
     * @param status {@code active}, {@code suspended} or {@code archived}
     * @param suspensionReason {@code billing} or {@code policy}; null unless it is suspended
     * @param retentionDays how long its events are kept, 0 for ever
     * @param rateLimit its own numbers; null for those of the installation
     * @param createdAt when it was made
     */
    record Entry(
            String id,
            UUID organization,
            Environment environment,
            String name,
            String status,
            @Nullable String suspensionReason,
            int retentionDays,
            @Nullable RateLimit rateLimit,
            Instant createdAt) {

        /** Whether it takes events and delivers. */
        public boolean active() {
            return status.equals("active");
        }
    }

    /**
     * What is to change of a workspace; what is empty stays.
     *
     * @param name 1 to 120 characters
     * @param status {@code active}, {@code suspended} or {@code archived}
     * @param suspensionReason {@code billing} or {@code policy}
     * @param retentionDays 0 to 36,500
     */
    record Change(
            Optional<String> name,
            Optional<String> status,
            Optional<String> suspensionReason,
            Optional<Integer> retentionDays) {}

    /**
     * The workspaces of an organization, newest first, at most 500.
     *
     * @throws Failure.Forbidden when the caller may not see them
     */
    List<Entry> all(Principal caller, UUID organization);

    /**
     * One workspace.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Entry find(Principal caller, String id);

    /**
     * Makes a workspace.
     *
     * @param environment {@code live} or {@code sandbox}
     * @throws Failure.Invalid naming the field that is wrong
     */
    Entry create(Call call, UUID organization, String environment, String name);

    /**
     * Changes a workspace. Deliveries of one that is suspended are held, those of one that is archived are canceled.
     *
     * @throws Failure.Invalid naming the field that is wrong
     */
    Entry change(Call call, String id, Change change);
}
