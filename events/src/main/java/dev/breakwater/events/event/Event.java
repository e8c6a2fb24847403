package dev.breakwater.events.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event: something that happened, stored once and never changed (events.md 4.2, 8).
 *
 * @param id its identity and its place in the order of events
 * @param workspaceId the workspace it belongs to
 * @param type such as {@code order.shipped}
 * @param payload the JSON object as it was sent, without insignificant white space, in UTF-8
 * @param createdAt when it was accepted
 */
public record Event(UUID id, UUID workspaceId, String type, byte[] payload, Instant createdAt) {}
