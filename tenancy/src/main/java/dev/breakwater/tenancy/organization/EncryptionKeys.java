package dev.breakwater.tenancy.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.OrganizationKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The encryption keys of organizations, kept wrapped by the installation key and bound to the organization's id. */
public final class EncryptionKeys implements OrganizationKeys {

    private static final int MOST_KEYS = 10_000;

    private final Database database;
    private final InstallationKey installationKey;
    private final TimeSource time;
    private final Cache<UUID, SecretKey> open =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

    /** Keys that only this installation can open. */
    public EncryptionKeys(Database database, InstallationKey installationKey, TimeSource time) {
        this.database = database;
        this.installationKey = installationKey;
        this.time = time;
    }

    @Override
    public SecretKey of(UUID organization) {
        @Nullable SecretKey key = open.getIfPresent(organization);
        if (key == null) {
            // Callers may be in a transaction, but a key that they begin to use must not go when that one is undone.
            key = unwrap(organization, database.apart("keys", handle -> readOrMake(handle, organization)));
            open.put(organization, key);
        }
        return key;
    }

    private byte[] readOrMake(Handle handle, UUID organization) {
        return read(handle, organization).orElseGet(() -> {
            // Two nodes may do so at once: the first to commit wins, and both use its key.
            handle.createUpdate("INSERT INTO tenancy.organization_key (organization_id, wrapped, created_at)"
                            + " VALUES (:organization, :wrapped, :now) ON CONFLICT (organization_id) DO NOTHING")
                    .bind("organization", organization)
                    .bind("wrapped", installationKey.newKey(context(organization)))
                    .bind("now", time.instant())
                    .execute();
            return read(handle, organization).orElseThrow();
        });
    }

    private static Optional<byte[]> read(Handle handle, UUID organization) {
        return handle.createQuery("SELECT wrapped FROM tenancy.organization_key WHERE organization_id = :organization")
                .bind("organization", organization)
                .mapTo(byte[].class)
                .findOne();
    }

    private SecretKey unwrap(UUID organization, byte[] wrapped) {
        try {
            return installationKey.open(wrapped, context(organization));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key of organization " + organization + " cannot be opened with this installation key", e);
        }
    }

    private static byte[] context(UUID organization) {
        return organization.toString().getBytes(StandardCharsets.UTF_8);
    }
}
