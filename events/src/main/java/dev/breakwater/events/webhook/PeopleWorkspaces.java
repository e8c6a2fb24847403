package dev.breakwater.events.webhook;

import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import java.util.UUID;
import java.util.function.Supplier;

/** Finds the workspace that a person asks about, as far as the person's roles go. */
public final class PeopleWorkspaces {

    private final Directory directory;
    private final Access access;

    /** Looks into this directory. */
    public PeopleWorkspaces(Directory directory, Access access) {
        this.directory = directory;
        this.access = access;
    }

    /**
     * The workspace with this id, for a caller with this permission.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     * @throws Failure.Forbidden when the caller lacks the permission
     */
    public Directory.Entry named(Principal caller, String id, String permission) {
        return WorkspaceAccess.parse(id)
                .map(parsed -> holding(caller, parsed, permission, () -> WorkspaceAccess.unknown(id)))
                .orElseThrow(() -> WorkspaceAccess.unknown(id));
    }

    /**
     * The workspace that holds something, for a caller with this permission.
     *
     * @param unknown what the caller hears who may not know of it
     */
    public Directory.Entry holding(Principal caller, UUID id, String permission, Supplier<? extends Failure> unknown) {
        Directory.Entry entry = directory
                .find(id)
                .filter(found -> access.sees(caller, found.workspace().organizationId()))
                .orElseThrow(unknown);
        access.require(caller, permission, entry.workspace().organizationId());
        return entry;
    }
}
