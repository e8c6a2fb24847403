import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { HarborError, isHarborError } from '@harbor/sdk';
import { limited, startProxy } from './support/proxy.mjs';
import { client, server, withServer } from './support/server.mjs';

async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('The call did not fail');
}

test('an error of the server rejects with all that it says', withServer, async () => {
  const error = await errorOf(client().workspaces.retrieve('ws_invalid'));
  assert.ok(error instanceof HarborError);
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'HarborError');
  assert.equal(error.code, 'resource_not_found');
  assert.equal(error.status, 404);
  assert.match(error.requestId, /^req_[0-9a-z]{12,32}$/);
  assert.equal(error.message, 'No workspace found with id ws_invalid.');
  assert.equal(error.retryAfterMs, undefined);
  assert.match(error.stack, /HarborError: No workspace found/);
});

test('each kind of error has its code', withServer, async () => {
  const wrongKey = await errorOf(client({ secretKey: 'hb_test_wrong' }).workspaces.retrieve(server.workspace));
  assert.equal(wrongKey.code, 'authentication_failed');
  assert.equal(wrongKey.status, 401);
  assert.equal(wrongKey.message, 'Invalid API key provided.');

  const tooMany = await errorOf(client().events.list({ workspaceId: server.workspace, limit: 101 }));
  assert.equal(tooMany.code, 'invalid_request');
  assert.equal(tooMany.param, 'limit');

  const idempotencyKey = `errors-${process.pid}-${Date.now()}`;
  const event = { workspaceId: server.workspace, type: 'order.shipped', payload: { n: 1 } };
  await client().events.create(event, { idempotencyKey });
  const conflict = await errorOf(client().events.create({ ...event, payload: { n: 2 } }, { idempotencyKey }));
  assert.equal(conflict.code, 'idempotency_conflict');
  assert.equal(conflict.status, 409);
});

test('isHarborError knows the errors of every copy of the package, and no others', async () => {
  const error = new HarborError({ code: 'invalid_request', message: 'No.' });
  assert.equal(isHarborError(error), true);
  for (const other of [
    new Error('No.'),
    new TypeError(),
    { name: 'HarborError', code: 'timeout' },
    'HarborError',
    null,
    undefined,
    7,
  ]) {
    assert.equal(isHarborError(other), false);
  }

  const require = createRequire(import.meta.url);
  const own = require.resolve('@harbor/sdk').replace(/index\.js$/, '');
  for (const file of Object.keys(require.cache)) if (file.startsWith(own)) delete require.cache[file];
  const copy = require('@harbor/sdk');
  assert.notEqual(copy.HarborError, HarborError);
  assert.equal(isHarborError(new copy.HarborError({ code: 'timeout', message: 'No.' })), true);
  assert.equal(copy.isHarborError(error), true);
});

test('isHarborError is true for what a call rejects with', withServer, async () => {
  assert.equal(isHarborError(await errorOf(client().events.retrieve('evt_invalid'))), true);
});

test('an answer that the server did not write becomes an error all the same', withServer, async (t) => {
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url, maxRetries: 0 });
  const html = { headers: { 'Content-Type': 'text/html' }, body: '<h1>Oops</h1>' };
  const cases = [
    [{ status: 502, ...html }, 'service_unavailable'],
    [{ status: 500, ...html }, 'internal_error'],
    [{ status: 404, body: '{"error":"gone"}' }, 'resource_not_found'],
    [{ status: 403, body: 'null' }, 'permission_denied'],
    [{ status: 401 }, 'authentication_failed'],
    [{ status: 418, body: '[]' }, 'invalid_request'],
  ];
  for (const [fault, code] of cases) {
    proxy.fail(fault);
    const error = await errorOf(harbor.workspaces.retrieve(server.workspace));
    assert.equal(error.code, code);
    assert.equal(error.status, fault.status);
    assert.equal(error.requestId, '');
  }

  proxy.fail({ status: 200, ...html });
  const page = await errorOf(harbor.workspaces.retrieve(server.workspace));
  assert.equal(page.status, 200);
  assert.match(page.message, /is the host right/);

  proxy.fail({ status: 429, headers: { 'Retry-After': '7' } });
  assert.equal((await errorOf(harbor.workspaces.retrieve(server.workspace))).retryAfterMs, 7000);
  proxy.fail(limited(250));
  assert.equal((await errorOf(harbor.workspaces.retrieve(server.workspace))).retryAfterMs, 250);
  proxy.fail({ status: 503, headers: { 'Retry-After': '1' } });
  assert.equal((await errorOf(harbor.workspaces.retrieve(server.workspace))).retryAfterMs, undefined);
});

test('without an answer the code says why, and the status is 0', withServer, async (t) => {
  const proxy = await startProxy(t);
  proxy.fail('reset', 'hang');
  const lost = await errorOf(client({ host: proxy.url, maxRetries: 0 }).workspaces.retrieve(server.workspace));
  assert.equal(lost.code, 'connection_error');
  const late = await errorOf(
    client({ host: proxy.url, maxRetries: 0, timeoutMs: 50 }).workspaces.retrieve(server.workspace),
  );
  assert.equal(late.code, 'timeout');
  assert.match(late.message, /within 50 ms\.$/);
  for (const error of [lost, late]) {
    assert.equal(isHarborError(error), true);
    assert.equal(error.status, 0);
    assert.equal(error.requestId, '');
  }
});

test('a redirect is not followed, so that the key goes nowhere else', withServer, async (t) => {
  const proxy = await startProxy(t);
  const elsewhere = await startProxy(t);
  proxy.fail({ status: 307, headers: { Location: `${elsewhere.url}/v1/workspaces/x` } });
  const error = await errorOf(client({ host: proxy.url }).workspaces.retrieve(server.workspace));
  assert.equal(error.status, 307);
  assert.equal(elsewhere.requests.length, 0);
});

test('a request that cannot be written is refused before it is sent', withServer, async (t) => {
  const proxy = await startProxy(t);
  const harbor = client({ host: proxy.url });
  const event = { workspaceId: server.workspace, type: 'order.shipped', payload: { amount: 1n } };
  assert.equal((await errorOf(harbor.events.create(event))).code, 'invalid_request');
  for (const idempotencyKey of ['', 'two words', 'line\nbreak', 'x'.repeat(256), 'é', 7]) {
    const error = await errorOf(harbor.events.create({ ...event, payload: {} }, { idempotencyKey }));
    assert.equal(error.code, 'invalid_request');
    assert.match(error.message, /idempotencyKey/);
  }
  assert.equal(proxy.requests.length, 0);
});
