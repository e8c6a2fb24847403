package dev.breakwater.events.forward;

import dev.breakwater.events.delivery.ErrorCode;
import dev.breakwater.events.delivery.Reply;
import dev.breakwater.events.delivery.Transport.Message;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is under way on the open connection of one forwarder; the dispatcher bounds how much that is. */
final class Connection {

    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final Map<UUID, CompletableFuture<Reply>> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What the writer of the connection takes from the queue. */
    sealed interface Item {}

    /** An attempt to send. */
    record Attempt(Message message) implements Item {}

    /** Nothing follows. */
    record End() implements Item {}

    /** Sends an attempt; its reply comes with the report, or at the end of the connection. */
    CompletableFuture<Reply> send(Message message) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        underWay.put(message.deliveryId(), reply);
        queue.add(new Attempt(message));
        if (closed) {
            reply.complete(broken());
        }
        return reply;
    }

    /** The next item; empty when there was none for this long. */
    Optional<Item> next(long seconds) throws InterruptedException {
        return Optional.ofNullable(queue.poll(seconds, TimeUnit.SECONDS));
    }

    boolean report(UUID deliveryId, Reply reply) {
        @Nullable CompletableFuture<Reply> waiting = underWay.get(deliveryId);
        return waiting != null && waiting.complete(reply);
    }

    void ended(UUID deliveryId) {
        underWay.remove(deliveryId);
    }

    void close() {
        closed = true;
        queue.add(new End());
        underWay.values().forEach(reply -> reply.complete(broken()));
    }

    private static Reply broken() {
        return new Reply.None(ErrorCode.CONNECTION_FAILED);
    }
}
