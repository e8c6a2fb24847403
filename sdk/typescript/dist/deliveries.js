"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Deliveries = void 0;
const pages_js_1 = require("./pages.js");
const transport_js_1 = require("./transport.js");
/** Reads the delivery log and sends again; scope `webhooks:manage`. */
class Deliveries {
    #transport;
    constructor(transport) {
        this.#transport = transport;
    }
    /** One delivery with its attempts. */
    async retrieve(id) {
        return this.#transport.get(`/deliveries/${(0, transport_js_1.segment)(id)}`);
    }
    /** A page of a workspace's deliveries, newest first, without their attempts. */
    async list(query) {
        return this.#transport.get('/deliveries', query);
    }
    /** All deliveries that fit, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query) {
        return (0, pages_js_1.eachItem)((page) => this.list(page), query);
    }
    /** Sends a delivery that has ended once more, with the same body and a fresh signature. */
    async replay(id, options) {
        return this.#transport.post(`/deliveries/${(0, transport_js_1.segment)(id)}/replay`, undefined, options);
    }
    async replayMany(filter, options) {
        return this.#transport.post('/deliveries/replay', filter, options);
    }
    /** How far a bulk replay has come. */
    async retrieveReplay(id) {
        return this.#transport.get(`/deliveries/replays/${(0, transport_js_1.segment)(id)}`);
    }
}
exports.Deliveries = Deliveries;
