-- Registries to which projects are copied.
CREATE TABLE registry.replication_target (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        COLLATE "C" NOT NULL UNIQUE,
    -- With its scheme, without a slash at the end.
    endpoint   text        COLLATE "C" NOT NULL UNIQUE,
    username   text        NOT NULL,
    -- Encrypted with the key of the organization and bound to the number above; null for none.
    password   bytea,
    -- 0 for a Harbor, 1 for a plain registry
    type       smallint    NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

-- Which project is copied to where.
CREATE TABLE registry.replication_policy (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL REFERENCES registry.project,
    target_id   bigint      NOT NULL REFERENCES registry.replication_target,
    name        text        NOT NULL,
    description text        NOT NULL,
    enabled     boolean     NOT NULL,
    -- When it also runs by itself; empty for never.
    cron        text        NOT NULL,
    next_run_at timestamptz,
    -- When it was last enabled.
    started_at  timestamptz,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE (project_id, target_id)
);
CREATE INDEX replication_policy_of_target ON registry.replication_policy (target_id);
CREATE INDEX replication_policy_due ON registry.replication_policy (next_run_at) WHERE next_run_at IS NOT NULL;

-- The copying of one repository, or of some of its tags, and the removal of tags on the other side. It is written in
-- the transaction that makes it necessary, and done by any node.
CREATE TABLE registry.replication_job (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id  bigint      NOT NULL REFERENCES registry.replication_policy ON DELETE CASCADE,
    repository text        COLLATE "C" NOT NULL,
    operation  text        NOT NULL CHECK (operation IN ('transfer', 'delete')),
    -- Tags, and digests of what has no tag; empty for all that the repository has then.
    tags       text[]      NOT NULL,
    status     text        NOT NULL
               CHECK (status IN ('pending', 'running', 'finished', 'error', 'stopped', 'canceled', 'retrying')),
    -- How often it was begun. Who does it may go on while this is still the number it began with.
    attempts   int         NOT NULL DEFAULT 0,
    -- When it is to be done, or taken over from a node that died; null when it has ended.
    due_at     timestamptz,
    log        text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX replication_job_due ON registry.replication_job (due_at, id) WHERE due_at IS NOT NULL;
-- The jobs of one repository are done in their order.
CREATE INDEX replication_job_order ON registry.replication_job (policy_id, repository, id) WHERE due_at IS NOT NULL;
CREATE INDEX replication_job_of_policy ON registry.replication_job (policy_id, id);
