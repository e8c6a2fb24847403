import type { ServerErrorCode } from './schema.js';

/** Says why a call failed: the server's codes, and two for calls that got no answer. */
export type ErrorCode = ServerErrorCode | 'connection_error' | 'timeout';

interface Details {
  code: string;
  message: string;
  status?: number;
  requestId?: string;
  retryAfterMs?: number | undefined;
  param?: string | undefined;
  cause?: unknown;
}

// Two copies of this module in one process must know each other's errors, so the class alone can't tell.
const BRAND = Symbol.for('@harbor/sdk.HarborError');

/** What every failed call rejects with. */
export class HarborError extends Error {
  /** Stable, one of {@link ErrorCode}; later servers may know more. */
  readonly code: ErrorCode | (string & {});
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** What to quote to the operator; empty when there was no answer. */
  readonly requestId: string;
  /** How long until the same request would pass; only when the rate limit refused it. */
  readonly retryAfterMs: number | undefined;
  /** The field or parameter at fault, where the server names one. */
  readonly param: string | undefined;

  constructor(details: Details) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? '';
    this.retryAfterMs = details.retryAfterMs;
    this.param = details.param;
  }

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'HarborError', configurable: true, writable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }
}

/** Whether something that was caught is a {@link HarborError}, from whichever copy of this package. */
export function isHarborError(error: unknown): error is HarborError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
}

/** A call that can't be sent as it is. */
export function invalidRequest(message: string, cause?: unknown): HarborError {
  return new HarborError({ code: 'invalid_request', message, cause });
}

/** The error that an answer other than 2xx stands for, whether our server wrote it or something in front of it. */
export function errorOf(response: Response, body: string): HarborError {
  const { status, headers } = response;
  const envelope = envelopeOf(body);
  return new HarborError({
    code: text(envelope['code']) ?? codeOf(status),
    message: text(envelope['message']) ?? `The server answered ${status} without saying why.`,
    status,
    requestId: text(envelope['request_id']) ?? headers.get('Harbor-Request-Id') ?? '',
    retryAfterMs: status === 429 ? (milliseconds(envelope['retry_after_ms']) ?? retryAfter(headers)) : undefined,
    param: text(envelope['param']),
  });
}

function envelopeOf(body: string): Record<string, unknown> {
  try {
    const error: unknown = JSON.parse(body)?.error;
    return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'authentication_failed';
    case 403:
      return 'permission_denied';
    case 404:
      return 'resource_not_found';
    case 429:
      return 'rate_limit_exceeded';
    case 502:
    case 503:
    case 504:
      return 'service_unavailable';
    default:
      return status >= 500 ? 'internal_error' : 'invalid_request';
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** `Retry-After` in seconds, for proxies that limit by themselves. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = headers.get('Retry-After');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}
