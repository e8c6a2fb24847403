import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Harbor, isHarborError } from '@harbor/sdk';

/** Where a call goes, seen in place of the network. */
async function addressOf(t, options) {
  const calls = [];
  t.mock.method(globalThis, 'fetch', async (url, init) => {
    calls.push({ url: String(url), authorization: init.headers.Authorization });
    return new Response('{"id":"evt_01hzy9q7x8f4"}', { status: 200 });
  });
  await new Harbor(options).events.retrieve('evt_01hzy9q7x8f4');
  t.mock.restoreAll();
  assert.equal(calls.length, 1);
  assert.equal(calls[0].authorization, `Bearer ${options.secretKey}`);
  return calls[0].url;
}

test('the host follows from the key, unless it is given', async (t) => {
  const test = { secretKey: 'hb_test_xxxx' };
  const live = { secretKey: 'hb_live_xxxx' };
  assert.equal(await addressOf(t, test), 'https://sandbox.api.harbor.dev/v1/events/evt_01hzy9q7x8f4');
  assert.equal(await addressOf(t, live), 'https://api.harbor.dev/v1/events/evt_01hzy9q7x8f4');
  for (const key of [test, live, { secretKey: 'another_kind' }]) {
    for (const host of [
      'http://127.0.0.1:8080',
      'http://127.0.0.1:8080/',
      'http://127.0.0.1:8080/v1',
      'http://127.0.0.1:8080/v1/',
    ]) {
      assert.equal(await addressOf(t, { ...key, host }), 'http://127.0.0.1:8080/v1/events/evt_01hzy9q7x8f4');
    }
  }
  assert.equal(
    await addressOf(t, { ...test, host: 'https://example.com/harbor/v1' }),
    'https://example.com/harbor/v1/events/evt_01hzy9q7x8f4',
  );
});

test('options that cannot work are refused when the client is made', () => {
  const refused = (options, code, message) =>
    assert.throws(
      () => new Harbor(options),
      (error) => isHarborError(error) && error.code === code && error.status === 0 && message.test(error.message),
    );
  refused({ apiKey: 'hb_test_xxxx' }, 'authentication_failed', /apiKey has been renamed to secretKey/);
  refused({}, 'authentication_failed', /secretKey is missing/);
  refused(undefined, 'authentication_failed', /secretKey is missing/);
  refused({ secretKey: '' }, 'authentication_failed', /secretKey is missing/);
  refused({ secretKey: undefined }, 'authentication_failed', /secretKey is missing/);
  refused({ secretKey: 'sk_1234' }, 'authentication_failed', /^(?!.*sk_1234).*secretKey .*host/);
  refused({ secretKey: 'hb_test_a\nb' }, 'authentication_failed', /^(?!.*hb_test_a).*line breaks/);
  for (const host of [
    'example.com',
    'ftp://example.com',
    'https://user@example.com',
    'https://example.com/?a',
    'https://example.com/#a',
  ]) {
    refused({ secretKey: 'hb_test_xxxx', host }, 'invalid_request', /^host must be/);
  }
  for (const timeoutMs of [0, -1, NaN, Infinity, '5s']) {
    refused({ secretKey: 'hb_test_xxxx', timeoutMs }, 'invalid_request', /^timeoutMs must be/);
  }
  for (const maxRetries of [-1, 1.5, NaN, Infinity]) {
    refused({ secretKey: 'hb_test_xxxx', maxRetries }, 'invalid_request', /^maxRetries must be/);
  }
});

test('what the API does not have is not there', () => {
  const harbor = new Harbor({ secretKey: 'hb_test_xxxx' });
  assert.equal(harbor.events.replay, undefined);
  assert.equal(harbor.workspaces.list, undefined);
  assert.equal(harbor.events.delete, undefined);
  assert.equal(harbor.events.update, undefined);
});

test('printing a client does not show its key', () => {
  const harbor = new Harbor({ secretKey: 'hb_test_xxxx' });
  assert.doesNotMatch(inspect(harbor, { depth: 10, showHidden: true }) + JSON.stringify(harbor), /hb_test_xxxx/);
});

test('ids that would name another path are refused, all others are one segment', async (t) => {
  const harbor = new Harbor({ secretKey: 'hb_test_xxxx' });
  const fetched = t.mock.method(globalThis, 'fetch', async () => new Response('{}', { status: 200 }));
  for (const id of ['', '.', '..', undefined, null, 7]) {
    await assert.rejects(harbor.events.retrieve(id), { code: 'invalid_request' });
  }
  assert.equal(fetched.mock.callCount(), 0);
  await harbor.events.retrieve('a/b?c#d');
  assert.equal(String(fetched.mock.calls[0].arguments[0]), 'https://sandbox.api.harbor.dev/v1/events/a%2Fb%3Fc%23d');
});
