import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { verifyWebhookSignature } from '@harbor/sdk';
import { startReceiver } from './support/receiver.mjs';
import { client, server, uniqueType, withServer } from './support/server.mjs';

const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const PREVIOUS_SECRET = 'whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=';
const SIGNATURE = '8ffb2e350d5b39844a81f0cbfa0a05d3bdb996dbe724113a9029e7192f1eb9a9';
const PREVIOUS_SIGNATURE = '716ee2ed1ad5ca4269fd2f1a35e5f7a0c90e4ee2a00bdd0f2845981901a73585';
const body = (carrier) =>
  '{"id":"del_0193f1a2c001","type":"event.created","created_at":"2026-05-25T12:00:01Z","data":{"id":"evt_02m4k9p1q7w3",' +
  '"type":"order.shipped","workspace_id":"ws_018f3a2e4b9c","payload":{"order_id":"ord_0192be7a3c4f",' +
  `"carrier":"${carrier}"},"created_at":"2026-05-25T12:00:00Z"}}`;
const genuine = {
  payload: body('ups'),
  signature: SIGNATURE,
  timestamp: '1779710401',
  secret: SECRET,
  now: new Date(1779710401_000),
};
const verify = (change = {}) => verifyWebhookSignature({ ...genuine, ...change });

test('the signatures of the contract are accepted', () => {
  assert.equal(Buffer.byteLength(genuine.payload), 267);
  assert.equal(verify(), true);
  assert.equal(verify({ payload: Buffer.from(genuine.payload) }), true);
  assert.equal(verify({ payload: new Uint8Array(Buffer.from(genuine.payload)) }), true);
  const nonAscii = {
    payload: body('é☃'),
    signature: '6f19f73a8d098e5b059dcc241e42eda6463297f6b95649218057016bae88cafd',
  };
  assert.equal(Buffer.byteLength(nonAscii.payload), 269);
  assert.equal(verify(nonAscii), true);
  assert.equal(
    verify({ payload: '', signature: 'd51fe1ef19815f3351fe5d61703b60179a3fabdfb6fd0f21ca3b5a6b6e222f0e' }),
    true,
  );
});

test('during a rotation either signature is enough', () => {
  const signature = `${SIGNATURE},${PREVIOUS_SIGNATURE}`;
  assert.equal(verify({ signature }), true);
  assert.equal(verify({ signature, secret: PREVIOUS_SECRET }), true);
  assert.equal(verify({ signature: `nonsense,,${SIGNATURE}` }), true);
  assert.equal(verify({ signature: `v1=${SIGNATURE}` }), true);
  assert.equal(verify({ signature: `sha256=${PREVIOUS_SIGNATURE}, sha256=${SIGNATURE}` }), true);
});

test('a timestamp may be 300 seconds from the clock, and not 301, either way', () => {
  const at = (seconds) => ({ now: new Date((1779710401 + seconds) * 1000) });
  assert.equal(verify(at(300)), true);
  assert.equal(verify(at(-300)), true);
  assert.equal(verify(at(301)), false);
  assert.equal(verify(at(-301)), false);
  assert.equal(verify({ now: undefined }), false, 'the present is the default');
  assert.equal(verify({ ...at(301), toleranceSeconds: 301 }), true);
  assert.equal(verify({ ...at(1), toleranceSeconds: 0 }), false);
  assert.equal(verify({ toleranceSeconds: NaN }), false);

  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(`${timestamp}.x`).digest('hex');
  assert.equal(verifyWebhookSignature({ payload: 'x', signature, timestamp, secret: SECRET }), true);
});

test('whatever is malformed is not genuine, and nothing is thrown', () => {
  const wrong = {
    payload: [undefined, null, 7, {}, [], body('upsx')],
    signature: [
      '',
      ' ',
      ',',
      SIGNATURE.toUpperCase(),
      SIGNATURE.slice(1),
      `${SIGNATURE}00`,
      `é${SIGNATURE}`,
      undefined,
      null,
      7,
      [SIGNATURE],
      {},
    ],
    timestamp: [
      '',
      '0',
      '-1',
      'soon',
      '1e9',
      '1779710401.0',
      ' 1779710401',
      '9'.repeat(400),
      undefined,
      null,
      1779710401,
      {},
    ],
    secret: ['', 'hb_test_xxxx', SECRET.toLowerCase(), undefined, null, 7, {}],
    now: [new Date(NaN), 'now', {}],
  };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values)
      assert.equal(verify({ [member]: value }), false, `${member} ${String(JSON.stringify(value))}`);
  }
  assert.equal(verifyWebhookSignature(undefined), false);
  assert.equal(verifyWebhookSignature(null), false);
  assert.equal(verifyWebhookSignature({}), false);
  const throwing = {
    get payload() {
      throw new Error('No.');
    },
  };
  assert.equal(verifyWebhookSignature(throwing), false);
});

test('an empty secret verifies nothing, not even what was signed with it', () => {
  const signature = createHmac('sha256', '').update(`${genuine.timestamp}.${genuine.payload}`).digest('hex');
  assert.equal(verify({ signature, secret: '' }), false);
});

test('a delivery of the server is genuine, and no longer when anything about it differs', withServer, async (t) => {
  const harbor = client();
  const receiver = await startReceiver(t);
  const type = uniqueType('order.shipped');
  const webhook = await harbor.webhooks.create({ workspaceId: server.workspace, url: receiver.url, events: [type] });
  t.after(() => harbor.webhooks.delete(webhook.id));
  await harbor.events.create({ workspaceId: server.workspace, type, payload: { name: 'Zoë ☃' } });
  const { headers, body: payload } = await receiver.next();
  const delivery = {
    payload,
    signature: headers['harbor-signature'],
    timestamp: headers['harbor-timestamp'],
    secret: webhook.secret,
  };
  const at = (seconds) => ({ now: new Date((Number(delivery.timestamp) + seconds) * 1000) });

  assert.equal(verifyWebhookSignature({ ...delivery, ...at(0) }), true);
  assert.equal(verifyWebhookSignature({ ...delivery, payload: payload.toString('utf8'), ...at(0) }), true);
  for (let i = 0; i < payload.length; i++) {
    const changed = Buffer.from(payload);
    changed[i] ^= 1;
    assert.equal(verifyWebhookSignature({ ...delivery, payload: changed, ...at(0) }), false);
  }
  assert.equal(verifyWebhookSignature({ ...delivery, secret: server.key, ...at(0) }), false);
  assert.equal(verifyWebhookSignature({ ...delivery, ...at(301) }), false);
  assert.equal(verifyWebhookSignature({ ...delivery, ...at(-301) }), false);
  assert.equal(verifyWebhookSignature({ ...delivery, signature: '', ...at(0) }), false);
});
