package dev.breakwater.registry.replication;

import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.upstream.Endpoint;
import dev.breakwater.registry.upstream.RegistryType;
import dev.breakwater.tenancy.OrganizationKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The registries to which projects are copied (registry.md 1.10). Their passwords are encrypted for the organization and
 * bound to the target they open; they are read only to call it. Whether the caller may do what it asks for, and whether
 * the texts are sound, is decided before.
 */
public final class Targets {

    /** The code of the conflict about a name that is taken. */
    public static final String NAME_TAKEN = "name_taken";
    /** The code of the conflict about an address that another target has. */
    public static final String ENDPOINT_TAKEN = "endpoint_taken";

    private final Database database;
    private final TimeSource time;
    private final OrganizationKeys keys;
    private final UUID organization;
    private final Configuration configuration;

    /** Those of an organization. */
    public Targets(
            Database database, TimeSource time, OrganizationKeys keys, UUID organization, Configuration configuration) {
        this.database = database;
        this.time = time;
        this.keys = keys;
        this.organization = organization;
        this.configuration = configuration;
    }

    /**
     * A target as somebody wants it.
     *
     * @param name what people are to call it
     * @param endpoint its address, {@link Target#normalized}
     * @param username as whom it is called; empty for anonymous
     * @param password the secret; null to leave it as it is
     * @param type 0 for a Harbor, 1 for a plain registry
     */
    public record Draft(
            String name,
            String endpoint,
            String username,
            @Nullable String password,
            int type) {
        @Override
        public String toString() {
            return "Draft[name=" + name + ", endpoint=" + endpoint + "]";
        }
    }

    /** The one with this number. */
    public Optional<Target> find(long id) {
        return database.query(handle -> TargetStore.find(handle, id));
    }

    /** Those whose name holds a text, by number. */
    public List<Target> list(String name) {
        return database.query(handle -> TargetStore.list(handle, name));
    }

    /**
     * Adds one and gives its number.
     *
     * @throws Failure.Conflict with the code {@link #NAME_TAKEN} or {@link #ENDPOINT_TAKEN}
     */
    public long create(Handle handle, SecretKey key, Draft draft) {
        requireFree(handle, draft, 0);
        long id = TargetStore.insert(
                handle, draft.name(), draft.endpoint(), draft.username(), draft.type(), time.instant());
        setPassword(handle, key, id, draft);
        return id;
    }

    /**
     * Changes one.
     *
     * @throws Failure.Conflict with the code {@link #NAME_TAKEN} or {@link #ENDPOINT_TAKEN}
     */
    public void change(Handle handle, SecretKey key, long id, Draft draft) {
        requireFree(handle, draft, id);
        TargetStore.update(handle, id, draft.name(), draft.endpoint(), draft.username(), time.instant());
        setPassword(handle, key, id, draft);
    }

    /** Removes one that no policy uses. */
    public void delete(Handle handle, long id) {
        TargetStore.delete(handle, id);
    }

    /** The key that encrypts passwords, to be had before the transaction that needs it. */
    public SecretKey key() {
        return keys.of(organization);
    }

    /** Where a target is, and with which credentials. */
    public Endpoint endpoint(Target target) {
        SecretKey key = key();
        String password = database.query(handle -> TargetStore.password(handle, target.id()))
                .map(secret -> new String(key.decrypt(secret, context(target.id())), StandardCharsets.UTF_8))
                .orElse("");
        return endpoint(target.endpoint(), target.username(), password);
    }

    /**
     * An address with credentials, be it a target or not.
     *
     * @throws Failure.Invalid when it is no address
     */
    public Endpoint endpoint(String address, String username, String password) {
        URI url = Endpoint.address(Target.normalized(address))
                .orElseThrow(() -> new Failure.Invalid("The endpoint is no address of a registry."));
        boolean verified = database.query(handle -> configuration.isOn(handle, ConfigurationKey.VERIFY_REMOTE_CERT));
        return new Endpoint(
                RegistryType.DOCKER_REGISTRY,
                url,
                username.isEmpty() ? null : new Endpoint.Login(username, password),
                !verified,
                null);
    }

    private static void requireFree(Handle handle, Draft draft, long except) {
        if (TargetStore.findNamed(handle, draft.name())
                .filter(other -> other.id() != except)
                .isPresent()) {
            throw new Failure.Conflict(NAME_TAKEN, "A target has this name.");
        }
        if (TargetStore.findAt(handle, draft.endpoint())
                .filter(other -> other.id() != except)
                .isPresent()) {
            throw new Failure.Conflict(ENDPOINT_TAKEN, "A target has this endpoint.");
        }
    }

    private static void setPassword(Handle handle, SecretKey key, long id, Draft draft) {
        @Nullable String password = draft.password();
        if (password != null) {
            TargetStore.setPassword(
                    handle,
                    id,
                    password.isEmpty() ? null : key.encrypt(password.getBytes(StandardCharsets.UTF_8), context(id)));
        }
    }

    private static byte[] context(long id) {
        return ("registry.replication_target:" + id).getBytes(StandardCharsets.UTF_8);
    }
}
