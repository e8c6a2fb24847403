-- The kind of an activity as administrators choose by it; there, what is pushed is created.
CREATE FUNCTION registry.event_type(operation text, resource_type text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (CASE operation WHEN 'push' THEN 'create' ELSE operation END) || '_' || resource_type;

-- Whether activities of a kind go into the log. In the procedural language, as the table it reads is made later.
CREATE FUNCTION registry.is_logged(operation text, resource_type text) RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM registry.configuration c
        WHERE c.key = 'disabled_audit_log_event_types'
        AND registry.event_type(operation, resource_type)
            = ANY (string_to_array(replace(c.value #>> '{}', ' ', ''), ',')));
END $$;

-- Purges of the log that somebody asked for or that were scheduled.
CREATE TABLE registry.purge_run (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trigger         text        NOT NULL CHECK (trigger IN ('MANUAL', 'SCHEDULE')),
    retention_hours bigint      NOT NULL,
    event_types     text        NOT NULL,
    dry_run         boolean     NOT NULL,
    status          text        NOT NULL CHECK (status IN ('Pending', 'Running', 'Success', 'Error', 'Stopped')),
    stopping        boolean     NOT NULL DEFAULT false,
    purged          bigint      NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX purge_run_going ON registry.purge_run (id) WHERE status IN ('Pending', 'Running');
