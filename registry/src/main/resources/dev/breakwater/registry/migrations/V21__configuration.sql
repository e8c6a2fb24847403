-- The configuration that administrators change through the APIs: only what differs from the installation settings.
CREATE TABLE registry.configuration (
    key    text  COLLATE "C" PRIMARY KEY,
    -- JSON; null for a secret
    value  jsonb,
    -- encrypted with the key of the organization and bound to the key above; null for all others
    secret bytea,
    CHECK ((value IS NULL) <> (secret IS NULL))
);
