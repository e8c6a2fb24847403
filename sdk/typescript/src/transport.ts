import { errorOf, HarborError, invalidRequest } from './errors.js';
import { toCamelCase, toSnakeCase } from './names.js';
import { VERSION } from './version.js';

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

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: object;
  body?: object;
  idempotencyKey?: string | undefined;
}

const TRANSIENT_STATUSES = new Set([429, 500, 502, 503, 504]);
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 8_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sends calls, repeats those that may be repeated, and logs both. Keeps no state between calls. */
export class Transport {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get<T>(path: string, query?: object): Promise<T> {
    return this.#send<T>(query ? { method: 'GET', path, query } : { method: 'GET', path });
  }

  post<T>(path: string, body?: object, options?: WriteOptions): Promise<T> {
    const idempotencyKey = options?.idempotencyKey;
    return this.#send<T>(
      body ? { method: 'POST', path, body, idempotencyKey } : { method: 'POST', path, idempotencyKey },
    );
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.#send<T>({ method: 'PUT', path, body });
  }

  delete(path: string): Promise<void> {
    return this.#send<void>({ method: 'DELETE', path });
  }

  async #send<T>(call: Call): Promise<T> {
    const { url, init } = this.#request(call);
    const repeatable = call.method === 'GET' || call.idempotencyKey !== undefined;
    for (let attempt = 1; ; attempt++) {
      const meta: LogMeta = {
        method: call.method,
        path: url.pathname,
        status: 0,
        requestId: '',
        attempt,
        durationMs: 0,
      };
      try {
        return (await this.#attempt(url, init, meta)) as T;
      } catch (error) {
        if (!repeatable || attempt > this.#settings.maxRetries || !isTransient(error as HarborError)) throw error;
        const waitMs = (error as HarborError).retryAfterMs ?? backoff(attempt);
        this.#log(`Retrying ${meta.method} ${meta.path} in ${Math.round(waitMs)} ms`, meta);
        await sleep(waitMs);
      }
    }
  }

  #request(call: Call): { url: URL; init: RequestInit } {
    const { secretKey, baseUrl } = this.#settings;
    const headers: Record<string, string> = {
      Accept: 'application/json',
      Authorization: `Bearer ${secretKey}`,
      'User-Agent': `harbor-sdk-typescript/${VERSION}`,
    };
    if (call.idempotencyKey !== undefined) {
      if (typeof call.idempotencyKey !== 'string' || !/^[!-~]{1,255}$/.test(call.idempotencyKey)) {
        throw invalidRequest('idempotencyKey must have 1 to 255 printable ASCII characters and no spaces.');
      }
      headers['Idempotency-Key'] = call.idempotencyKey;
    }
    const url = new URL(baseUrl + call.path);
    appendQuery(url, call.query ?? {});
    // An answer that leads elsewhere is an error: the key must not go to another address.
    const init: RequestInit = { method: call.method, headers, redirect: 'manual' };
    if (call.body) {
      headers['Content-Type'] = 'application/json';
      init.body = encode(call.body);
    }
    return { url, init };
  }

  /** One request with its answer, within the time-out. */
  async #attempt(url: URL, init: RequestInit, meta: LogMeta): Promise<unknown> {
    const { timeoutMs } = this.#settings;
    const started = performance.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    let response: Response;
    let body: string;
    try {
      response = await fetch(url, { ...init, signal: abort.signal });
      meta.status = response.status;
      meta.requestId = response.headers.get('Harbor-Request-Id') ?? '';
      body = await response.text();
    } catch (cause) {
      throw abort.signal.aborted
        ? new HarborError({ code: 'timeout', message: `No answer from ${url.origin} within ${timeoutMs} ms.`, cause })
        : new HarborError({
            code: 'connection_error',
            message: `No answer from ${url.origin}: ${reason(cause)}.`,
            cause,
          });
    } finally {
      clearTimeout(timer);
      meta.durationMs = Math.round(performance.now() - started);
      this.#log(`${meta.method} ${meta.path} ${meta.status || 'without an answer'}`, meta);
    }
    if (!response.ok) throw errorOf(response, body);
    return body === '' ? undefined : toCamelCase(decode(body, meta, url));
  }

  /** A logger that fails must not fail a call that may have taken effect. */
  #log(message: string, meta: LogMeta): void {
    try {
      this.#settings.logger?.debug(message, { ...meta });
    } catch {
      // The line is lost.
    }
  }
}

/** An id as a path segment; ids that would name another path are refused here. */
export function segment(id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..') {
    throw invalidRequest('The id must be a string that is not empty.');
  }
  return encodeURIComponent(id);
}

function appendQuery(url: URL, query: object): void {
  for (const [name, value] of Object.entries(toSnakeCase(query))) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) {
        url.searchParams.append(name, each instanceof Date ? each.toISOString() : String(each));
      }
    }
  }
}

function encode(body: object): string {
  try {
    return JSON.stringify(toSnakeCase(body));
  } catch (cause) {
    throw invalidRequest(`The request can't be written as JSON: ${reason(cause)}.`, cause);
  }
}

function decode(body: string, meta: LogMeta, url: URL): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const message = `${url.origin} answered something that is not JSON; is the host right?`;
    throw new HarborError({ code: 'internal_error', message, status: meta.status, requestId: meta.requestId, cause });
  }
}

/** The system's own code, such as ECONNREFUSED, is all that helps; fetch hides it in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}

function isTransient(error: HarborError): boolean {
  return TRANSIENT_STATUSES.has(error.status) || error.code === 'connection_error' || error.code === 'timeout';
}

/** Exponential with full jitter. */
function backoff(attempt: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}

/** Waits at least that long: timers may fire a millisecond early. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Math.ceil(ms) + 1, LONGEST_TIMER_MS)));
}
