import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { limited, startProxy, unavailable } from './support/proxy.mjs';
import { client, server, uniqueType, withServer } from './support/server.mjs';

test('debug lines say what happened, and no secret', withServer, async (t) => {
  const lines = [];
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url, logger: { debug: (message, meta) => lines.push({ message, meta }) } });
  const event = { workspaceId: server.workspace, type: uniqueType('logged'), payload: { card: 'PAYLOAD-CONTENT' } };

  const created = await harbor.events.create(event);
  const webhook = await harbor.webhooks.create({
    workspaceId: server.workspace,
    url: 'http://127.0.0.1:9/',
    events: ['x'],
  });
  const rotated = await harbor.webhooks.rotateSecret(webhook.id);
  await harbor.events.list({ workspaceId: server.workspace, limit: 1 });
  await assert.rejects(harbor.events.retrieve('evt_invalid'));
  await harbor.webhooks.delete(webhook.id);
  proxy.fail(unavailable(), limited(3));
  await harbor.events.retrieve(created.id);

  for (const { message, meta } of lines) {
    assert.equal(typeof message, 'string');
    assert.deepEqual(Object.keys(meta), ['method', 'path', 'status', 'requestId', 'attempt', 'durationMs']);
    assert.match(meta.requestId, /^req_[0-9a-z]{12,32}$/);
    assert.ok(Number.isInteger(meta.durationMs));
  }
  const brief = lines.map(
    ({ meta }) => `${meta.method} ${meta.path.replace(/(evt|wh)_\w{20,}/, '$1')} ${meta.status} ${meta.attempt}`,
  );
  assert.deepEqual(brief, [
    'POST /v1/events 201 1',
    'POST /v1/webhooks 201 1',
    'POST /v1/webhooks/wh/rotate_secret 200 1',
    'GET /v1/events 200 1',
    'GET /v1/events/evt_invalid 404 1',
    'DELETE /v1/webhooks/wh 204 1',
    'GET /v1/events/evt 503 1',
    'GET /v1/events/evt 503 1', // the line of the retry
    'GET /v1/events/evt 429 2',
    'GET /v1/events/evt 429 2',
    'GET /v1/events/evt 200 3',
  ]);
  assert.match(lines[9].message, /^Retrying GET \/v1\/events\/evt_\w+ in 3 ms$/);
  const everything = inspect(lines, { depth: 10 }) + JSON.stringify(lines);
  for (const secret of [server.key, webhook.secret, rotated.secret, 'PAYLOAD-CONTENT']) {
    assert.equal(everything.includes(secret), false);
  }
  assert.doesNotMatch(everything, /authorization|bearer|hb_test_|whsec_/i);
});

test('an attempt without an answer has a line too', withServer, async (t) => {
  const lines = [];
  const proxy = await startProxy(t);
  proxy.fail('reset');
  const harbor = client({ host: proxy.url, logger: { debug: (message, meta) => lines.push(meta) } });
  await harbor.workspaces.retrieve(server.workspace);
  assert.deepEqual(
    lines.map(({ status, attempt }) => [status, attempt]),
    [
      [0, 1],
      [0, 1],
      [200, 2],
    ],
  );
  assert.equal(lines[0].requestId, '');
});

test('a logger that throws fails no call', withServer, async () => {
  const harbor = client({
    logger: {
      debug: () => {
        throw new Error('No.');
      },
    },
  });
  assert.equal((await harbor.workspaces.retrieve(server.workspace)).id, server.workspace);
});
