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
/** What every failed call rejects with. */
export declare class HarborError extends Error {
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
    constructor(details: Details);
}
/** Whether something that was caught is a {@link HarborError}, from whichever copy of this package. */
export declare function isHarborError(error: unknown): error is HarborError;
/** A call that can't be sent as it is. */
export declare function invalidRequest(message: string, cause?: unknown): HarborError;
/** The error that an answer other than 2xx stands for, whether our server wrote it or something in front of it. */
export declare function errorOf(response: Response, body: string): HarborError;
export {};
