"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Harbor = void 0;
const deliveries_js_1 = require("./deliveries.js");
const errors_js_1 = require("./errors.js");
const events_js_1 = require("./events.js");
const transport_js_1 = require("./transport.js");
const webhooks_js_1 = require("./webhooks.js");
const workspaces_js_1 = require("./workspaces.js");
const HOSTS = {
    hb_test_: 'https://sandbox.api.harbor.dev',
    hb_live_: 'https://api.harbor.dev',
};
const PREFIX_LENGTH = 'hb_test_'.length;
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
/** A client of the Harbor events API. One serves a whole process, any number of calls at the same time. */
class Harbor {
    workspaces;
    events;
    webhooks;
    deliveries;
    /** Throws a {@link HarborError} when the options can't work. */
    constructor(options) {
        const transport = new transport_js_1.Transport(settingsOf(options ?? {}));
        this.workspaces = new workspaces_js_1.Workspaces(transport);
        this.events = new events_js_1.Events(transport);
        this.webhooks = new webhooks_js_1.Webhooks(transport);
        this.deliveries = new deliveries_js_1.Deliveries(transport);
    }
}
exports.Harbor = Harbor;
function settingsOf(options) {
    const { timeoutMs = 30_000, maxRetries = 2, logger } = options;
    const secretKey = secretKeyOf(options);
    if (!(timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS)) {
        throw (0, errors_js_1.invalidRequest)('timeoutMs must be a number of milliseconds, at least 1.');
    }
    if (!(Number.isInteger(maxRetries) && maxRetries >= 0)) {
        throw (0, errors_js_1.invalidRequest)('maxRetries must be a whole number, 0 for none.');
    }
    return { secretKey, baseUrl: baseUrlOf(secretKey, options.host), timeoutMs, maxRetries, logger };
}
/** No message may repeat the key: it is somebody's secret, right or wrong. */
function secretKeyOf(options) {
    const { secretKey } = options;
    if (typeof secretKey !== 'string' || secretKey === '') {
        throw unauthenticated('apiKey' in options
            ? 'The option secretKey is missing; apiKey has been renamed to secretKey.'
            : 'The option secretKey is missing; set it to an API key, for example process.env.HARBOR_SECRET_KEY.');
    }
    if (!/^[!-~]+$/.test(secretKey)) {
        throw unauthenticated('secretKey has spaces, line breaks or other characters that no key has.');
    }
    return secretKey;
}
function baseUrlOf(secretKey, host) {
    const address = host ?? HOSTS[secretKey.slice(0, PREFIX_LENGTH)];
    if (address === undefined) {
        throw unauthenticated('secretKey begins with neither hb_test_ nor hb_live_, so the option host is needed.');
    }
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
        throw (0, errors_js_1.invalidRequest)('host must be an address such as https://breakwater.example.com, without user, query and fragment.');
    }
    return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
}
function unauthenticated(message) {
    return new errors_js_1.HarborError({ code: 'authentication_failed', message });
}
