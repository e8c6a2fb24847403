-- The limits of projects; one without a row has none.
CREATE TABLE registry.quota (
    project_id bigint      PRIMARY KEY REFERENCES registry.project,
    -- In bytes, -1 for no limit.
    storage    bigint      NOT NULL CHECK (storage >= -1),
    updated_at timestamptz NOT NULL
);
