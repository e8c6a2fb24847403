import { Deliveries } from './deliveries.js';
import { HarborError, invalidRequest } from './errors.js';
import { Events } from './events.js';
import { type Logger, type Settings, Transport } from './transport.js';
import { Webhooks } from './webhooks.js';
import { Workspaces } from './workspaces.js';

/** What a client can be told. */
export interface HarborOptions {
  /** An API key, `hb_test_…` or `hb_live_…`. */
  secretKey: string | undefined;
  /** The address of the server, such as `https://breakwater.example.com`; from the prefix of the key unless given. */
  host?: string | undefined;
  /** The longest time for one attempt, in milliseconds; 30,000 unless given. */
  timeoutMs?: number | undefined;
  /** How many more attempts a call gets that may be repeated; 2 unless given. */
  maxRetries?: number | undefined;
  /** Gets a line for every attempt and every retry. */
  logger?: Logger | undefined;
}

const HOSTS: Readonly<Record<string, string>> = {
  hb_test_: 'https://sandbox.api.harbor.dev',
  hb_live_: 'https://api.harbor.dev',
};
const PREFIX_LENGTH = 'hb_test_'.length;
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** A client of the Harbor events API. One serves a whole process, any number of calls at the same time. */
export class Harbor {
  readonly workspaces: Workspaces;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;

  /** Throws a {@link HarborError} when the options can't work. */
  constructor(options: HarborOptions) {
    const transport = new Transport(settingsOf(options ?? {}));
    this.workspaces = new Workspaces(transport);
    this.events = new Events(transport);
    this.webhooks = new Webhooks(transport);
    this.deliveries = new Deliveries(transport);
  }
}

function settingsOf(options: HarborOptions): Settings {
  const { timeoutMs = 30_000, maxRetries = 2, logger } = options;
  const secretKey = secretKeyOf(options);
  if (!(timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS)) {
    throw invalidRequest('timeoutMs must be a number of milliseconds, at least 1.');
  }
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw invalidRequest('maxRetries must be a whole number, 0 for none.');
  }
  return { secretKey, baseUrl: baseUrlOf(secretKey, options.host), timeoutMs, maxRetries, logger };
}

/** No message may repeat the key: it is somebody's secret, right or wrong. */
function secretKeyOf(options: HarborOptions): string {
  const { secretKey } = options;
  if (typeof secretKey !== 'string' || secretKey === '') {
    throw unauthenticated(
      'apiKey' in options
        ? 'The option secretKey is missing; apiKey has been renamed to secretKey.'
        : 'The option secretKey is missing; set it to an API key, for example process.env.HARBOR_SECRET_KEY.',
    );
  }
  if (!/^[!-~]+$/.test(secretKey)) {
    throw unauthenticated('secretKey has spaces, line breaks or other characters that no key has.');
  }
  return secretKey;
}

function baseUrlOf(secretKey: string, host: string | undefined): string {
  const address = host ?? HOSTS[secretKey.slice(0, PREFIX_LENGTH)];
  if (address === undefined) {
    throw unauthenticated('secretKey begins with neither hb_test_ nor hb_live_, so the option host is needed.');
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw invalidRequest(
      'host must be an address such as https://breakwater.example.com, without user, query and fragment.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
}

function unauthenticated(message: string): HarborError {
  return new HarborError({ code: 'authentication_failed', message });
}
