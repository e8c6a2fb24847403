package dev.breakwater.registry.replication;

import dev.breakwater.registry.blob.Digest;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which blobs a manifest names, as far as they are kept here. */
final class NamedBlobStore {

    private NamedBlobStore() {}

    static List<Digest> list(Handle handle, long manifest) {
        return handle.createQuery("SELECT digest FROM registry.manifest_blob WHERE manifest_id = :manifest")
                .bind("manifest", manifest)
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list();
    }
}
