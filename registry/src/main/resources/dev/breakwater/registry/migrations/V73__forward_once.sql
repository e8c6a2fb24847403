-- Whether entries of the log are forwarded is asked once for each statement that adds some, not for each entry: pulls come
-- by the thousand.
DROP TRIGGER forward_activity ON registry.activity;

CREATE OR REPLACE FUNCTION registry.forward_activity() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM registry.configuration
               WHERE key = 'audit_log_forward_endpoint' AND value <> '""') THEN
        INSERT INTO registry.activity_forward
            (at, username, operation, resource_type, resource, succeeded, description)
        SELECT at, username, CASE operation WHEN 'push' THEN 'create' ELSE operation END, resource_type, resource,
            succeeded, description
        FROM added ORDER BY id;
        IF EXISTS (SELECT FROM registry.configuration
                   WHERE key = 'skip_audit_log_database' AND value = 'true') THEN
            DELETE FROM registry.activity WHERE id IN (SELECT id FROM added);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER forward_activity AFTER INSERT ON registry.activity
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry.forward_activity();
