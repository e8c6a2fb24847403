import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyWebhookSignature } from '@harbor/sdk';
import { startReceiver } from './support/receiver.mjs';
import { client, server, uniqueType, withServer } from './support/server.mjs';

const workspaceId = server.workspace;

async function until(attempt) {
  for (;;) {
    const value = await attempt();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ended = (harbor, id, status) =>
  until(async () => {
    const delivery = await harbor.deliveries.retrieve(id);
    return delivery.status === status && delivery;
  });

test('an endpoint is registered, read, changed and removed', withServer, async () => {
  const harbor = client();
  const created = await harbor.webhooks.create(
    { workspaceId, url: 'http://127.0.0.1:9/hook', events: ['order.shipped', 'invoice.*'] },
    { idempotencyKey: uniqueType('key') },
  );
  assert.match(created.secret, /^whsec_/);
  const { secret, ...shown } = created;
  assert.deepEqual(Object.keys(shown).sort(), ['createdAt', 'events', 'id', 'status', 'url', 'workspaceId']);
  assert.equal(created.status, 'active');

  const retrieved = await harbor.webhooks.retrieve(created.id);
  assert.deepEqual(retrieved, shown);
  assert.equal('secret' in retrieved, false);
  const page = await harbor.webhooks.list({ workspaceId, limit: 1 });
  assert.deepEqual(page.data, [shown]);
  assert.equal(page.endCursor, created.id);
  const listed = [];
  for await (const each of harbor.webhooks.listAuto({ workspaceId, limit: 1 })) listed.push(each.id);
  assert.ok(listed.includes(created.id));

  const changed = await harbor.webhooks.update(created.id, { status: 'disabled', url: 'http://127.0.0.1:9/other' });
  assert.deepEqual(changed, { ...shown, status: 'disabled', url: 'http://127.0.0.1:9/other' });

  assert.equal(await harbor.webhooks.delete(created.id), undefined);
  await assert.rejects(harbor.webhooks.retrieve(created.id), { code: 'resource_not_found' });
});

test('a rotated secret signs beside the old one', withServer, async (t) => {
  const harbor = client();
  const receiver = await startReceiver(t);
  const webhook = await harbor.webhooks.create({ workspaceId, url: receiver.url, events: [uniqueType('none')] });
  t.after(() => harbor.webhooks.delete(webhook.id));
  const rotated = await harbor.webhooks.rotateSecret(webhook.id, { gracePeriodSeconds: 3600 });
  assert.match(rotated.secret, /^whsec_/);
  assert.notEqual(rotated.secret, webhook.secret);

  await harbor.webhooks.test(webhook.id);

  const { headers, body } = await receiver.next();
  const delivery = { payload: body, signature: headers['harbor-signature'], timestamp: headers['harbor-timestamp'] };
  // The clock of the server under test may stand still.
  const now = new Date(Number(delivery.timestamp) * 1000);
  assert.equal(verifyWebhookSignature({ ...delivery, secret: rotated.secret, now }), true);
  assert.equal(verifyWebhookSignature({ ...delivery, secret: webhook.secret, now }), true);

  const again = await harbor.webhooks.rotateSecret(webhook.id);
  assert.notEqual(again.secret, rotated.secret);
});

test('a test event reaches its endpoint, and the log tells how', withServer, async (t) => {
  const harbor = client();
  const receiver = await startReceiver(t);
  const webhook = await harbor.webhooks.create({ workspaceId, url: receiver.url, events: [uniqueType('none')] });
  t.after(() => harbor.webhooks.delete(webhook.id));

  const { eventId, deliveryId } = await harbor.webhooks.test(webhook.id, {
    type: 'order.shipped',
    payload: { orderId: 1 },
  });

  const envelope = JSON.parse((await receiver.next()).body.toString());
  assert.equal(envelope.id, deliveryId);
  assert.equal(envelope.data.id, eventId);
  assert.deepEqual(envelope.data.payload, { orderId: 1 });
  const delivery = await ended(harbor, deliveryId, 'delivered');
  assert.equal(delivery.webhookId, webhook.id);
  assert.equal(delivery.eventType, 'order.shipped');
  assert.equal(delivery.attemptCount, 1);
  const [attempt] = delivery.attempts;
  assert.equal(attempt.number, 1);
  assert.equal(attempt.trigger, 'automatic');
  assert.equal(attempt.responseStatus, 200);
  assert.equal(typeof attempt.durationMs, 'number');
  assert.ok(Object.keys(attempt.responseHeaders).some((name) => name.toLowerCase() === 'date'));

  const page = await harbor.deliveries.list({ workspaceId, webhookId: webhook.id, eventId, status: 'delivered' });
  assert.deepEqual(
    page.data.map((each) => each.id),
    [deliveryId],
  );
  const listed = [];
  for await (const each of harbor.deliveries.listAuto({ workspaceId, webhookId: webhook.id })) listed.push(each.id);
  assert.deepEqual(listed, [deliveryId]);
});

test('deliveries are sent again, one by one and many at once', withServer, async (t) => {
  const harbor = client();
  const receiver = await startReceiver(t);
  const webhook = await harbor.webhooks.create({ workspaceId, url: receiver.url, events: [uniqueType('none')] });
  t.after(() => harbor.webhooks.delete(webhook.id));
  const { deliveryId } = await harbor.webhooks.test(webhook.id);
  const original = await receiver.next();
  await ended(harbor, deliveryId, 'delivered');

  const replayed = await harbor.deliveries.replay(deliveryId, { idempotencyKey: uniqueType('key') });
  assert.equal(replayed.id, deliveryId);
  assert.deepEqual((await receiver.next()).body, original.body);
  const delivery = await until(async () => {
    const now = await harbor.deliveries.retrieve(deliveryId);
    return now.status === 'delivered' && now.attempts.length === 2 && now;
  });
  assert.equal(delivery.attempts[1].trigger, 'replay');

  const filter = {
    workspaceId,
    webhookId: webhook.id,
    status: 'delivered',
    createdAfter: new Date('2020-01-01T00:00:00Z'),
  };
  assert.deepEqual(await harbor.deliveries.replayMany({ ...filter, dryRun: true }), { dryRun: true, matched: 1 });
  const bulk = await harbor.deliveries.replayMany(filter);
  assert.equal(bulk.matched, 1);
  assert.equal(bulk.workspaceId, workspaceId);
  assert.deepEqual((await receiver.next()).body, original.body);
  const done = await until(async () => {
    const now = await harbor.deliveries.retrieveReplay(bulk.id);
    return now.status === 'completed' && now;
  });
  assert.equal(done.replayed, 1);
  assert.equal(done.skipped, 0);
  assert.notEqual(done.completedAt, null);
});
