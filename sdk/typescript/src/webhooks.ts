import { eachItem, type Page } from './pages.js';
import type {
  ListWebhooks,
  NewWebhook,
  Rotation,
  TestEvent,
  TestStarted,
  Webhook,
  WebhookChange,
  WebhookWithSecret,
} from './schema.js';
import { segment, type Transport, type WriteOptions } from './transport.js';

/** An HTTPS endpoint that receives events. */
export interface WebhookEndpoint extends Webhook {
  /** The signing secret; only in the answers that make one. */
  secret?: string;
}

/** Manages webhooks; scope `webhooks:manage`. */
export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Registers an endpoint. The secret is in this answer only. Repeated only with an idempotency key. */
  async create(webhook: NewWebhook, options?: WriteOptions): Promise<WebhookWithSecret> {
    return this.#transport.post('/webhooks', webhook, options);
  }

  /** One endpoint, without its secret. */
  async retrieve(id: string): Promise<WebhookEndpoint> {
    return this.#transport.get(`/webhooks/${segment(id)}`);
  }

  /** A page of a workspace's endpoints, newest first, without secrets. */
  async list(query: ListWebhooks): Promise<Page<WebhookEndpoint>> {
    return this.#transport.get('/webhooks', query);
  }

  /** All endpoints of a workspace, newest first; `limit` is the size of the pages that are fetched one by one. */
  listAuto(query: ListWebhooks): AsyncIterable<WebhookEndpoint> {
    return eachItem((page: ListWebhooks) => this.list(page), query);
  }

  /** Changes what is given, and nothing else. */
  async update(id: string, change: WebhookChange): Promise<WebhookEndpoint> {
    return this.#transport.put(`/webhooks/${segment(id)}`, change);
  }

  /** Removes an endpoint; what was not delivered yet is canceled. */
  async delete(id: string): Promise<void> {
    return this.#transport.delete(`/webhooks/${segment(id)}`);
  }

  /** Makes a new secret; the old one signs as well until the grace period ends. */
  async rotateSecret(id: string, rotation: Rotation = {}, options?: WriteOptions): Promise<WebhookWithSecret> {
    return this.#transport.post(`/webhooks/${segment(id)}/rotate_secret`, rotation, options);
  }

  /** Sends a test event to this endpoint alone, whatever it subscribes to. */
  async test(id: string, event: TestEvent = {}, options?: WriteOptions): Promise<TestStarted> {
    return this.#transport.post(`/webhooks/${segment(id)}/test`, event, options);
  }
}
