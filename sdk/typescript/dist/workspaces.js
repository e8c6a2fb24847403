"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Workspaces = void 0;
const transport_js_1 = require("./transport.js");
/** Reads workspaces; scope `workspaces:read`. */
class Workspaces {
    #transport;
    constructor(transport) {
        this.#transport = transport;
    }
    /** The name and status of a workspace. */
    async retrieve(id) {
        return this.#transport.get(`/workspaces/${(0, transport_js_1.segment)(id)}`);
    }
}
exports.Workspaces = Workspaces;
