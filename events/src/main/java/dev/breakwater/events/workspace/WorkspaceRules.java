package dev.breakwater.events.workspace;

import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.events.workspace.Workspace.Status;
import dev.breakwater.events.workspace.Workspace.SuspensionReason;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rules about workspaces, which hold for the admin API and for pages alike (events.md 7.3, 14). */
public final class WorkspaceRules implements WorkspaceRegister {

    private static final int MAX_NAME = 120;
    private static final int MAX_RETENTION_DAYS = 36_500;
    private static final int MOST = 500;

    private final Parts parts;

    /**
     * What the rules work with.
     *
     * @param changed is told after the commit which workspace has changed
     */
    public record Parts(
            Database database,
            Access access,
            Audit audit,
            Ids ids,
            DeliveryControl deliveries,
            Consumer<UUID> changed) {}

    /** Rules for people and service accounts. */
    public WorkspaceRules(Parts parts) {
        this.parts = parts;
    }

    /**
     * What a change asks for.
     *
     * @param change what everybody may say
     * @param rateLimit its own numbers; null for none
     * @param changesRateLimit whether {@code rateLimit} is to hold
     */
    record Asked(Change change, @Nullable RateLimit rateLimit, boolean changesRateLimit) {}

    @Override
    public List<Entry> all(Principal caller, UUID organization) {
        return list(caller, organization, null, new PageRequest(WorkspaceAccess.PREFIX, MOST, null)).stream()
                .limit(MOST)
                .map(WorkspaceRules::entry)
                .toList();
    }

    /** The rows of a page. */
    List<Workspace> list(Principal caller, UUID organization, @Nullable Environment environment, PageRequest page) {
        parts.access().require(caller, VIEW, organization);
        return parts.database()
                .query(handle -> WorkspaceStore.list(handle, organization, environment, page.after(), page.rows()));
    }

    @Override
    public Entry find(Principal caller, String id) {
        return entry(find(caller, id, VIEW));
    }

    /** One workspace for a caller with this permission. */
    Workspace find(Principal caller, String id, String permission) {
        Workspace found = WorkspaceAccess.parse(id)
                .flatMap(parsed -> parts.database().query(handle -> WorkspaceStore.find(handle, parsed)))
                .filter(workspace -> parts.access().sees(caller, workspace.organizationId()))
                .orElseThrow(() -> WorkspaceAccess.unknown(id));
        parts.access().require(caller, permission, found.organizationId());
        return found;
    }

    @Override
    public Entry create(Call call, UUID organization, String environment, String name) {
        return entry(create(call, organization, environment, name, Optional.empty(), null));
    }

    /** Makes a workspace, perhaps with a retention and numbers of its own. */
    Workspace create(
            Call call,
            UUID organization,
            String environment,
            String name,
            Optional<Integer> retention,
            @Nullable RateLimit rateLimit) {
        parts.access().require(call.principal(), EDIT, organization);
        Workspace fresh = Workspace.fresh(parts.ids().next(), organization, environment(environment), name(name));
        Workspace workspace = fresh.with(retention(retention).orElse(fresh.retentionDays()), rateLimit);
        parts.database().transact(handle -> {
            WorkspaceStore.insert(handle, workspace);
            audited(handle, call, workspace, "workspace.created");
            return workspace;
        });
        return workspace;
    }

    @Override
    public Entry change(Call call, String id, Change change) {
        return entry(change(call, id, new Asked(change, null, false)));
    }

    /** What is absent stays as it is. */
    Workspace change(Call call, String id, Asked asked) {
        Change change = asked.change();
        Optional<String> name = change.name().map(WorkspaceRules::name);
        Optional<Status> status = change.status().map(WorkspaceRules::status);
        Optional<SuspensionReason> reason = change.suspensionReason().map(WorkspaceRules::reason);
        Optional<Integer> retention = retention(change.retentionDays());
        UUID found = find(call.principal(), id, EDIT).id();
        Workspace updated = parts.database().transact(handle -> {
            Workspace before = WorkspaceStore.lock(handle, found).orElseThrow(() -> WorkspaceAccess.unknown(id));
            Status next = status.orElse(before.status());
            requirePossible(before, next);
            Workspace after = before.with(name.orElse(before.name()), next, suspension(before, next, reason))
                    .with(
                            retention.orElse(before.retentionDays()),
                            asked.changesRateLimit() ? asked.rateLimit() : before.rateLimit());
            WorkspaceStore.update(handle, after);
            tellDeliveries(handle, before.status(), after);
            audited(handle, call, after, action(before.status(), after.status()));
            return after;
        });
        parts.changed().accept(found);
        return updated;
    }

    private static void requirePossible(Workspace before, Status next) {
        if (before.status() == Status.ARCHIVED && next != Status.ARCHIVED) {
            throw Json.invalidValue("status", "an archived workspace stays archived; make a new one");
        }
    }

    private static @Nullable SuspensionReason suspension(
            Workspace before, Status next, Optional<SuspensionReason> asked) {
        if (next != Status.SUSPENDED) {
            return null;
        }
        SuspensionReason kept = before.suspensionReason();
        return asked.orElse(kept == null ? SuspensionReason.BILLING : kept);
    }

    private void tellDeliveries(Handle handle, Status before, Workspace after) {
        if (before == after.status()) {
            return;
        }
        switch (after.status()) {
            case ACTIVE -> parts.deliveries().workspaceResumed(handle, after.id());
            case SUSPENDED -> parts.deliveries().workspaceSuspended(handle, after.id());
            case ARCHIVED -> parts.deliveries().workspaceArchived(handle, after.id());
        }
    }

    private static String action(Status before, Status after) {
        if (before == after) {
            return "workspace.updated";
        }
        return switch (after) {
            case ACTIVE -> "workspace.activated";
            case SUSPENDED -> "workspace.suspended";
            case ARCHIVED -> "workspace.archived";
        };
    }

    private static String name(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Json.invalidValue("name", "use 1 to %d characters".formatted(MAX_NAME));
        }
        return name;
    }

    static Environment environment(String text) {
        return switch (text) {
            case "live" -> Environment.LIVE;
            case "sandbox" -> Environment.SANDBOX;
            default -> throw Json.invalidValue("environment", "it must be live or sandbox");
        };
    }

    private static Status status(String text) {
        return switch (text) {
            case "active" -> Status.ACTIVE;
            case "suspended" -> Status.SUSPENDED;
            case "archived" -> Status.ARCHIVED;
            default -> throw Json.invalidValue("status", "it must be active, suspended or archived");
        };
    }

    private static SuspensionReason reason(String text) {
        return switch (text) {
            case "billing" -> SuspensionReason.BILLING;
            case "policy" -> SuspensionReason.POLICY;
            default -> throw Json.invalidValue("suspension_reason", "it must be billing or policy");
        };
    }

    private static Optional<Integer> retention(Optional<Integer> days) {
        if (days.isPresent() && (days.get() < 0 || days.get() > MAX_RETENTION_DAYS)) {
            throw Json.invalidValue(
                    "retention_days", "it must be a whole number from 0 to %d".formatted(MAX_RETENTION_DAYS));
        }
        return days;
    }

    private void audited(Handle handle, Call call, Workspace workspace, String action) {
        parts.audit()
                .record(
                        handle,
                        call,
                        workspace.organizationId(),
                        action,
                        Ids.text(WorkspaceAccess.PREFIX, workspace.id()));
    }

    static Entry entry(Workspace workspace) {
        SuspensionReason reason = workspace.suspensionReason();
        return new Entry(
                Ids.text(WorkspaceAccess.PREFIX, workspace.id()),
                workspace.organizationId(),
                workspace.environment(),
                workspace.name(),
                lower(workspace.status()),
                reason == null ? null : lower(reason),
                workspace.retentionDays(),
                workspace.rateLimit(),
                workspace.createdAt());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
