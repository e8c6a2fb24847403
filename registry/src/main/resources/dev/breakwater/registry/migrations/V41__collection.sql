-- A doomed blob that is still referred to is one whose bytes were found missing; it is whole again when it is pushed.
ALTER TABLE registry.blob ADD COLUMN missing_at timestamptz;

-- Both who names a blob anywhere and who names it in a repository are asked before it is freed.
DROP INDEX registry.manifest_blob_of_repository;
CREATE INDEX manifest_blob_by_digest ON registry.manifest_blob (digest, repository_id);

-- The manifests that a dry run would remove; only while it runs.
CREATE TABLE registry.collection_plan (
    run_id      bigint NOT NULL REFERENCES registry.run ON DELETE CASCADE,
    manifest_id bigint NOT NULL,
    PRIMARY KEY (run_id, manifest_id)
);
