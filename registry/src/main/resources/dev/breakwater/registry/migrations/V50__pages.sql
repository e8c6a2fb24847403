-- What pages list newest first. The first column is an expression, so that only queries that spell it use the index: the
-- planner, which knows no more than how many manifests a repository has on average, might otherwise take it for looking
-- up one digest in a large one.
CREATE INDEX manifest_by_push ON registry.manifest ((repository_id + 0), pushed_at DESC, id DESC)
    INCLUDE (repository_id) WHERE deleted_at IS NULL;

-- How large the blobs of a repository are together is added up from one index.
ALTER TABLE registry.repository_blob ADD COLUMN size bigint;
UPDATE registry.repository_blob rb SET size = b.size FROM registry.blob b WHERE b.digest = rb.digest;
ALTER TABLE registry.repository_blob ALTER COLUMN size SET NOT NULL;
CREATE INDEX repository_blob_sizes ON registry.repository_blob ((repository_id + 0)) INCLUDE (repository_id, size);
