package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.OrganizationKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The registries elsewhere that administrators named (registry.md 3.3, 3.6). Their secrets are encrypted for the
 * organization and bound to the registry they open; they are read only to call it. Whether the caller may do what it asks
 * for is decided before.
 */
public final class Upstreams {

    /** The code of the conflict about a name that is taken. */
    public static final String NAME_TAKEN = "name_taken";

    private static final String UNHEALTHY = "upstream_unhealthy";
    private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_SECRET = 16 * 1024;
    private static final int LONGEST_CERTIFICATE = 256 * 1024;
    private static final int MOST = 10_000;

    private final Database database;
    private final TimeSource time;
    private final OrganizationKeys keys;
    private final Audit audit;
    private final RegistryClient client;
    private final List<UpstreamUse> uses;
    private final UUID organization;

    /**
     * Those of an organization.
     *
     * @param uses what may need one, which then cannot be deleted
     */
    public Upstreams(
            Database database,
            TimeSource time,
            OrganizationKeys keys,
            Audit audit,
            RegistryClient client,
            List<UpstreamUse> uses,
            UUID organization) {
        this.database = database;
        this.time = time;
        this.keys = keys;
        this.audit = audit;
        this.client = client;
        this.uses = List.copyOf(uses);
        this.organization = organization;
    }

    /** Its recurring work: looks whether they are still there. */
    public List<Jobs.Job> jobs() {
        return List.of(new Jobs.Job("registry-upstream-health", LOOK_EVERY, this::lookAtAll));
    }

    private void lookAtAll() {
        for (Upstream upstream : list(null, false, "id", false, 0, MOST)) {
            boolean healthy = isHealthy(endpoint(upstream));
            database.transact(handle -> {
                UpstreamStore.setHealthy(handle, upstream.id(), healthy);
                return healthy;
            });
        }
    }

    /** The one with this number. */
    public Optional<Upstream> find(long id) {
        return database.query(handle -> UpstreamStore.find(handle, id));
    }

    /**
     * A page of them.
     *
     * @param name a part of the name, or all of it; null for any
     * @param exact whether it has to be all of it
     * @param order the key to sort by, as the API spells it
     */
    public List<Upstream> list(
            @Nullable String name, boolean exact, String order, boolean descending, long offset, int limit) {
        return database.query(handle -> UpstreamStore.list(handle, name, exact, order, descending, offset, limit));
    }

    /** How many there are. */
    public long count(@Nullable String name, boolean exact) {
        return database.query(handle -> UpstreamStore.count(handle, name, exact));
    }

    /** The registry itself, to talk to. */
    public RemoteRegistry open(Upstream upstream) {
        return client.to(endpoint(upstream));
    }

    private Endpoint endpoint(Upstream upstream) {
        Endpoint.@Nullable Login login = null;
        @Nullable String username = upstream.username();
        if (username != null) {
            SecretKey key = keys.of(upstream.organizationId());
            login = database.query(handle -> UpstreamStore.secret(handle, upstream.id()))
                    .map(secret -> new String(key.decrypt(secret, context(upstream.id())), StandardCharsets.UTF_8))
                    .map(secret -> new Endpoint.Login(username, secret))
                    .orElse(null);
        }
        return new Endpoint(
                upstream.type(), URI.create(upstream.url()), login, upstream.insecure(), upstream.certificate());
    }

    /**
     * Makes sure that a registry can be called.
     *
     * @throws Failure.Invalid when it cannot, or the draft makes no sense
     */
    public void ping(UpstreamDraft draft) {
        requireHealthy(endpoint(draft));
    }

    /**
     * Makes sure that one could be called with some changes.
     *
     * @param keepLogin whether it is called as before, whatever the draft says
     * @throws Failure.Invalid when it cannot, or the draft makes no sense
     */
    public void ping(Upstream before, UpstreamDraft draft, boolean keepLogin) {
        requireHealthy(endpoint(before, draft, keepLogin));
    }

    /**
     * Adds one that can be called, and gives its number.
     *
     * @throws Failure.Invalid when it cannot be called, or the draft makes no sense
     * @throws Failure.Conflict with the code {@link #NAME_TAKEN}
     */
    public long create(Call call, UpstreamDraft draft) {
        checkName(draft);
        database.query(handle -> requireFree(handle, draft.name(), 0));
        ping(draft);
        SecretKey key = keys.of(organization);
        return database.transact(handle -> {
            long id = UpstreamStore.insert(handle, organization, draft, true, time.instant())
                    .orElseThrow(() -> taken(draft.name()));
            setLogin(handle, id, draft, key);
            audit.record(handle, call, organization, "upstream.created", Long.toString(id));
            return id;
        });
    }

    /**
     * Changes one.
     *
     * @param keepLogin whether it goes on being called as before, whatever the draft says
     * @throws Failure.NotFound when there is none with this number
     * @throws Failure.Invalid when it cannot be called that way, or the draft makes no sense
     * @throws Failure.Conflict with the code {@link #NAME_TAKEN}
     */
    public void change(Call call, long id, UpstreamDraft draft, boolean keepLogin) {
        checkName(draft);
        Upstream before = find(id).orElseThrow(() -> absent(id));
        requireHealthy(endpoint(before, draft, keepLogin));
        SecretKey key = keys.of(before.organizationId());
        database.transact(handle -> {
            requireLocked(handle, id);
            requireFree(handle, draft.name(), id);
            UpstreamStore.update(handle, id, draft, true, time.instant());
            if (!keepLogin) {
                setLogin(handle, id, draft, key);
            }
            audit.record(handle, call, organization, "upstream.changed", Long.toString(id));
            return id;
        });
    }

    /**
     * Deletes one.
     *
     * @throws Failure.NotFound when there is none with this number
     * @throws Failure.Precondition when something needs it
     */
    public void delete(Call call, long id) {
        database.transact(handle -> {
            requireLocked(handle, id);
            for (UpstreamUse use : uses) {
                use.of(handle, id).ifPresent(by -> {
                    throw new Failure.Precondition(
                            "the registry %d is referenced by %s, cannot delete it".formatted(id, by));
                });
            }
            UpstreamStore.delete(handle, id);
            audit.record(handle, call, organization, "upstream.deleted", Long.toString(id));
            return id;
        });
    }

    /** The failure for a number that none has. */
    public static Failure.NotFound absent(long id) {
        return new Failure.NotFound("registry %d not found".formatted(id));
    }

    private static Failure.Conflict taken(String name) {
        return new Failure.Conflict(NAME_TAKEN, "the registry named %s already exists".formatted(name));
    }

    private static boolean requireFree(Handle handle, String name, long except) {
        if (UpstreamStore.isNameTaken(handle, name, except)) {
            throw taken(name);
        }
        return true;
    }

    private static void requireLocked(Handle handle, long id) {
        if (!UpstreamStore.lock(handle, id)) {
            throw absent(id);
        }
    }

    private static void checkName(UpstreamDraft draft) {
        if (draft.name().isBlank() || draft.name().length() > LONGEST_NAME) {
            throw new Failure.Invalid("the name of a registry has 1 to %d characters".formatted(LONGEST_NAME));
        }
    }

    private Endpoint endpoint(UpstreamDraft draft) {
        URI url = Endpoint.address(draft.url())
                .filter(address -> draft.url().length() <= LONGEST_URL)
                .orElseThrow(() -> new Failure.Invalid("the URL of a registry begins with http:// or https://"));
        Endpoint.@Nullable Login login = draft.login();
        if (login != null && login.username().length() + login.secret().length() > LONGEST_SECRET) {
            throw new Failure.Invalid(
                    "the credential of a registry has %d characters at most".formatted(LONGEST_SECRET));
        }
        @Nullable String certificate = draft.certificate();
        if (certificate != null && (certificate.length() > LONGEST_CERTIFICATE || !Trust.isCertificate(certificate))) {
            throw new Failure.Invalid("the CA certificate of a registry is PEM");
        }
        return new Endpoint(draft.type(), url, login, draft.insecure(), certificate);
    }

    private Endpoint endpoint(Upstream before, UpstreamDraft draft, boolean keepLogin) {
        Endpoint wanted = endpoint(draft);
        if (!keepLogin || before.username() == null) {
            return wanted;
        }
        Endpoint known = endpoint(before);
        if (!known.isSameHost(wanted)) {
            // Whoever may name another address does not get to know the secret by having it sent there.
            throw new Failure.Invalid("the access secret is required when the address of a registry changes");
        }
        return new Endpoint(wanted.type(), wanted.url(), known.login(), wanted.insecure(), wanted.certificate());
    }

    private boolean isHealthy(Endpoint endpoint) {
        try {
            requireHealthy(endpoint);
            return true;
        } catch (Failure.Invalid e) {
            return false;
        }
    }

    /** What is said first is the API's own sentence; why it is so follows as a second error. */
    private void requireHealthy(Endpoint endpoint) {
        try {
            client.to(endpoint).ping();
        } catch (UpstreamException e) {
            throw Failure.Invalid.coded(
                    UNHEALTHY, "the registry is unhealthy", List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void setLogin(Handle handle, long id, UpstreamDraft draft, SecretKey key) {
        Endpoint.@Nullable Login login = draft.login();
        UpstreamStore.setLogin(
                handle,
                id,
                login == null ? null : login.username(),
                login == null ? null : key.encrypt(login.secret().getBytes(StandardCharsets.UTF_8), context(id)));
    }

    private static byte[] context(long id) {
        return ("registry.upstream:" + id).getBytes(StandardCharsets.UTF_8);
    }
}
