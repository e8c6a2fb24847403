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
