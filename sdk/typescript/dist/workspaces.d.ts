import type { Workspace } from './schema.js';
import { type Transport } from './transport.js';
/** Reads workspaces; scope `workspaces:read`. */
export declare class Workspaces {
    #private;
    constructor(transport: Transport);
    /** The name and status of a workspace. */
    retrieve(id: string): Promise<Workspace>;
}
