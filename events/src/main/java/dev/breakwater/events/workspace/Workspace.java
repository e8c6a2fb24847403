package dev.breakwater.events.workspace;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.limit.RateLimit;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace (events.md 4.1).
 *
 * @param id its identity
 * @param organizationId the organization that owns it
 * @param environment the one environment it lives in
 * @param name what people call it, 1 to 120 characters
 * @param status whether it accepts writes and delivers
 * @param suspensionReason why it is suspended; null unless it is
 * @param retentionDays how long its events are kept, 0 for ever
 * @param rateLimit its own numbers instead of the installation's; null for those
 * @param version counts the changes of the workspace and of its webhooks
 * @param createdAt when it was made
 */
public record Workspace(
        UUID id,
        UUID organizationId,
        Environment environment,
        String name,
        Status status,
        @Nullable SuspensionReason suspensionReason,
        int retentionDays,
        @Nullable RateLimit rateLimit,
        long version,
        Instant createdAt) {

    private static final int DEFAULT_RETENTION_DAYS = 90;

    /** A new workspace as the time in its id says: active, with the default retention. */
    public static Workspace fresh(UUID id, UUID organizationId, Environment environment, String name) {
        return new Workspace(
                id,
                organizationId,
                environment,
                name,
                Status.ACTIVE,
                null,
                DEFAULT_RETENTION_DAYS,
                null,
                1,
                Ids.time(id));
    }

    /** The same workspace under another name or in another state. */
    Workspace with(String newName, Status newStatus, @Nullable SuspensionReason newReason) {
        return new Workspace(
                id,
                organizationId,
                environment,
                newName,
                newStatus,
                newReason,
                retentionDays,
                rateLimit,
                version,
                createdAt);
    }

    /** The same workspace with other numbers. */
    Workspace with(int newRetentionDays, @Nullable RateLimit newRateLimit) {
        return new Workspace(
                id,
                organizationId,
                environment,
                name,
                status,
                suspensionReason,
                newRetentionDays,
                newRateLimit,
                version,
                createdAt);
    }

    /** Whether a workspace accepts writes and delivers (events.md 7.3). */
    public enum Status {
        /** It does. */
        ACTIVE,
        /** Not until it is active again; due attempts wait. */
        SUSPENDED,
        /** Never again; pending deliveries were canceled. */
        ARCHIVED
    }

    /** Why a workspace is suspended. */
    public enum SuspensionReason {
        /** Reads still work. */
        BILLING,
        /** Event and webhook reads are refused as well. */
        POLICY
    }
}
