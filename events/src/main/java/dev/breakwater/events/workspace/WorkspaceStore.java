package dev.breakwater.events.workspace;

import dev.breakwater.events.workspace.Workspace.Status;
import dev.breakwater.events.workspace.Workspace.SuspensionReason;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.limit.RateLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The SQL of workspaces. */
public final class WorkspaceStore {

    private static final String COLUMNS =
            "id, organization_id, environment, name, status, suspension_reason, retention_days, rate_per_minute,"
                    + " rate_burst, version, created_at";
    private static final RowMapper<Workspace> ROW = (row, context) -> read(row);

    private WorkspaceStore() {}

    /** Adds a workspace. */
    public static void insert(Handle handle, Workspace workspace) {
        handle.createUpdate("""
                        INSERT INTO events.workspace
                          (id, organization_id, environment, name, status, retention_days, rate_per_minute, rate_burst,
                           version, created_at)
                        VALUES (:id, :organization, :environment, :name, :status, :retention, :rate, :burst,
                           :version, :created)
                        """)
                .bind("id", workspace.id())
                .bind("organization", workspace.organizationId())
                .bind("environment", text(workspace.environment()))
                .bind("name", workspace.name())
                .bind("status", text(workspace.status()))
                .bind("retention", workspace.retentionDays())
                .bind("rate", perMinute(workspace))
                .bind("burst", burst(workspace))
                .bind("version", workspace.version())
                .bind("created", workspace.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** One workspace, whoever owns it. */
    public static Optional<Workspace> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM events.workspace WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    /** One workspace, locked until the end of the transaction. */
    public static Optional<Workspace> lock(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM events.workspace WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    /** The workspaces of an organization, newest first, those older than {@code after}. */
    public static List<Workspace> list(
            Handle handle, UUID organization, @Nullable Environment environment, @Nullable UUID after, int limit) {
        return handle.createQuery("""
                        SELECT %s FROM events.workspace
                        WHERE organization_id = :organization
                          AND (:environment::text IS NULL OR environment = :environment)
                          AND (:after::uuid IS NULL OR id < :after)
                        ORDER BY id DESC LIMIT :limit
                        """.formatted(COLUMNS))
                .bind("organization", organization)
                .bind("environment", environment == null ? null : text(environment))
                .bindByType("after", after, UUID.class)
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    /** Stores a changed workspace under its next version, and tells every node. */
    public static void update(Handle handle, Workspace workspace) {
        handle.createUpdate("""
                        UPDATE events.workspace
                        SET name = :name, status = :status, suspension_reason = :reason,
                            retention_days = :retention, rate_per_minute = :rate, rate_burst = :burst
                        WHERE id = :id
                        """)
                .bind("id", workspace.id())
                .bind("name", workspace.name())
                .bind("status", text(workspace.status()))
                .bind("reason", text(workspace.suspensionReason()))
                .bind("retention", workspace.retentionDays())
                .bind("rate", perMinute(workspace))
                .bind("burst", burst(workspace))
                .execute();
        changed(handle, workspace.id());
    }

    /** Counts a change of the workspace or of its webhooks, and tells every node when the transaction commits. */
    public static void changed(Handle handle, UUID id) {
        handle.createUpdate("UPDATE events.workspace SET version = version + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
        handle.createQuery("SELECT pg_notify('events_workspace', :id)")
                .bind("id", id.toString())
                .map((row, context) -> "")
                .one();
    }

    private static Workspace read(ResultSet row) throws SQLException {
        @Nullable String reason = row.getString("suspension_reason");
        return new Workspace(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                Environment.valueOf(row.getString("environment").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                reason == null ? null : SuspensionReason.valueOf(reason.toUpperCase(Locale.ROOT)),
                row.getInt("retention_days"),
                RateLimit.of(
                        row.getObject("rate_per_minute", Integer.class), row.getObject("rate_burst", Integer.class)),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Integer perMinute(Workspace workspace) {
        RateLimit limit = workspace.rateLimit();
        return limit == null ? null : limit.requestsPerMinute();
    }

    private static @Nullable Integer burst(Workspace workspace) {
        RateLimit limit = workspace.rateLimit();
        return limit == null ? null : limit.burst();
    }

    private static @Nullable String text(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
