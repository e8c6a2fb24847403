import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limited, refusal, startProxy, unavailable } from './support/proxy.mjs';
import { client, server, uniqueType, withServer } from './support/server.mjs';

const event = () => ({ workspaceId: server.workspace, type: uniqueType('retried'), payload: {} });
const webhook = () => ({ workspaceId: server.workspace, url: 'http://127.0.0.1:9/', events: [uniqueType('retried')] });

test('a read survives two failures, and not three', withServer, async (t) => {
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url });
  proxy.fail(unavailable(), unavailable());
  assert.equal((await harbor.workspaces.retrieve(server.workspace)).id, server.workspace);
  assert.equal(proxy.requests.length, 3);

  proxy.fail(unavailable(), unavailable(), unavailable());
  await assert.rejects(harbor.workspaces.retrieve(server.workspace), { code: 'service_unavailable', status: 503 });
  assert.equal(proxy.requests.length, 6);
});

test('maxRetries says how many more attempts there are', withServer, async (t) => {
  const proxy = await startProxy(t);
  proxy.fail(unavailable());
  await assert.rejects(client({ host: proxy.url, maxRetries: 0 }).workspaces.retrieve(server.workspace), {
    status: 503,
  });
  assert.equal(proxy.requests.length, 1);
  proxy.fail(limited(1), limited(1), limited(1), limited(1));
  await client({ host: proxy.url, maxRetries: 4 }).workspaces.retrieve(server.workspace);
  assert.equal(proxy.requests.length, 6);
});

test('each transient failure of a read is retried', withServer, async (t) => {
  for (const fault of [limited(1), ...[500, 502, 503, 504].map((status) => refusal(status, 'x')), 'reset', 'hang']) {
    const proxy = await startProxy(t);
    proxy.fail(fault);
    // Only the hanging request may take longer than the short time-out.
    const harbor = client({
      host: proxy.url,
      timeoutMs: fault === 'hang' ? 300 : 30_000,
      maxRetries: fault === 'hang' ? 20 : 1,
    });
    assert.equal((await harbor.workspaces.retrieve(server.workspace)).id, server.workspace);
    assert.ok(proxy.requests.length >= 2);
  }
});

test('no other failure is retried', withServer, async (t) => {
  const proxy = await startProxy(t);
  for (const status of [307, 400, 401, 403, 404, 409, 413, 415, 501]) {
    proxy.requests.length = 0;
    proxy.fail(refusal(status, 'invalid_request'));
    await assert.rejects(client({ host: proxy.url }).workspaces.retrieve(server.workspace), { status });
    assert.equal(proxy.requests.length, 1);
  }
});

test('the wait that the server asks for is kept', withServer, async (t) => {
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url });
  proxy.fail(limited(300));
  await harbor.workspaces.retrieve(server.workspace);
  const [first, second] = proxy.requests;
  assert.equal(proxy.requests.length, 2);
  assert.ok(second.at - first.at >= 300, `waited ${second.at - first.at} ms`);

  proxy.fail(limited(5), limited(5), limited(777));
  await assert.rejects(harbor.workspaces.retrieve(server.workspace), { status: 429, retryAfterMs: 777 });
});

test('a write without an idempotency key is sent once, whatever happens', withServer, async (t) => {
  const writes = [
    (harbor) => harbor.events.create(event()),
    (harbor) => harbor.webhooks.create(webhook()),
    (harbor) => harbor.webhooks.update('wh_0193f1a2d001', { status: 'disabled' }),
    (harbor) => harbor.webhooks.delete('wh_0193f1a2d001'),
    (harbor) => harbor.webhooks.rotateSecret('wh_0193f1a2d001'),
    (harbor) => harbor.webhooks.test('wh_0193f1a2d001'),
    (harbor) => harbor.deliveries.replay('del_0193f1a2c001'),
    (harbor) => harbor.deliveries.replayMany({ workspaceId: server.workspace }),
  ];
  const faults = () => [unavailable(), limited(1), refusal(500, 'internal_error'), 'reset', 'hang'];
  const proxy = await startProxy(t);
  for (const write of writes) {
    for (const fault of faults()) {
      proxy.requests.length = 0;
      proxy.fail(fault);
      await assert.rejects(write(client({ host: proxy.url, timeoutMs: fault === 'hang' ? 500 : 30_000 })));
      assert.equal(
        proxy.requests.length,
        1,
        `${proxy.requests[0].method} ${proxy.requests[0].url} after ${JSON.stringify(fault)}`,
      );
    }
  }
});

test('a write with an idempotency key is repeated with the same key and body', withServer, async (t) => {
  for (const write of [
    (harbor, options) => harbor.events.create(event(), options),
    (harbor, options) => harbor.webhooks.create(webhook(), options),
  ]) {
    const proxy = await startProxy(t);
    const idempotencyKey = uniqueType('key');
    proxy.fail(unavailable(), limited(1));
    const created = await write(client({ host: proxy.url }), { idempotencyKey });
    assert.match(created.id, /^(evt|wh)_/);
    if ('secret' in created) t.after(() => client().webhooks.delete(created.id));
    assert.equal(proxy.requests.length, 3);
    for (const request of proxy.requests) {
      assert.equal(request.headers['idempotency-key'], idempotencyKey);
      assert.equal(request.body, proxy.requests[0].body);
    }
  }
});

test('a write whose answer was lost takes effect once', withServer, async (t) => {
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url });
  const lost = event();
  proxy.fail('lose');
  const created = await harbor.events.create(lost, { idempotencyKey: uniqueType('key') });
  assert.equal(proxy.requests.length, 2);
  const page = await harbor.events.list({ workspaceId: server.workspace, type: lost.type });
  assert.deepEqual(page.data, [created]);
});
