package dev.breakwater.registry.token;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of the one signing key. */
final class TokenKeyStore {

    private TokenKeyStore() {}

    /** The key as it is kept: the private part encrypted, the certificate as it is. */
    record Kept(byte[] privateKey, byte[] certificate) {}

    static Optional<Kept> find(Handle handle) {
        return handle.createQuery("SELECT private_key, certificate FROM registry.token_key")
                .map((row, context) -> new Kept(row.getBytes("private_key"), row.getBytes("certificate")))
                .findOne();
    }

    /** Keeps a key unless another node was faster. */
    static void insert(Handle handle, Kept key, Instant now) {
        handle.execute(
                "INSERT INTO registry.token_key (private_key, certificate, created_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                key.privateKey(),
                key.certificate(),
                now);
    }
}
