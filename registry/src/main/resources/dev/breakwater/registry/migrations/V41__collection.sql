-- A doomed blob that is still referred to is one whose bytes were found missing; it is whole again when it is pushed.
ALTER TABLE registry.blob ADD COLUMN missing_at timestamptz;

-- Both who names a blob anywhere and who names it in a repository are asked before it is freed.
DROP INDEX registry.manifest_blob_of_repository;
CREATE INDEX manifest_blob_by_digest ON registry.manifest_blob (digest, repository_id);

-- Collections that somebody asked for or that were scheduled.
CREATE TABLE registry.collection_run (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trigger         text        NOT NULL CHECK (trigger IN ('MANUAL', 'SCHEDULE')),
    delete_untagged boolean     NOT NULL,
    dry_run         boolean     NOT NULL,
    workers         smallint    NOT NULL,
    status          text        NOT NULL CHECK (status IN ('Pending', 'Running', 'Success', 'Error', 'Stopped')),
    stopping        boolean     NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    manifests       bigint      NOT NULL DEFAULT 0,
    blobs           bigint      NOT NULL DEFAULT 0,
    bytes           bigint      NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX collection_run_going ON registry.collection_run ((true)) WHERE status IN ('Pending', 'Running');

CREATE TABLE registry.collection_log (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint      NOT NULL REFERENCES registry.collection_run ON DELETE CASCADE,
    at     timestamptz NOT NULL,
    line   text        NOT NULL
);
CREATE INDEX collection_log_of_run ON registry.collection_log (run_id, id);

-- The manifests that a dry run would remove; only while it runs.
CREATE TABLE registry.collection_plan (
    run_id      bigint NOT NULL REFERENCES registry.collection_run ON DELETE CASCADE,
    manifest_id bigint NOT NULL,
    PRIMARY KEY (run_id, manifest_id)
);

