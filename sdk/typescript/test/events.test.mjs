import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProxy, unavailable } from './support/proxy.mjs';
import { startReceiver } from './support/receiver.mjs';
import { client, server, uniqueType, withServer } from './support/server.mjs';

test('an event is created, retrieved and listed', withServer, async () => {
  const harbor = client();
  const type = uniqueType('order.shipped');
  const created = await harbor.events.create({
    workspaceId: server.workspace,
    type,
    payload: { order_id: 'ord_1', lines: [{ sku_code: 1 }] },
  });
  assert.deepEqual(Object.keys(created), ['id', 'type', 'workspaceId', 'payload', 'createdAt']);
  assert.equal(created.workspaceId, server.workspace);
  assert.deepEqual(created.payload, { order_id: 'ord_1', lines: [{ sku_code: 1 }] });
  assert.match(created.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(await harbor.events.retrieve(created.id), created);
  assert.deepEqual(await harbor.events.list({ workspaceId: server.workspace, type }), {
    data: [created],
    hasMore: false,
    endCursor: created.id,
  });
});

test('an idempotency key makes one event of two calls', withServer, async () => {
  const harbor = client();
  const event = { workspaceId: server.workspace, type: uniqueType('invoice.paid'), payload: {} };
  const options = { idempotencyKey: event.type };
  assert.deepEqual(await harbor.events.create(event, options), await harbor.events.create(event, options));
  assert.equal((await harbor.events.list({ workspaceId: server.workspace, type: event.type })).data.length, 1);
});

test('the workspace of the key is read', withServer, async () => {
  const workspace = await client().workspaces.retrieve(server.workspace);
  assert.deepEqual(Object.keys(workspace), ['id', 'name', 'status', 'createdAt']);
  assert.equal(workspace.status, 'active');
});

test('lists are filtered by type and time, and paged by cursor', withServer, async () => {
  const harbor = client();
  const workspaceId = server.workspace;
  const one = uniqueType('one');
  const two = uniqueType('two');
  const ids = [];
  for (const type of [one, two, one]) ids.unshift((await harbor.events.create({ workspaceId, type, payload: {} })).id);
  const both = [one, two];

  const first = await harbor.events.list({ workspaceId, type: both, limit: 2 });
  assert.deepEqual(
    first.data.map((event) => event.id),
    ids.slice(0, 2),
  );
  assert.equal(first.hasMore, true);
  const second = await harbor.events.list({ workspaceId, type: both, limit: 2, startingAfter: first.endCursor });
  assert.deepEqual(
    second.data.map((event) => event.id),
    ids.slice(2),
  );
  assert.equal(second.hasMore, false);

  const { createdAt } = first.data[0];
  const before = await harbor.events.list({ workspaceId, type: both, createdBefore: '2020-01-01T00:00:00Z' });
  assert.deepEqual(before, { data: [], hasMore: false, endCursor: null });
  const after = await harbor.events.list({
    workspaceId,
    type: two,
    createdAfter: new Date(Date.parse(createdAt) - 60_000),
    limit: undefined,
  });
  assert.deepEqual(
    after.data.map((event) => event.id),
    [ids[1]],
  );
});

test('listAuto goes through all events, newest first, a page at a time', withServer, async (t) => {
  const harbor = client();
  const workspaceId = server.workspace;
  const type = uniqueType('many');
  const newestFirst = [];
  for (let i = 0; i < 250; i++)
    newestFirst.unshift((await harbor.events.create({ workspaceId, type, payload: { i } })).id);

  const proxy = await startProxy(t);
  const watched = client({ host: proxy.url });
  const seen = [];
  for await (const event of watched.events.listAuto({ workspaceId, limit: 100, type })) seen.push(event.id);
  assert.deepEqual(seen, newestFirst);
  assert.equal(new Set(seen).size, 250);
  assert.equal(proxy.requests.length, 3);

  // Other tests may have left older events in the workspace; the newest 250 are these.
  proxy.requests.length = 0;
  const unfiltered = [];
  for await (const event of watched.events.listAuto({ workspaceId, limit: 100 })) {
    if (unfiltered.push(event.id) === 250) break;
  }
  assert.deepEqual(unfiltered, newestFirst);
  assert.equal(proxy.requests.length, 3);

  proxy.requests.length = 0;
  for await (const event of watched.events.listAuto({ workspaceId, limit: 100, type })) {
    assert.equal(event.id, newestFirst[0]);
    break;
  }
  assert.equal(proxy.requests.length, 1, 'a page that nobody asked for was fetched');

  proxy.requests.length = 0;
  const patient = [];
  for await (const event of watched.events.listAuto({ workspaceId, limit: 100, type })) {
    if (patient.push(event.id) === 100) proxy.fail(unavailable(), 'reset');
  }
  assert.deepEqual(patient, newestFirst);
  assert.equal(proxy.requests.length, 5);
});

test('member names inside the payload are stored and delivered as they are', withServer, async (t) => {
  const harbor = client();
  const receiver = await startReceiver(t);
  const type = uniqueType('invoice.paid');
  const webhook = await harbor.webhooks.create({ workspaceId: server.workspace, url: receiver.url, events: [type] });
  t.after(() => harbor.webhooks.delete(webhook.id));
  const payload = { amountCents: 1, snake_case: { innerCamel: [{ deep_snake: 2 }] }, payload: { has_more: true } };

  const created = await harbor.events.create({ workspaceId: server.workspace, type, payload });

  const stored = await fetch(`${server.url}/v1/events/${created.id}`, {
    headers: { Authorization: `Bearer ${server.key}` },
  });
  assert.equal(JSON.stringify((await stored.json()).payload), JSON.stringify(payload));
  const delivered = JSON.parse((await receiver.next()).body.toString());
  assert.equal(JSON.stringify(delivered.data.payload), JSON.stringify(payload));
  assert.equal(JSON.stringify((await harbor.events.retrieve(created.id)).payload), JSON.stringify(payload));
  assert.equal(JSON.stringify(created.payload), JSON.stringify(payload));
});
