-- Manifests that belong to another: those that have it for their subject, and those under a tag that old cosign derives
-- from its digest. What such a tag says and what the subject says is told from both sides, so that either can be
-- looked up by an index.
CREATE VIEW registry.accessory AS
SELECT a.id AS manifest_id,
       s.id AS subject_id,
       CASE
           WHEN coalesce(a.artifact_type, a.config_type) = 'application/vnd.cncf.notary.signature'
               THEN 'signature.notation'
           WHEN coalesce(a.artifact_type, a.config_type) = 'application/vnd.dev.cosign.artifact.sig.v1+json'
               THEN 'signature.cosign'
           WHEN a.artifact_type LIKE 'application/vnd.dev.sigstore.bundle%'
                AND coalesce(a.annotations ->> 'dev.sigstore.bundle.predicateType',
                             'https://sigstore.dev/cosign/sign/v1') = 'https://sigstore.dev/cosign/sign/v1'
               THEN 'signature.cosign'
           WHEN coalesce(a.artifact_type, a.config_type) = 'application/vnd.goharbor.harbor.sbom.v1'
               THEN 'sbom.harbor'
           ELSE 'subject.accessory'
       END AS type
FROM registry.manifest a
JOIN registry.manifest s ON s.repository_id = a.repository_id AND s.digest = a.subject AND s.deleted_at IS NULL
WHERE a.subject IS NOT NULL AND a.deleted_at IS NULL
UNION
SELECT t.manifest_id,
       s.id,
       CASE WHEN t.name LIKE '%.sig' THEN 'signature.cosign' ELSE 'subject.accessory' END
FROM registry.tag t
JOIN registry.manifest s
    ON s.repository_id = t.repository_id
    AND s.digest = 'sha256:' || substr(t.name, 8, 64)
    AND t.name IN (replace(s.digest, ':', '-') || '.sig', replace(s.digest, ':', '-') || '.att',
                   replace(s.digest, ':', '-') || '.sbom')
    AND s.deleted_at IS NULL
WHERE t.name LIKE 'sha256-%';
