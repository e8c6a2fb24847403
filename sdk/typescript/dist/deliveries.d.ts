import { type Page } from './pages.js';
import type { BulkReplay, Delivery, DeliveryWithAttempts, ListDeliveries, ReplayRequest } from './schema.js';
import { type Transport, type WriteOptions } from './transport.js';
/** How many deliveries a bulk replay would send again. */
export interface ReplayCount {
    dryRun: true;
    matched: number;
}
/** Reads the delivery log and sends again; scope `webhooks:manage`. */
export declare class Deliveries {
    #private;
    constructor(transport: Transport);
    /** One delivery with its attempts. */
    retrieve(id: string): Promise<DeliveryWithAttempts>;
    /** A page of a workspace's deliveries, newest first, without their attempts. */
    list(query: ListDeliveries): Promise<Page<Delivery>>;
    /** All deliveries that fit, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query: ListDeliveries): AsyncIterable<Delivery>;
    /** Sends a delivery that has ended once more, with the same body and a fresh signature. */
    replay(id: string, options?: WriteOptions): Promise<DeliveryWithAttempts>;
    /** Sends many again, in the background; with `dryRun` it only counts them. */
    replayMany(filter: ReplayRequest & {
        dryRun: true;
    }): Promise<ReplayCount>;
    replayMany(filter: ReplayRequest & {
        dryRun?: false | undefined;
    }, options?: WriteOptions): Promise<BulkReplay>;
    /** How far a bulk replay has come. */
    retrieveReplay(id: string): Promise<BulkReplay>;
}
