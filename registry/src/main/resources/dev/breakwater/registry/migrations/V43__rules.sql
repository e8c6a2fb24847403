-- Rules that keep tags from being moved or removed.
CREATE TABLE registry.immutable_rule (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES registry.project,
    priority   int         NOT NULL,
    disabled   boolean     NOT NULL,
    -- As the API writes them: tag_selectors and scope_selectors.
    selection  jsonb       NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX immutable_rule_of_project ON registry.immutable_rule (project_id, id);

-- What a project keeps of its artifacts. Its number stands in the project's metadata too, as retention_id.
CREATE TABLE registry.retention_policy (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL UNIQUE REFERENCES registry.project,
    -- As the API writes it.
    rules      jsonb       NOT NULL,
    trigger    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE TABLE registry.retention_execution (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id  bigint      NOT NULL REFERENCES registry.retention_policy ON DELETE CASCADE,
    dry_run    boolean     NOT NULL,
    trigger    text        NOT NULL CHECK (trigger IN ('Manual', 'Schedule')),
    status     text        NOT NULL CHECK (status IN ('InProgress', 'Succeed', 'Failed', 'Stopped')),
    stopping   boolean     NOT NULL DEFAULT false,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX retention_execution_of_policy ON registry.retention_execution (policy_id, id);
CREATE INDEX retention_execution_going ON registry.retention_execution (id) WHERE status = 'InProgress';
-- One repository in an execution.
CREATE TABLE registry.retention_task (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    execution_id  bigint      NOT NULL REFERENCES registry.retention_execution ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    repository    text        NOT NULL,
    status        text        NOT NULL CHECK (status IN ('Pending', 'Running', 'Success', 'Error', 'Stopped')),
    total         int         NOT NULL DEFAULT 0,
    retained      int         NOT NULL DEFAULT 0,
    log           text        NOT NULL DEFAULT '',
    started_at    timestamptz NOT NULL,
    ended_at      timestamptz
);
CREATE INDEX retention_task_of_execution ON registry.retention_task (execution_id, id);
