"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Webhooks = void 0;
const pages_js_1 = require("./pages.js");
const transport_js_1 = require("./transport.js");
/** Manages webhooks; scope `webhooks:manage`. */
class Webhooks {
    #transport;
    constructor(transport) {
        this.#transport = transport;
    }
    /** Registers an endpoint. The secret is in this answer only. Repeated only with an idempotency key. */
    async create(webhook, options) {
        return this.#transport.post('/webhooks', webhook, options);
    }
    /** One endpoint, without its secret. */
    async retrieve(id) {
        return this.#transport.get(`/webhooks/${(0, transport_js_1.segment)(id)}`);
    }
    /** A page of a workspace's endpoints, newest first, without secrets. */
    async list(query) {
        return this.#transport.get('/webhooks', query);
    }
    /** All endpoints of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query) {
        return (0, pages_js_1.eachItem)((page) => this.list(page), query);
    }
    /** Changes what is given, and nothing else. */
    async update(id, change) {
        return this.#transport.put(`/webhooks/${(0, transport_js_1.segment)(id)}`, change);
    }
    /** Removes an endpoint; what was not delivered yet is canceled. */
    async delete(id) {
        return this.#transport.delete(`/webhooks/${(0, transport_js_1.segment)(id)}`);
    }
    /** Makes a new secret; the old one signs as well until the grace period ends. */
    async rotateSecret(id, rotation = {}, options) {
        return this.#transport.post(`/webhooks/${(0, transport_js_1.segment)(id)}/rotate_secret`, rotation, options);
    }
    /** Sends a test event to this endpoint alone, whatever it subscribes to. */
    async test(id, event = {}, options) {
        return this.#transport.post(`/webhooks/${(0, transport_js_1.segment)(id)}/test`, event, options);
    }
}
exports.Webhooks = Webhooks;
