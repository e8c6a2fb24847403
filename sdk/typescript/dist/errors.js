"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.HarborError = void 0;
exports.isHarborError = isHarborError;
exports.invalidRequest = invalidRequest;
exports.errorOf = errorOf;
// Two copies of this module in one process must know each other's errors, so the class alone can't tell.
const BRAND = Symbol.for('@harbor/sdk.HarborError');
/** What every failed call rejects with. */
class HarborError extends Error {
    /** Stable, one of {@link ErrorCode}; later servers may know more. */
    code;
    /** The HTTP status; 0 when there was no answer. */
    status;
    /** What to quote to the operator; empty when there was no answer. */
    requestId;
    /** How long until the same request would pass; only when the rate limit refused it. */
    retryAfterMs;
    /** The field or parameter at fault, where the server names one. */
    param;
    constructor(details) {
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
exports.HarborError = HarborError;
/** Whether something that was caught is a {@link HarborError}, from whichever copy of this package. */
function isHarborError(error) {
    return typeof error === 'object' && error !== null && error[BRAND] === true;
}
/** A call that can't be sent as it is. */
function invalidRequest(message, cause) {
    return new HarborError({ code: 'invalid_request', message, cause });
}
/** The error that an answer other than 2xx stands for, whether our server wrote it or something in front of it. */
function errorOf(response, body) {
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
function envelopeOf(body) {
    try {
        const error = JSON.parse(body)?.error;
        return typeof error === 'object' && error !== null ? error : {};
    }
    catch {
        return {};
    }
}
function codeOf(status) {
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
function text(value) {
    return typeof value === 'string' ? value : undefined;
}
function milliseconds(value) {
    return typeof value === 'number' && value >= 0 ? value : undefined;
}
/** `Retry-After` in seconds, for proxies that limit by themselves. */
function retryAfter(headers) {
    const seconds = headers.get('Retry-After');
    return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}
