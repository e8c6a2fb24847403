// Compiled by a test, never run: what users may write, and what TypeScript must refuse.
import {
  Harbor,
  HarborError,
  isHarborError,
  verifyWebhookSignature,
  type DeliveryEnvelope,
  type Event,
  type HarborOptions,
  type Logger,
  type Page,
  type WebhookEndpoint,
  type Workspace,
} from '@harbor/sdk';

const logger: Logger = { debug: (message, meta) => console.debug(message, meta.requestId satisfies string) };
const options: HarborOptions = {
  secretKey: process.env['HARBOR_SECRET_KEY'],
  timeoutMs: 30_000,
  maxRetries: 2,
  logger,
};
export const harbor = new Harbor(options);

interface Shipment {
  orderId: string;
}

export async function use(shipment: Shipment, limit: number | undefined): Promise<void> {
  const event: Event = await harbor.events.create(
    { workspaceId: 'ws_', type: 'order.shipped', payload: shipment },
    { idempotencyKey: 'k' },
  );
  const payload: Record<string, unknown> = event.payload;
  const workspace: Workspace = await harbor.workspaces.retrieve(event.workspaceId);
  workspace.status satisfies 'active' | 'suspended' | 'archived';
  const page: Page<Event> = await harbor.events.list({ workspaceId: 'ws_', limit, createdAfter: new Date() });
  page.endCursor satisfies string | null;
  for await (const each of harbor.events.listAuto({ workspaceId: 'ws_' })) each.createdAt satisfies string;

  const created = await harbor.webhooks.create({ workspaceId: 'ws_', url: 'https://', events: ['*'] });
  created.secret satisfies string;
  const endpoint: WebhookEndpoint = created;
  endpoint.secret satisfies string | undefined;
  const webhooks: Page<WebhookEndpoint> = await harbor.webhooks.list({ workspaceId: 'ws_' });
  webhooks.data[0]?.events satisfies string[] | undefined;
  (await harbor.deliveries.retrieve('del_')).attempts[0]?.responseHeaders satisfies Record<string, string> | undefined;
  (await harbor.deliveries.replayMany({ workspaceId: 'ws_', dryRun: true })).dryRun satisfies true;
  (await harbor.deliveries.replayMany({ workspaceId: 'ws_' })).replayed satisfies number;
  console.log(payload);

  // @ts-expect-error events are never replayed
  harbor.events.replay;
  // @ts-expect-error workspaces are not listed
  harbor.workspaces.list;
  // @ts-expect-error the names of the wire are not ours
  await harbor.events.list({ workspace_id: 'ws_' });
  // @ts-expect-error the workspace is needed
  await harbor.events.list({ limit: 1 });
  // @ts-expect-error a payload is an object
  await harbor.events.create({ workspaceId: 'ws_', type: 'x', payload: 'text' });
  // @ts-expect-error renamed in version 2
  new Harbor({ apiKey: 'hb_test_xxxx' });
}

export function handle(request: Request, body: string): DeliveryEnvelope | undefined {
  const signature = request.headers.get('harbor-signature');
  const timestamp = request.headers.get('harbor-timestamp');
  const genuine: boolean = verifyWebhookSignature({
    payload: body,
    signature,
    timestamp,
    secret: process.env['HARBOR_WEBHOOK_SECRET'],
  });
  return genuine ? (JSON.parse(body) as DeliveryEnvelope) : undefined;
}

export function explain(error: unknown): string {
  if (!isHarborError(error)) return 'not ours';
  const harborError: HarborError = error;
  if (harborError.code === 'rate_limit_exceeded') return `${harborError.retryAfterMs ?? (0 satisfies number)}`;
  return `${harborError.code} ${harborError.status satisfies number} ${harborError.requestId satisfies string}`;
}
