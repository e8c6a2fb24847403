import { eachItem, type Page } from './pages.js';
import type { BulkReplay, Delivery, DeliveryWithAttempts, ListDeliveries, ReplayRequest } from './schema.js';
import { segment, type Transport, type WriteOptions } from './transport.js';

/** How many deliveries a bulk replay would send again. */
export interface ReplayCount {
  dryRun: true;
  matched: number;
}

/** Reads the delivery log and sends again; scope `webhooks:manage`. */
export class Deliveries {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One delivery with its attempts. */
  async retrieve(id: string): Promise<DeliveryWithAttempts> {
    return this.#transport.get(`/deliveries/${segment(id)}`);
  }

  /** A page of a workspace's deliveries, newest first, without their attempts. */
  async list(query: ListDeliveries): Promise<Page<Delivery>> {
    return this.#transport.get('/deliveries', query);
  }

  /** All deliveries that fit, newest first; `limit` is the size of the pages that are fetched one by one. */
  listAuto(query: ListDeliveries): AsyncIterable<Delivery> {
    return eachItem((page: ListDeliveries) => this.list(page), query);
  }

  /** Sends a delivery that has ended once more, with the same body and a fresh signature. */
  async replay(id: string, options?: WriteOptions): Promise<DeliveryWithAttempts> {
    return this.#transport.post(`/deliveries/${segment(id)}/replay`, undefined, options);
  }

  /** Sends many again, in the background; with `dryRun` it only counts them. */
  async replayMany(filter: ReplayRequest & { dryRun: true }): Promise<ReplayCount>;
  async replayMany(filter: ReplayRequest & { dryRun?: false | undefined }, options?: WriteOptions): Promise<BulkReplay>;
  async replayMany(filter: ReplayRequest, options?: WriteOptions): Promise<ReplayCount | BulkReplay> {
    return this.#transport.post('/deliveries/replay', filter, options);
  }

  /** How far a bulk replay has come. */
  async retrieveReplay(id: string): Promise<BulkReplay> {
    return this.#transport.get(`/deliveries/replays/${segment(id)}`);
  }
}
