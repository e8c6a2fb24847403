import { type Page } from './pages.js';
import type { ListWebhooks, NewWebhook, Rotation, TestEvent, TestStarted, Webhook, WebhookChange, WebhookWithSecret } from './schema.js';
import { type Transport, type WriteOptions } from './transport.js';
/** An HTTPS endpoint that receives events. */
export interface WebhookEndpoint extends Webhook {
    /** The signing secret; only in the answers that make one. */
    secret?: string;
}
/** Manages webhooks; scope `webhooks:manage`. */
export declare class Webhooks {
    #private;
    constructor(transport: Transport);
    /** Registers an endpoint. The secret is in this answer only. Repeated only with an idempotency key. */
    create(webhook: NewWebhook, options?: WriteOptions): Promise<WebhookWithSecret>;
    /** One endpoint, without its secret. */
    retrieve(id: string): Promise<WebhookEndpoint>;
    /** A page of a workspace's endpoints, newest first, without secrets. */
    list(query: ListWebhooks): Promise<Page<WebhookEndpoint>>;
    /** All endpoints of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
    listAuto(query: ListWebhooks): AsyncIterable<WebhookEndpoint>;
    /** Changes what is given, and nothing else. */
    update(id: string, change: WebhookChange): Promise<WebhookEndpoint>;
    /** Removes an endpoint; what was not delivered yet is canceled. */
    delete(id: string): Promise<void>;
    /** Makes a new secret; the old one signs as well until the grace period ends. */
    rotateSecret(id: string, rotation?: Rotation, options?: WriteOptions): Promise<WebhookWithSecret>;
    /** Sends a test event to this endpoint alone, whatever it subscribes to. */
    test(id: string, event?: TestEvent, options?: WriteOptions): Promise<TestStarted>;
}
