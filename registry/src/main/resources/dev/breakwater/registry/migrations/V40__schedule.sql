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

-- Work that somebody asked for or that was scheduled.
CREATE TABLE registry.run (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- garbage-collection, purge-audit
    kind       text        COLLATE "C" NOT NULL,
    -- Whether no other of its kind may go on at the same time.
    alone      boolean     NOT NULL,
    trigger    text        NOT NULL CHECK (trigger IN ('MANUAL', 'SCHEDULE')),
    parameters jsonb       NOT NULL,
    status     text        NOT NULL CHECK (status IN ('Pending', 'Running', 'Success', 'Error', 'Stopped')),
    stopping   boolean     NOT NULL DEFAULT false,
    -- What was done so far, by name.
    counts     jsonb       NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX run_of_kind ON registry.run (kind, id);
CREATE INDEX run_going ON registry.run (kind, id) WHERE status IN ('Pending', 'Running');
CREATE UNIQUE INDEX run_alone ON registry.run (kind) WHERE alone AND status IN ('Pending', 'Running');

CREATE TABLE registry.run_log (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint      NOT NULL REFERENCES registry.run ON DELETE CASCADE,
    at     timestamptz NOT NULL,
    line   text        NOT NULL
);
CREATE INDEX run_log_of_run ON registry.run_log (run_id, id);
