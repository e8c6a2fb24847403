import { eachItem, type Page } from './pages.js';
import type { Event, ListEvents, NewEvent } from './schema.js';
import { segment, type Transport, type WriteOptions } from './transport.js';

/** Creates events (scope `events:write`) and reads them (scope `events:read`). */
export class Events {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Stores an event and starts its deliveries. Is repeated after a failure only when it has an idempotency key. The
   * members of the payload keep their names.
   */
  async create(event: NewEvent, options?: WriteOptions): Promise<Event> {
    return this.#transport.post('/events', event, options);
  }

  /** One event. */
  async retrieve(id: string): Promise<Event> {
    return this.#transport.get(`/events/${segment(id)}`);
  }

  /** A page of a workspace's events, newest first. */
  async list(query: ListEvents): Promise<Page<Event>> {
    return this.#transport.get('/events', query);
  }

  /** All events of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
  listAuto(query: ListEvents): AsyncIterable<Event> {
    return eachItem((page: ListEvents) => this.list(page), query);
  }
}
