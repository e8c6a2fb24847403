-- Labels of the system and of projects.
CREATE TABLE registry.label (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null for one of the system
    project_id  bigint      REFERENCES registry.project,
    name        text        NOT NULL,
    description text        NOT NULL,
    color       text        NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (project_id, name)
);
CREATE TABLE registry.manifest_label (
    manifest_id bigint      NOT NULL REFERENCES registry.manifest ON DELETE CASCADE,
    label_id    bigint      NOT NULL REFERENCES registry.label ON DELETE CASCADE,
    attached_at timestamptz NOT NULL,
    PRIMARY KEY (manifest_id, label_id)
);
CREATE INDEX manifest_label_by_label ON registry.manifest_label (label_id);
