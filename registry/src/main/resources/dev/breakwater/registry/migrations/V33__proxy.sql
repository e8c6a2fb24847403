-- Projects that mirror a registry elsewhere. A project is one from its first moment or never.
CREATE TABLE registry.proxy_project (
    project_id  bigint PRIMARY KEY REFERENCES registry.project,
    -- Only a project that is deleted loses it.
    upstream_id bigint NOT NULL REFERENCES registry.upstream ON DELETE CASCADE
);
CREATE INDEX proxy_project_by_upstream ON registry.proxy_project (upstream_id);
