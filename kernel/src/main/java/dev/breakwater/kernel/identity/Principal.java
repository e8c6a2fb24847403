package dev.breakwater.kernel.identity;

import dev.breakwater.kernel.limit.RateLimit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, the same for every surface. It says who is calling and within which bounds; what the
 * caller may do with a resource is decided on the resource that was found.
 *
 * @param kind what sort of caller this is
 * @param id of the user, service account, robot or API key; of the nil UUID for an anonymous caller
 * @param name for audit entries and logs, never a secret
 * @param organization to which the caller is bound; null for a user or service account of the whole account
 * @param environment to which an API key is bound; null for all others
 * @param unrestricted whether every scope is granted
 * @param scopes the granted scopes when not unrestricted, for example {@code events:read}
 * @param limitedTo the only resources the credential reaches; empty for no such narrowing
 * @param rateLimit how often it may call, instead of the usual numbers; null for those
 */
public record Principal(
        Kind kind,
        UUID id,
        String name,
        @Nullable UUID organization,
        @Nullable Environment environment,
        boolean unrestricted,
        Set<String> scopes,
        Set<UUID> limitedTo,
        @Nullable RateLimit rateLimit) {

    /** What sort of caller a principal is. */
    public enum Kind {
        /** No credential was presented. */
        ANONYMOUS,
        /** A person. */
        USER,
        /** A program with an identity of its own. */
        SERVICE_ACCOUNT,
        /** A program with an identity of its own in the registry: a robot account. */
        ROBOT,
        /** The bearer of an organization's API key. */
        API_KEY
    }

    /** The caller that presented no credential. */
    public static final Principal ANONYMOUS =
            new Principal(Kind.ANONYMOUS, new UUID(0, 0), "anonymous", null, null, false, Set.of(), Set.of(), null);

    /** Immutable copies of the sets. */
    public Principal {
        scopes = Set.copyOf(scopes);
        limitedTo = Set.copyOf(limitedTo);
    }

    /** Whether the credential carries this scope. */
    public boolean holds(String scope) {
        return unrestricted || scopes.contains(scope);
    }

    /** Whether the credential reaches this resource, as far as its own narrowing goes. */
    public boolean reaches(UUID resource) {
        return limitedTo.isEmpty() || limitedTo.contains(resource);
    }
}
