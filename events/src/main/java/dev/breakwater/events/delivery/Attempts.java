package dev.breakwater.events.delivery;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes single attempts: signs the envelope with the endpoint's present secrets and sends it to its present URL. */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final UUID node;
    private final TimeSource time;
    private final Directory directory;
    private final Transport http;
    private final Transport forwarders;
    private final RetrySchedule schedule;
    private final boolean standardHeaders;
    private final DeliveryMetrics metrics;

    Attempts(
            UUID node,
            TimeSource time,
            Directory directory,
            Transport http,
            Transport forwarders,
            EventsSettings.Deliveries settings,
            RetrySchedule schedule,
            DeliveryMetrics metrics) {
        this.node = node;
        this.time = time;
        this.directory = directory;
        this.http = http;
        this.forwarders = forwarders;
        this.schedule = schedule;
        this.standardHeaders = settings.standardWebhooks();
        this.metrics = metrics;
    }

    /** Makes the attempt; empty when it must not be made now, or not by this node. */
    Optional<Outcome> make(Work work) {
        Optional<Webhook> webhook = deliverable(work);
        return webhook.map(each -> send(work, each));
    }

    /** The endpoint as it is now. The directory may lag behind the table, so a refusal is made sure of. */
    private Optional<Webhook> deliverable(Work work) {
        UUID workspaceId = work.event().workspaceId();
        try {
            return directory
                    .find(workspaceId)
                    .flatMap(entry -> active(entry, work))
                    .or(() -> directory.refresh(workspaceId).flatMap(entry -> active(entry, work)));
        } catch (Failure.Unavailable away) {
            return Optional.empty();
        }
    }

    private Optional<Webhook> active(Directory.Entry entry, Work work) {
        return entry.webhook(work.webhookId())
                .filter(webhook -> entry.workspace().status() == Workspace.Status.ACTIVE
                        && webhook.status() == Webhook.Status.ACTIVE
                        && (webhook.forwarderNode() == null
                                || webhook.forwarderNode().equals(node)));
    }

    private Outcome send(Work work, Webhook webhook) {
        Instant start = time.instant();
        metrics.started(work, start);
        Reply reply = reply(work, webhook, start);
        Instant end = time.instant();
        Duration took = Duration.between(start, end);
        Outcome outcome =
                new Outcome(work, start, took.isNegative() ? Duration.ZERO : took, reply, nextDue(work, reply, end));
        metrics.ended(outcome);
        return outcome;
    }

    private Reply reply(Work work, Webhook webhook, Instant now) {
        try {
            Transport transport = webhook.forwarderNode() == null ? http : forwarders;
            return transport.send(webhook, message(work, webhook, now));
        } catch (RuntimeException fault) {
            // Counts as a failure, so that the schedule bounds how often a fault of ours is repeated.
            log.error("An attempt of {} failed on our side", Ids.text("del", work.id()), fault);
            return new Reply.None(ErrorCode.CONNECTION_FAILED);
        }
    }

    private Transport.Message message(Work work, Webhook webhook, Instant now) {
        byte[] body = Envelope.of(work.id(), work.createdAt(), work.event());
        String timestamp = Long.toString(now.getEpochSecond());
        List<String> secrets = webhook.secrets().at(now);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Harbor-Webhooks/1.0");
        headers.put("Harbor-Signature", Signer.harbor(secrets, timestamp, body));
        headers.put("Harbor-Timestamp", timestamp);
        headers.put("Harbor-Delivery-Id", Ids.text("del", work.id()));
        headers.put("Harbor-Attempt", Integer.toString(work.attempts() + 1));
        if (standardHeaders) {
            String eventId = Ids.text(EventJson.PREFIX, work.event().id());
            headers.put("webhook-id", eventId);
            headers.put("webhook-timestamp", timestamp);
            headers.put("webhook-signature", Signer.standard(secrets, eventId, timestamp, body));
        }
        return new Transport.Message(work.id(), headers, body);
    }

    /** The schedule's delay or the receiver's wish, whichever is later. */
    private @Nullable Instant nextDue(Work work, Reply reply, Instant end) {
        if (reply.error().isEmpty()) {
            return null;
        }
        return schedule.delayAfter(work.step())
                .map(delay -> reply.retryAfter(end)
                        .filter(wish -> wish.compareTo(delay) > 0)
                        .orElse(delay))
                .map(end::plus)
                .orElse(null);
    }
}
