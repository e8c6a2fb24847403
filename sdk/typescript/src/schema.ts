// Made by scripts/generate.mjs from openapi/events.yaml; do not edit.

export interface Workspace {
  id: string;
  name: string;
  status: 'active' | 'suspended' | 'archived';
  /** UTC, whole seconds. */
  createdAt: string;
}

export interface NewEvent {
  workspaceId: string;
  /** Types that begin with `harbor.` are reserved. */
  type: string;
  /** What the sender says about the event. At most 262,144 bytes and 64 levels. */
  payload: Record<string, any>;
}

/** Members come in this order. */
export interface Event {
  id: string;
  /** Segments of letters, digits, `_` and `-`, joined by dots. */
  type: string;
  workspaceId: string;
  /** What the sender says about the event. At most 262,144 bytes and 64 levels. */
  payload: Record<string, unknown>;
  /** UTC, whole seconds. */
  createdAt: string;
}

export type WebhookStatus = 'active' | 'disabled';

export interface NewWebhook {
  workspaceId: string;
  /** An absolute HTTPS URL that leads to a public address. Plain HTTP where the operator allows it. */
  url: string;
  /** What it receives. An event is sent once, even if several entries select it. */
  events: string[];
}

export interface Webhook {
  id: string;
  workspaceId: string;
  /** An absolute HTTPS URL that leads to a public address. Plain HTTP where the operator allows it. */
  url: string;
  /** What it receives. An event is sent once, even if several entries select it. */
  events: string[];
  status: WebhookStatus;
  /** UTC, whole seconds. */
  createdAt: string;
}

export interface WebhookWithSecret {
  id: string;
  workspaceId: string;
  /** An absolute HTTPS URL that leads to a public address. Plain HTTP where the operator allows it. */
  url: string;
  /** What it receives. An event is sent once, even if several entries select it. */
  events: string[];
  status: WebhookStatus;
  /**
   * `Harbor-Signature` is the HMAC-SHA256 of `{Harbor-Timestamp}.{body}` with this whole string as the key, in
   * lower-case hexadecimal. The Standard Webhooks headers use the decoded bytes after `whsec_`.
   */
  secret: string;
  /** UTC, whole seconds. */
  createdAt: string;
}

export interface WebhookChange {
  /** An absolute HTTPS URL that leads to a public address. Plain HTTP where the operator allows it. */
  url?: string | undefined;
  /** What it receives. An event is sent once, even if several entries select it. */
  events?: string[] | undefined;
  status?: WebhookStatus | undefined;
}

export interface Rotation {
  /** How long the previous secret signs as well; 0 for not at all. */
  gracePeriodSeconds?: number | undefined;
}

export interface TestEvent {
  /** Segments of letters, digits, `_` and `-`, joined by dots. */
  type?: string | undefined;
  /** What the sender says about the event. At most 262,144 bytes and 64 levels. */
  payload?: Record<string, any> | undefined;
}

export interface TestStarted {
  eventId: string;
  deliveryId: string;
}

/**
 * `pending`: not attempted yet. `delivering`: an attempt is under way. `retrying`: waits for the next attempt.
 * `held`: the workspace is suspended or the webhook disabled. `delivered`, `failed` and `canceled` are the ends.
 */
export type DeliveryStatus = 'pending' | 'delivering' | 'retrying' | 'held' | 'delivered' | 'failed' | 'canceled';

export interface Delivery {
  id: string;
  workspaceId: string;
  webhookId: string;
  eventId: string;
  /** Segments of letters, digits, `_` and `-`, joined by dots. */
  eventType: string;
  /**
   * `pending`: not attempted yet. `delivering`: an attempt is under way. `retrying`: waits for the next attempt.
   * `held`: the workspace is suspended or the webhook disabled. `delivered`, `failed` and `canceled` are the ends.
   */
  status: DeliveryStatus;
  attemptCount: number;
  /** When the next attempt is due; null when there is none. */
  nextAttemptAt?: string | null | undefined;
  /** UTC, whole seconds. */
  createdAt: string;
}

export interface DeliveryWithAttempts {
  id: string;
  workspaceId: string;
  webhookId: string;
  eventId: string;
  /** Segments of letters, digits, `_` and `-`, joined by dots. */
  eventType: string;
  /**
   * `pending`: not attempted yet. `delivering`: an attempt is under way. `retrying`: waits for the next attempt.
   * `held`: the workspace is suspended or the webhook disabled. `delivered`, `failed` and `canceled` are the ends.
   */
  status: DeliveryStatus;
  attemptCount: number;
  /** When the next attempt is due; null when there is none. */
  nextAttemptAt?: string | null | undefined;
  /** UTC, whole seconds. */
  createdAt: string;
  attempts: Attempt[];
}

export interface Attempt {
  number: number;
  trigger: 'automatic' | 'replay';
  /** UTC, whole seconds. */
  startedAt: string;
  durationMs: number;
  /** Absent when there was no answer. */
  responseStatus?: number | undefined;
  responseHeaders?: Record<string, string> | undefined;
  /** At most the first 16 KB. */
  responseBody?: string | undefined;
  /** Absent on success. */
  errorCode?:
    | 'http_status'
    | 'timeout'
    | 'connection_failed'
    | 'tls_failed'
    | 'dns_failed'
    | 'address_blocked'
    | 'webhook_signature_invalid'
    | undefined;
}

export interface ReplayRequest {
  workspaceId: string;
  /** Only deliveries to this webhook. */
  webhookId?: string | null | undefined;
  /** Only deliveries of this event. */
  eventId?: string | null | undefined;
  /** Only deliveries that ended so; `failed` when absent. */
  status?: 'delivered' | 'failed' | 'canceled' | null | undefined;
  /** Only deliveries made at this time or later. */
  createdAfter?: Date | string | null | undefined;
  /** Only deliveries made before this time, which is the present when absent. */
  createdBefore?: Date | string | null | undefined;
  /** Whether to count only. */
  dryRun?: boolean | null | undefined;
}

export interface BulkReplay {
  id: string;
  workspaceId: string;
  status: 'running' | 'completed';
  /** How many deliveries fitted when it was asked for. */
  matched: number;
  /** How many have been started again. */
  replayed: number;
  /** How many could not be started again. */
  skipped: number;
  /** UTC, whole seconds. */
  createdAt: string;
  completedAt: string | null;
}

export interface ListEvents {
  /** The workspace whose items are listed. */
  workspaceId: string;
  /** The most items on the page. */
  limit?: number | undefined;
  /**
   * The `endCursor` of the previous page, up to 24 hours after it was handed out, or the id of an event that is
   * not older than that. Repeat the filters of the previous page; the limit may change.
   */
  startingAfter?: string | undefined;
  /** Only events of this type, or of types that this pattern selects. Repeat it for several. */
  type?: string | string[] | undefined;
  /** Only events of this time or later. */
  createdAfter?: Date | string | undefined;
  /** Only events before this time. */
  createdBefore?: Date | string | undefined;
}

export interface ListWebhooks {
  /** The workspace whose items are listed. */
  workspaceId: string;
  /** The most items on the page. */
  limit?: number | undefined;
  /** The `endCursor` of the previous page, up to 24 hours after it was handed out. */
  startingAfter?: string | undefined;
}

export interface ListDeliveries {
  /** The workspace whose items are listed. */
  workspaceId: string;
  /** Only deliveries to this webhook. */
  webhookId?: string | undefined;
  /** Only deliveries of this event. */
  eventId?: string | undefined;
  /** Only deliveries with this status. */
  status?: DeliveryStatus | undefined;
  /** The most items on the page. */
  limit?: number | undefined;
  /** The `endCursor` of the previous page, up to 24 hours after it was handed out. */
  startingAfter?: string | undefined;
}

/** The codes of the server's errors. */
export type ServerErrorCode =
  | 'invalid_request'
  | 'authentication_failed'
  | 'permission_denied'
  | 'workspace_suspended'
  | 'resource_not_found'
  | 'idempotency_conflict'
  | 'rate_limit_exceeded'
  | 'internal_error'
  | 'service_unavailable';

/** Members of answers whose content belongs to the user, and is passed on as it is. */
export const OPAQUE_MEMBERS: ReadonlySet<string> = new Set(['payload', 'response_headers']);
