package dev.breakwater.tenancy.role;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.organization.Organization;
import dev.breakwater.tenancy.organization.OrganizationStore;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Decides by the role assignments as they are at this moment; a change holds for the next question. */
public final class RoleAccess implements Access {

    private final Database database;

    /** Reads the assignments from this database. */
    public RoleAccess(Database database) {
        this.database = database;
    }

    private Grants grants(Principal caller) {
        return database.query(handle -> RoleStore.grants(handle, caller));
    }

    @Override
    public boolean sees(Principal caller, UUID organization) {
        return grants(caller).sees(organization);
    }

    @Override
    public boolean allows(Principal caller, String permission, @Nullable UUID organization) {
        return grants(caller).allows(permission, organization);
    }

    @Override
    public Rights rights(Principal caller, UUID organization) {
        Grants grants = grants(caller);
        return permission -> grants.allows(permission, organization);
    }

    @Override
    public void require(Principal caller, String permission, @Nullable UUID organization) {
        Grants grants = grants(caller);
        if (organization != null && !grants.sees(organization)) {
            throw noOrganization(Ids.text("org", organization));
        }
        if (!grants.allows(permission, organization)) {
            throw new Failure.Forbidden("Missing permission: %s.".formatted(permission));
        }
    }

    @Override
    public Optional<Set<UUID>> onlyIn(Principal caller, String permission) {
        Grants grants = grants(caller);
        return grants.allowsEverywhere(permission) ? Optional.empty() : Optional.of(grants.organizations(permission));
    }

    @Override
    public UUID organization(Principal caller, Optional<String> named) {
        Grants grants = grants(caller);
        return database.query(handle -> find(handle, caller, named))
                .filter(grants::sees)
                .orElseThrow(() -> noOrganization(named.orElse(Organization.DEFAULT)));
    }

    private static Optional<UUID> find(Handle handle, Principal caller, Optional<String> named) {
        if (named.isEmpty() && caller.organization() != null) {
            return Optional.of(caller.organization());
        }
        String name = named.orElse(Organization.DEFAULT);
        return Ids.parse("org", name)
                .flatMap(id -> OrganizationStore.find(handle, id))
                .or(() -> OrganizationStore.find(handle, name))
                .map(Organization::id);
    }

    private static Failure.NotFound noOrganization(String name) {
        return new Failure.NotFound("No organization found with id %s.".formatted(name));
    }
}
