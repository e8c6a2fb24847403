package dev.breakwater.tenancy.audit;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AuditLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the audit trail for those who show it. */
public final class AuditReads implements AuditLog {

    private final Database database;
    private final Access access;

    /** Whoever may read it is decided by roles. */
    public AuditReads(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    @Override
    public Page<Entry> list(Principal caller, UUID organization, Filter filter, PageRequest page) {
        access.require(caller, VIEW, organization);
        AuditStore.Filter wanted = new AuditStore.Filter(
                Optional.of(Set.of(organization)),
                filter.action().orElse(null),
                filter.actor().orElse(null),
                filter.requestId().orElse(null),
                filter.from().orElse(null),
                filter.until().orElse(null));
        List<AuditEntry> rows = database.query(handle -> AuditStore.list(handle, wanted, page.after(), page.rows()));
        return page.page(
                rows,
                AuditEntry::id,
                entry -> new Entry(
                        Ids.text(PREFIX, entry.id()),
                        entry.at(),
                        entry.actor(),
                        entry.actorName(),
                        entry.action(),
                        entry.target(),
                        entry.requestId(),
                        entry.address()));
    }
}
