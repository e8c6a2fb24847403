-- Entries of the log that are still to be forwarded. They are taken from here when the endpoint has them.
CREATE TABLE registry.activity_forward (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    username      text        NOT NULL,
    operation     text        COLLATE "C" NOT NULL,
    resource_type text        COLLATE "C" NOT NULL,
    resource      text        NOT NULL,
    succeeded     boolean     NOT NULL,
    description   text        NOT NULL
);

-- What becomes of an entry of the log, decided in the transaction of what it tells of: while an endpoint is configured it
-- waits to be forwarded, and the log itself keeps it unless that is to be skipped. A trigger, as entries come from several
-- statements, and none of them has to know.
CREATE FUNCTION registry.forward_activity() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM registry.configuration
               WHERE key = 'audit_log_forward_endpoint' AND value <> '""') THEN
        INSERT INTO registry.activity_forward
            (at, username, operation, resource_type, resource, succeeded, description)
        VALUES (NEW.at, NEW.username, CASE NEW.operation WHEN 'push' THEN 'create' ELSE NEW.operation END,
            NEW.resource_type, NEW.resource, NEW.succeeded, NEW.description);
        IF EXISTS (SELECT FROM registry.configuration
                   WHERE key = 'skip_audit_log_database' AND value = 'true') THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER forward_activity BEFORE INSERT ON registry.activity
    FOR EACH ROW EXECUTE FUNCTION registry.forward_activity();
