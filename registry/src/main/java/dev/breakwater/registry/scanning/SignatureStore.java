package dev.breakwater.registry.scanning;

import org.jdbi.v3.core.Handle;

/** Looks for the signatures of manifests. */
final class SignatureStore {

    private SignatureStore() {}

    /** Whether a manifest has a signature of a type, or an index that names it has. */
    static boolean isSigned(Handle handle, long manifest, String type) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM registry.accessory a WHERE a.subject_id = :manifest AND a.type = :type)
                        OR EXISTS (
                            SELECT FROM registry.manifest m
                            JOIN registry.manifest_child c
                                ON c.repository_id = m.repository_id AND c.digest = m.digest
                            JOIN registry.accessory a ON a.subject_id = c.parent_id AND a.type = :type
                            WHERE m.id = :manifest)
                        """)
                .bind("manifest", manifest)
                .bind("type", type)
                .mapTo(boolean.class)
                .one();
    }

    /** Whether a manifest is itself the signature of another. */
    static boolean isSignature(Handle handle, long manifest) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.accessory a"
                        + " WHERE a.manifest_id = :manifest AND a.type LIKE 'signature.%')")
                .bind("manifest", manifest)
                .mapTo(boolean.class)
                .one();
    }
}
