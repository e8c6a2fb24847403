"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Transport = void 0;
exports.segment = segment;
const errors_js_1 = require("./errors.js");
const names_js_1 = require("./names.js");
const version_js_1 = require("./version.js");
const TRANSIENT_STATUSES = new Set([429, 500, 502, 503, 504]);
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 8_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Sends calls, repeats those that may be repeated, and logs both. Keeps no state between calls. */
class Transport {
    #settings;
    constructor(settings) {
        this.#settings = settings;
    }
    get(path, query) {
        return this.#send(query ? { method: 'GET', path, query } : { method: 'GET', path });
    }
    post(path, body, options) {
        const idempotencyKey = options?.idempotencyKey;
        return this.#send(body ? { method: 'POST', path, body, idempotencyKey } : { method: 'POST', path, idempotencyKey });
    }
    put(path, body) {
        return this.#send({ method: 'PUT', path, body });
    }
    delete(path) {
        return this.#send({ method: 'DELETE', path });
    }
    async #send(call) {
        const { url, init } = this.#request(call);
        const repeatable = call.method === 'GET' || call.idempotencyKey !== undefined;
        for (let attempt = 1;; attempt++) {
            const meta = {
                method: call.method,
                path: url.pathname,
                status: 0,
                requestId: '',
                attempt,
                durationMs: 0,
            };
            try {
                return (await this.#attempt(url, init, meta));
            }
            catch (error) {
                if (!repeatable || attempt > this.#settings.maxRetries || !isTransient(error))
                    throw error;
                const waitMs = error.retryAfterMs ?? backoff(attempt);
                this.#log(`Retrying ${meta.method} ${meta.path} in ${Math.round(waitMs)} ms`, meta);
                await sleep(waitMs);
            }
        }
    }
    #request(call) {
        const { secretKey, baseUrl } = this.#settings;
        const headers = {
            Accept: 'application/json',
            Authorization: `Bearer ${secretKey}`,
            'User-Agent': `harbor-sdk-typescript/${version_js_1.VERSION}`,
        };
        if (call.idempotencyKey !== undefined) {
            if (typeof call.idempotencyKey !== 'string' || !/^[!-~]{1,255}$/.test(call.idempotencyKey)) {
                throw (0, errors_js_1.invalidRequest)('idempotencyKey must have 1 to 255 printable ASCII characters and no spaces.');
            }
            headers['Idempotency-Key'] = call.idempotencyKey;
        }
        const url = new URL(baseUrl + call.path);
        appendQuery(url, call.query ?? {});
        // An answer that leads elsewhere is an error: the key must not go to another address.
        const init = { method: call.method, headers, redirect: 'manual' };
        if (call.body) {
            headers['Content-Type'] = 'application/json';
            init.body = encode(call.body);
        }
        return { url, init };
    }
    /** One request with its answer, within the time-out. */
    async #attempt(url, init, meta) {
        const { timeoutMs } = this.#settings;
        const started = performance.now();
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), timeoutMs);
        let response;
        let body;
        try {
            response = await fetch(url, { ...init, signal: abort.signal });
            meta.status = response.status;
            meta.requestId = response.headers.get('Harbor-Request-Id') ?? '';
            body = await response.text();
        }
        catch (cause) {
            throw abort.signal.aborted
                ? new errors_js_1.HarborError({ code: 'timeout', message: `No answer from ${url.origin} within ${timeoutMs} ms.`, cause })
                : new errors_js_1.HarborError({
                    code: 'connection_error',
                    message: `No answer from ${url.origin}: ${reason(cause)}.`,
                    cause,
                });
        }
        finally {
            clearTimeout(timer);
            meta.durationMs = Math.round(performance.now() - started);
            this.#log(`${meta.method} ${meta.path} ${meta.status || 'without an answer'}`, meta);
        }
        if (!response.ok)
            throw (0, errors_js_1.errorOf)(response, body);
        return body === '' ? undefined : (0, names_js_1.toCamelCase)(decode(body, meta, url));
    }
    /** A logger that fails must not fail a call that may have taken effect. */
    #log(message, meta) {
        try {
            this.#settings.logger?.debug(message, { ...meta });
        }
        catch {
            // The line is lost.
        }
    }
}
exports.Transport = Transport;
/** An id as a path segment; ids that would name another path are refused here. */
function segment(id) {
    if (typeof id !== 'string' || id === '' || id === '.' || id === '..') {
        throw (0, errors_js_1.invalidRequest)('The id must be a string that is not empty.');
    }
    return encodeURIComponent(id);
}
function appendQuery(url, query) {
    for (const [name, value] of Object.entries((0, names_js_1.toSnakeCase)(query))) {
        for (const each of Array.isArray(value) ? value : [value]) {
            if (each !== undefined && each !== null) {
                url.searchParams.append(name, each instanceof Date ? each.toISOString() : String(each));
            }
        }
    }
}
function encode(body) {
    try {
        return JSON.stringify((0, names_js_1.toSnakeCase)(body));
    }
    catch (cause) {
        throw (0, errors_js_1.invalidRequest)(`The request can't be written as JSON: ${reason(cause)}.`, cause);
    }
}
function decode(body, meta, url) {
    try {
        return JSON.parse(body);
    }
    catch (cause) {
        const message = `${url.origin} answered something that is not JSON; is the host right?`;
        throw new errors_js_1.HarborError({ code: 'internal_error', message, status: meta.status, requestId: meta.requestId, cause });
    }
}
/** The system's own code, such as ECONNREFUSED, is all that helps; fetch hides it in the cause. */
function reason(error) {
    const { message, cause } = error;
    return cause?.code ?? cause?.message ?? message ?? String(error);
}
function isTransient(error) {
    return TRANSIENT_STATUSES.has(error.status) || error.code === 'connection_error' || error.code === 'timeout';
}
/** Exponential with full jitter. */
function backoff(attempt) {
    return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}
/** Waits at least that long: timers may fire a millisecond early. */
function sleep(ms) {
    return new Promise((resolve) => setTimeout(resolve, Math.min(Math.ceil(ms) + 1, LONGEST_TIMER_MS)));
}
