-- What recurs by the wish of a user: of each kind and thing at most one schedule.
CREATE TABLE registry.schedule (
    -- garbage-collection, retention and so on
    kind       text        COLLATE "C" NOT NULL,
    -- The number of the thing, 0 for the system as a whole.
    reference  bigint      NOT NULL,
    -- Six fields, seconds first, as they were sent.
    cron       text        NOT NULL,
    -- Null when it never comes again.
    next_at    timestamptz,
    -- What the kind needs to know of it.
    parameters jsonb       NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (kind, reference)
);
CREATE INDEX schedule_due ON registry.schedule (next_at);
