/** What a debug line is about. It never holds a key, a secret or a payload. */
export interface LogMeta {
    method: string;
    path: string;
    /** 0 when there was no answer. */
    status: number;
    /** Empty when there was no answer. */
    requestId: string;
    /** Counts from 1. */
    attempt: number;
    durationMs: number;
}
/** Gets one line for every attempt and one for every retry. */
export interface Logger {
    debug(message: string, meta: LogMeta): void;
}
/** What a client was set to. */
export interface Settings {
    baseUrl: string;
    secretKey: string;
    timeoutMs: number;
    maxRetries: number;
    logger: Logger | undefined;
}
/** Options of a call that changes something. */
export interface WriteOptions {
    /**
     * Makes the call safe to repeat, so that it is retried: the server answers a second one within 24 hours with the
     * result of the first. 1 to 255 printable ASCII characters.
     */
    idempotencyKey?: string | undefined;
}
/** Sends calls, repeats those that may be repeated, and logs both. Keeps no state between calls. */
export declare class Transport {
    #private;
    constructor(settings: Settings);
    get<T>(path: string, query?: object): Promise<T>;
    post<T>(path: string, body?: object, options?: WriteOptions): Promise<T>;
    put<T>(path: string, body: object): Promise<T>;
    delete(path: string): Promise<void>;
}
/** An id as a path segment; ids that would name another path are refused here. */
export declare function segment(id: string): string;
