import { type Page } from './pages.js';
import type { Event, ListEvents, NewEvent } from './schema.js';
import { type Transport, type WriteOptions } from './transport.js';
/** Creates events (scope `events:write`) and reads them (scope `events:read`). */
export declare class Events {
    #private;
    constructor(transport: Transport);
    /**
     * Stores an event and starts its deliveries. Is repeated after a failure only when it has an idempotency key. The
     * members of the payload keep their names.
     */
    create(event: NewEvent, options?: WriteOptions): Promise<Event>;
    /** One event. */
    retrieve(id: string): Promise<Event>;
    /** A page of a workspace's events, newest first. */
    list(query: ListEvents): Promise<Page<Event>>;
    /** All events of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query: ListEvents): AsyncIterable<Event>;
}
