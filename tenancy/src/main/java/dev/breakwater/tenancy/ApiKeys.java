package dev.breakwater.tenancy;

import dev.breakwater.kernel.identity.Principal;
import java.util.Optional;

/** Recognizes the API keys of organizations, {@code hb_test_…} and {@code hb_live_…} (events.md 2.2). */
public interface ApiKeys {

    /**
     * The bearer of a key that is known, neither revoked nor expired; empty for everything else, whatever the
     * cause. Answers from memory when it can; a revocation takes effect within one second.
     */
    Optional<Principal> authenticate(String key);
}
