-- What an execution decided about each artifact, or would have, and why.
CREATE TABLE registry.retention_decision (
    task_id  bigint  NOT NULL REFERENCES registry.retention_task ON DELETE CASCADE,
    -- In the order in which they were looked at.
    position int     NOT NULL,
    digest   text    NOT NULL,
    tags     text[]  NOT NULL,
    kept     boolean NOT NULL,
    reason   text    NOT NULL,
    PRIMARY KEY (task_id, position)
);
