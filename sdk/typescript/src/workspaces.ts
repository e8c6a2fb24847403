import type { Workspace } from './schema.js';
import { segment, type Transport } from './transport.js';

/** Reads workspaces; scope `workspaces:read`. */
export class Workspaces {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The name and status of a workspace. */
  async retrieve(id: string): Promise<Workspace> {
    return this.#transport.get(`/workspaces/${segment(id)}`);
  }
}
