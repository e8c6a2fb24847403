import { Deliveries } from './deliveries.js';
import { Events } from './events.js';
import { type Logger } from './transport.js';
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
/** A client of the Harbor events API. One serves a whole process, any number of calls at the same time. */
export declare class Harbor {
    readonly workspaces: Workspaces;
    readonly events: Events;
    readonly webhooks: Webhooks;
    readonly deliveries: Deliveries;
    /** Throws a {@link HarborError} when the options can't work. */
    constructor(options: HarborOptions);
}
