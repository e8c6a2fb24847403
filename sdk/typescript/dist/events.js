"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Events = void 0;
const pages_js_1 = require("./pages.js");
const transport_js_1 = require("./transport.js");
/** Creates events (scope `events:write`) and reads them (scope `events:read`). */
class Events {
    #transport;
    constructor(transport) {
        this.#transport = transport;
    }
    /**
     * Stores an event and starts its deliveries. Is repeated after a failure only when it has an idempotency key. The
     * members of the payload keep their names.
     */
    async create(event, options) {
        return this.#transport.post('/events', event, options);
    }
    /** One event. */
    async retrieve(id) {
        return this.#transport.get(`/events/${(0, transport_js_1.segment)(id)}`);
    }
    /** A page of a workspace's events, newest first. */
    async list(query) {
        return this.#transport.get('/events', query);
    }
    /** All events of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query) {
        return (0, pages_js_1.eachItem)((page) => this.list(page), query);
    }
}
exports.Events = Events;
