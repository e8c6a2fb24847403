package dev.breakwater.tenancy.organization;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Organizations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads organizations for those who show them. */
public final class OrganizationReads implements Organizations {

    private static final int MOST = 500;

    private final Database database;
    private final Access access;

    /** Whoever may see an organization is decided by roles. */
    public OrganizationReads(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    @Override
    public List<Entry> visibleTo(Principal caller) {
        var only = access.onlyIn(caller, OrganizationHandlers.VIEW);
        return list(only);
    }

    @Override
    public List<Entry> find(Set<UUID> ids) {
        return ids.isEmpty() ? List.of() : list(Optional.of(ids));
    }

    private List<Entry> list(Optional<Set<UUID>> only) {
        return database.query(handle -> OrganizationStore.list(handle, only, null, MOST)).stream()
                .sorted(Comparator.comparing(each -> !each.identifier().equals(Organization.DEFAULT)))
                .map(each -> new Entry(each.id(), each.identifier(), each.name(), each.createdAt()))
                .toList();
    }
}
