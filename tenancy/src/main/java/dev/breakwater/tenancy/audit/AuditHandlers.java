package dev.breakwater.tenancy.audit;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/audit}. */
public final class AuditHandlers {

    private static final String PERMISSION = "core_audit_view";

    private final Database database;
    private final Access access;

    /** Everybody sees the entries of the organizations whose trail their roles open. */
    public AuditHandlers(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    private record View(
            String id,
            Instant at,
            @Nullable String organizationId,
            String actor,
            String actorName,
            String action,
            String target,
            String requestId,
            String address) {

        static View of(AuditEntry entry) {
            return new View(
                    Ids.text("aud", entry.id()),
                    Fields.seconds(entry.at()),
                    entry.organizationId() == null ? null : Ids.text("org", entry.organizationId()),
                    entry.actor(),
                    entry.actorName(),
                    entry.action(),
                    entry.target(),
                    entry.requestId(),
                    entry.address());
        }
    }

    /**
     * The entries, newest first, filtered by {@code organization_id}, {@code action}, {@code actor} (id or name),
     * {@code request_id}, {@code created_after} (inclusive) and {@code created_before} (exclusive).
     */
    public Answer list(Call call) {
        PageRequest page = PageRequest.of(call, "aud");
        AuditStore.Filter filter = new AuditStore.Filter(
                organizations(call),
                call.query("action").orElse(null),
                call.query("actor").orElse(null),
                call.query("request_id").orElse(null),
                Fields.time(call, "created_after"),
                Fields.time(call, "created_before"));
        List<AuditEntry> rows = database.query(handle -> AuditStore.list(handle, filter, page.after(), page.rows()));
        return page.answer(rows, AuditEntry::id, View::of);
    }

    private Optional<Set<UUID>> organizations(Call call) {
        Principal caller = call.principal();
        Optional<String> named = call.query("organization_id");
        if (named.isEmpty()) {
            return access.onlyIn(caller, PERMISSION);
        }
        UUID organization = access.organization(caller, named);
        access.require(caller, PERMISSION, organization);
        return Optional.of(Set.of(organization));
    }
}
