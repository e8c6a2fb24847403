-- The catalog lists all repositories of the installation by name.
CREATE INDEX repository_by_name ON registry.repository (name);

-- The one key with which all nodes sign bearer tokens; encrypted with the key of the organization.
CREATE TABLE registry.token_key (
    number      smallint    PRIMARY KEY DEFAULT 1 CHECK (number = 1),
    private_key bytea       NOT NULL,
    certificate bytea       NOT NULL,
    created_at  timestamptz NOT NULL
);
