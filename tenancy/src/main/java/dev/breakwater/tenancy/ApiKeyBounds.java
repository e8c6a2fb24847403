package dev.breakwater.tenancy;

import dev.breakwater.kernel.identity.Environment;
import java.util.Set;
import java.util.UUID;

/** What an API key can be bound to, told by the capability that honours it (events.md 2.2, 2.3). */
public interface ApiKeyBounds {

    /** The scopes that a restricted key may carry. */
    Set<String> scopes();

    /** Whether a workspace is one of this organization's in this environment. */
    boolean owns(UUID organization, Environment environment, UUID workspace);
}
