package dev.breakwater.registry.classic.repository;

import dev.breakwater.registry.blob.Digest;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds signatures of cosign and notation: manifests that have the signed one for their subject, or lie under the tag
 * that cosign derives from its digest (registry.md 2.6).
 */
final class SignatureStore {

    private SignatureStore() {}

    /** A tag whose manifest is signed. */
    record Signed(String tag, Digest digest) {}

    private static final String SIGNED = """
            SELECT t.name, m.digest
            FROM registry.tag t JOIN registry.manifest m ON m.id = t.manifest_id AND m.deleted_at IS NULL
            WHERE t.repository_id = :repository AND (
                EXISTS (SELECT FROM registry.tag s WHERE s.repository_id = t.repository_id
                        AND s.name = replace(m.digest, ':', '-') || '.sig')
                OR EXISTS (
                    SELECT FROM registry.manifest s
                    WHERE s.repository_id = t.repository_id AND s.subject = m.digest AND s.deleted_at IS NULL
                    AND (coalesce(s.artifact_type, s.config_type) IN (
                            'application/vnd.cncf.notary.signature', 'application/vnd.dev.cosign.artifact.sig.v1+json')
                         OR s.artifact_type LIKE 'application/vnd.dev.sigstore.bundle%'
                         AND coalesce(s.annotations ->> 'dev.sigstore.bundle.predicateType',
                             'https://sigstore.dev/cosign/sign/v1') = 'https://sigstore.dev/cosign/sign/v1')))
            ORDER BY t.name
            """;

    /** The signed tags of a repository, by name. */
    static List<Signed> signedTags(Handle handle, long repository) {
        return handle.createQuery(SIGNED)
                .bind("repository", repository)
                .map((row, context) -> new Signed(
                        row.getString("name"),
                        Digest.parse(row.getString("digest")).orElseThrow()))
                .list();
    }
}
