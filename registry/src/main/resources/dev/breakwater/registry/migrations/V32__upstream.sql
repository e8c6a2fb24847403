-- Registries elsewhere, from which projects are filled and to which they are copied.
CREATE TABLE registry.upstream (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid        NOT NULL REFERENCES tenancy.organization,
    name            text        COLLATE "C" NOT NULL UNIQUE,
    type            text        NOT NULL,
    url             text        NOT NULL,
    description     text        NOT NULL,
    -- Null for anonymous.
    username        text,
    -- Encrypted with the key of the organization and bound to the id.
    secret          bytea,
    insecure        boolean     NOT NULL,
    -- PEM; null for the usual authorities only.
    certificate     text,
    -- What the last look at it found.
    healthy         boolean     NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CHECK ((username IS NULL) = (secret IS NULL))
);
