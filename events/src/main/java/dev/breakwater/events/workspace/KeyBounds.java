package dev.breakwater.events.workspace;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.tenancy.ApiKeyBounds;
import java.util.Set;
import java.util.UUID;

/** The scopes and workspaces that API keys can be bound to. */
public final class KeyBounds implements ApiKeyBounds {

    private final Database database;

    /** Asks the database, since keys are seldom made. */
    public KeyBounds(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> scopes() {
        return Scope.all();
    }

    @Override
    public boolean owns(UUID organization, Environment environment, UUID workspace) {
        return database.query(handle -> WorkspaceStore.find(handle, workspace))
                .filter(found -> found.organizationId().equals(organization) && found.environment() == environment)
                .isPresent();
    }
}
