package dev.breakwater.events.idempotency;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.OrganizationKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Lets a request that is sent twice take effect once: the record of its key is written in the transaction of the
 * change itself, with the answer, encrypted. A second request with the same key waits for the first, up to five
 * seconds (events.md 6).
 */
public final class Idempotency {

    private static final Duration LIFE = Duration.ofHours(24);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final OrganizationKeys keys;
    private final TimeSource time;

    /** Keeps its records in this database, encrypted with the organizations' keys. */
    public Idempotency(Database database, OrganizationKeys keys, TimeSource time) {
        this.database = database;
        this.keys = keys;
        this.time = time;
    }

    /** A change that is made in a transaction and answered. */
    @FunctionalInterface
    public interface Change {
        /** Makes the change. */
        Answer make(Handle handle);
    }

    /** In whose name a key is used: keys of one workspace, method and path share one space. */
    public record Owner(UUID organization, UUID workspaceId) {}

    private record Held(byte[] fingerprint, byte[] answer) {}

    /**
     * Makes the change, unless its key says that it has been made, and answers.
     *
     * @throws Failure.Conflict when the key stands for another body, or its first request takes too long
     */
    public Answer once(Call call, Owner owner, Change change) {
        Optional<String> key = IdempotencyKey.of(call);
        if (key.isEmpty()) {
            return database.transact(change::make);
        }
        byte[] fingerprint = Fingerprint.of(call.body());
        String route = call.method() + " " + call.path();
        try {
            return database.transact(handle -> keyed(handle, owner, route, key.get(), fingerprint, change));
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                throw IdempotencyKey.inProgress(key.get());
            }
            throw e;
        }
    }

    private Answer keyed(Handle handle, Owner owner, String route, String key, byte[] fingerprint, Change change) {
        if (claim(handle, owner, route, key, fingerprint)) {
            Answer answer = change.make(handle);
            remember(handle, owner, route, key, answer);
            return answer;
        }
        Held held = held(handle, owner, route, key);
        if (!Arrays.equals(fingerprint, held.fingerprint())) {
            throw IdempotencyKey.conflict(key);
        }
        return decode(keys.of(owner.organization()).decrypt(held.answer(), context(owner)))
                .with(IdempotencyKey.REPLAYED, "true");
    }

    private boolean claim(Handle handle, Owner owner, String route, String key, byte[] fingerprint) {
        Instant now = time.instant();
        handle.execute("SET LOCAL lock_timeout = '5s'");
        boolean claimed = handle.createQuery("""
                        INSERT INTO events.idempotency AS held (workspace_id, route, key, fingerprint, created_at)
                        VALUES (:workspace, :route, :key, :fingerprint, :now)
                        ON CONFLICT (workspace_id, route, key) DO UPDATE
                            SET fingerprint = excluded.fingerprint, event_id = NULL, answer = NULL,
                                created_at = excluded.created_at
                            WHERE held.created_at <= :ended
                        RETURNING true
                        """)
                .bind("workspace", owner.workspaceId())
                .bind("route", route)
                .bind("key", key)
                .bind("fingerprint", fingerprint)
                .bind("now", utc(now))
                .bind("ended", utc(now.minus(LIFE)))
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
        handle.execute("SET LOCAL lock_timeout = 0");
        return claimed;
    }

    private void remember(Handle handle, Owner owner, String route, String key, Answer answer) {
        handle.createUpdate("""
                        UPDATE events.idempotency SET answer = :answer
                        WHERE workspace_id = :workspace AND route = :route AND key = :key
                        """)
                .bind("workspace", owner.workspaceId())
                .bind("route", route)
                .bind("key", key)
                .bind("answer", keys.of(owner.organization()).encrypt(encode(answer), context(owner)))
                .execute();
    }

    private static Held held(Handle handle, Owner owner, String route, String key) {
        return handle.createQuery("""
                        SELECT fingerprint, answer FROM events.idempotency
                        WHERE workspace_id = :workspace AND route = :route AND key = :key
                        """)
                .bind("workspace", owner.workspaceId())
                .bind("route", route)
                .bind("key", key)
                .map((row, context) -> new Held(row.getBytes("fingerprint"), row.getBytes("answer")))
                .one();
    }

    /** Answers that change something are JSON in memory; status and body are all there is to keep. */
    private static byte[] encode(Answer answer) {
        byte[] body = answer.body() instanceof Answer.Bytes bytes ? bytes.content() : new byte[0];
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(answer.status())
                .put(body)
                .array();
    }

    private static Answer decode(byte[] kept) {
        int status = ByteBuffer.wrap(kept).getInt();
        return Answer.json(status, Arrays.copyOfRange(kept, Integer.BYTES, kept.length));
    }

    private static byte[] context(Owner owner) {
        return ("idempotency " + owner.workspaceId()).getBytes(StandardCharsets.US_ASCII);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Forgets the records that have ended; returns how many those were. */
    public int sweep() {
        return database.query(handle -> handle.createUpdate("DELETE FROM events.idempotency WHERE created_at <= :ended")
                .bind("ended", utc(time.instant().minus(LIFE)))
                .execute());
    }
}
