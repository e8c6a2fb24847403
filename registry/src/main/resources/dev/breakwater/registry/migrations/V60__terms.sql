-- On what terms somebody may write to a project at this moment: all that the rules of a push have to know, in one look.
-- What is not configured has the values of a fresh installation.
CREATE FUNCTION registry.terms(project bigint)
    RETURNS TABLE (read_only boolean, storage_limit bigint, mirrors boolean, immutable_tags boolean, replicates boolean)
    LANGUAGE sql STABLE
    AS $$
        SELECT coalesce((SELECT value = 'true' FROM registry.configuration WHERE key = 'read_only'), false),
               (SELECT storage FROM registry.quota q WHERE q.project_id = project AND q.storage >= 0
                AND coalesce((SELECT value = 'true' FROM registry.configuration
                              WHERE key = 'quota_per_project_enable'), true)),
               EXISTS (SELECT FROM registry.proxy_project m WHERE m.project_id = project),
               EXISTS (SELECT FROM registry.immutable_rule i WHERE i.project_id = project AND NOT i.disabled),
               EXISTS (SELECT FROM registry.replication_policy p WHERE p.project_id = project AND p.enabled)
    $$;
