package dev.breakwater.bench.console;

import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.target.ManifestCopies;
import dev.breakwater.bench.target.Rows;
import dev.breakwater.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Fills the database beside the server, which would take an hour by its APIs. The rows are like those that it writes.
 */
final class Stock {

    private static final String EVENTS = """
            INSERT INTO events.event (id, workspace_id, type, payload, created_at)
            SELECT uuidv7(age), w.id, (ARRAY['order.shipped', 'order.returned', 'invoice.issued', 'payment.taken'])[1 + n % 4],
                   '{"order_id":"ord_' || n || '","carrier":"ups","lines":[{"sku":"A-1","count":2},{"sku":"B-7","count":1}]}',
                   now() + age
            FROM generate_series(1, ?) n, LATERAL (SELECT make_interval(secs => -2.5 * (? - n)) AS age) a,
                 (SELECT id FROM events.workspace ORDER BY created_at LIMIT 1) w""";

    private static final String DELIVERIES = """
            INSERT INTO events.delivery (id, workspace_id, webhook_id, event_id, event_type, status, attempt_count, created_at)
            SELECT uuidv7(e.created_at - now()), e.workspace_id, w.id, e.id, e.type,
                   CASE WHEN row_number() OVER () % 50 = 0 THEN 'failed' ELSE 'delivered' END, 1, e.created_at
            FROM events.event e, (SELECT id FROM events.webhook ORDER BY created_at LIMIT 1) w
            WHERE e.type = 'order.shipped'""";

    private static final String ATTEMPTS = """
            INSERT INTO events.attempt (delivery_id, number, trigger, started_at, duration_ms, response_status,
                                        response_headers, response_body, error_code)
            SELECT id, 1, 'automatic', created_at, 12, CASE status WHEN 'failed' THEN 500 ELSE 200 END,
                   '{"content-type":"text/plain"}', 'ok', CASE status WHEN 'failed' THEN 'http_status' END
            FROM events.delivery""";

    private static final String ACTIVITY = """
            INSERT INTO events.activity (workspace_id, minute, node, events, delivered, failed)
            SELECT w.id, date_trunc('minute', now()) - make_interval(mins => n), gen_random_uuid(), 24, 6, n % 2
            FROM generate_series(1, 2880) n, (SELECT id FROM events.workspace ORDER BY created_at LIMIT 1) w""";

    private static final String AUDIT = """
            INSERT INTO tenancy.audit_entry (id, at, organization_id, actor, actor_name, action, target, request_id, address)
            SELECT uuidv7(make_interval(secs => -n)), now() - make_interval(secs => n), o.id, 'usr_x', 'admin',
                   'webhook.updated', 'wh_' || n, 'req_' || n, '127.0.0.1'
            FROM generate_series(1, 100000) n, (SELECT id FROM tenancy.organization ORDER BY created_at LIMIT 1) o""";

    private static final String REPOSITORIES = """
            INSERT INTO registry.repository (project_id, name, description, pull_count, created_at, updated_at)
            SELECT r.project_id, 'library/service-' || lpad(n::text, 3, '0'), '', n * 13, now(), now()
            FROM generate_series(1, ?) n, (SELECT project_id FROM registry.repository WHERE name = 'library/hello') r""";

    private static final String LOG = """
            INSERT INTO registry.activity (at, username, project_id, operation, resource_type, resource, repository, tag, succeeded)
            SELECT now() - make_interval(secs => 100000 - n), 'admin', r.project_id, 'push', 'artifact',
                   'library/service-001:v' || n, 'library/service-001', 'v' || n, true
            FROM generate_series(1, 100000) n, (SELECT project_id FROM registry.repository WHERE name = 'library/hello') r""";

    private static final String HOURS = """
            INSERT INTO registry.use_hour (hour, repository_id, pushes, pulls)
            SELECT date_trunc('hour', now(), 'UTC') - make_interval(hours => n), r.id, 40, n * 10
            FROM generate_series(1, 744) n, registry.repository r WHERE r.name LIKE 'library/service-%'""";

    private Stock() {}

    /** Fills it; an image and a webhook are there already. */
    static void fill(DatabaseAddress address, Amounts amounts, Progress progress) throws SQLException {
        try (Connection connection = address.connect()) {
            Rows.write(connection, progress, "events", EVENTS, amounts.events(), amounts.events());
            Rows.write(connection, progress, "deliveries", DELIVERIES);
            Rows.write(connection, progress, "attempts", ATTEMPTS);
            Rows.write(connection, progress, "minutes of activity", ACTIVITY);
            Rows.write(connection, progress, "audit entries", AUDIT);
            Rows.write(connection, progress, "repositories", REPOSITORIES, amounts.repositories());
            ManifestCopies.fill(connection, progress, "library/service-%", amounts.artifacts());
            Rows.write(connection, progress, "log entries", LOG);
            Rows.write(connection, progress, "hours of use", HOURS);
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
        }
    }
}
