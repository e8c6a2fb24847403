package dev.breakwater.events.forward;

import dev.breakwater.events.delivery.ErrorCode;
import dev.breakwater.events.delivery.Reply;
import dev.breakwater.events.delivery.Transport;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The transport of temporary webhooks: an attempt goes down the open connection of its forwarder, which calls the
 * local program and reports back what that answered. The report ends the attempt (events.md 11).
 */
public final class Forwarders implements Transport {

    private final TimeSource time;
    private final Duration timeout;
    private final Map<UUID, Connection> connections = new ConcurrentHashMap<>();

    /** A transport whose attempts may take this long. */
    public Forwarders(TimeSource time, Duration timeout) {
        this.time = time;
        this.timeout = timeout;
    }

    @Override
    public Reply send(Webhook webhook, Message message) {
        @Nullable Connection connection = connections.get(webhook.id());
        if (connection == null) {
            return new Reply.None(ErrorCode.CONNECTION_FAILED);
        }
        CompletableFuture<Reply> reply = connection.send(message);
        TimeSource.Alarm alarm =
                time.at(time.instant().plus(timeout), () -> reply.complete(new Reply.None(ErrorCode.TIMEOUT)));
        try {
            return reply.join();
        } finally {
            alarm.cancel();
            connection.ended(message.deliveryId());
        }
    }

    /** A connection that was opened for this webhook. */
    Connection open(UUID webhookId) {
        Connection connection = new Connection();
        connections.put(webhookId, connection);
        return connection;
    }

    /** The connection has ended: what is under way fails at once. */
    void close(UUID webhookId) {
        @Nullable Connection connection = connections.remove(webhookId);
        if (connection != null) {
            connection.close();
        }
    }

    /** Ends an attempt with what the local program answered; false when no such attempt is under way. */
    boolean report(UUID webhookId, UUID deliveryId, Reply reply) {
        @Nullable Connection connection = connections.get(webhookId);
        return connection != null && connection.report(deliveryId, reply);
    }

    /** Ends all connections, because this node ends. */
    void closeAll() {
        connections.keySet().forEach(this::close);
    }
}
