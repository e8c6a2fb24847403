-- Vulnerabilities that are known and accepted: in one project, or in all that share the list of the system.
CREATE TABLE registry.cve_allowlist (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null for the list of the system
    project_id bigint      UNIQUE NULLS NOT DISTINCT REFERENCES registry.project,
    -- Seconds since 1970, as the API has it; null for never
    expires_at bigint,
    items      text[]      NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
