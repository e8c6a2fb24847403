// Runs every example of the README. What follows "// →" in an example is what it prints there; … stands for
// anything.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { client, server, withServer } from './support/server.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(home, 'README.md'), 'utf8');
const examples = readme.split(/^## /m).flatMap((section) => {
  const [heading] = section.split('\n', 1);
  return [...section.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => ({ heading, code }));
});
const [opening] = examples;

// No test sends anything to another machine.
const PUBLIC_URL = 'https://api.example.com/harbor/webhooks';
const LOCAL_URL = 'http://127.0.0.1:9/readme';

const folder = mkdtempSync(join(tmpdir(), 'harbor-readme-'));
mkdirSync(join(folder, 'node_modules', '@harbor'), { recursive: true });
symlinkSync(home, join(folder, 'node_modules', '@harbor', 'sdk'));
after(async () => {
  rmSync(folder, { recursive: true });
  if (!server.url) return;
  const harbor = client();
  for await (const webhook of harbor.webhooks.listAuto({ workspaceId: server.workspace })) {
    if (webhook.url === LOCAL_URL) await harbor.webhooks.delete(webhook.id);
  }
});

/** Starts an example; `printed` waits until it has printed something. */
function run(t, { heading, code }, env = {}) {
  const isModule = !code.includes('require(');
  const file = join(folder, `${heading.replace(/\W+/g, '-')}.${isModule ? 'mjs' : 'cjs'}`);
  const whole = isModule && code !== opening.code ? opening.code + code : code;
  writeFileSync(file, whole.replaceAll(PUBLIC_URL, LOCAL_URL));
  const child = spawn(process.execPath, [file], {
    env: {
      ...process.env,
      HARBOR_SECRET_KEY: server.key,
      HARBOR_HOST: server.url,
      HARBOR_WORKSPACE: server.workspace,
      ...env,
    },
  });
  t.after(() => child.kill());
  const started = { output: '', errors: '', ended: undefined, printed: undefined };
  child.stdout.on('data', (data) => (started.output += data));
  child.stderr.on('data', (data) => (started.errors += data));
  started.ended = new Promise((resolve) => child.on('close', resolve));
  started.printed = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => pattern.test(started.output) && resolve(started.output.match(pattern));
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`ended without ${pattern}: ${started.output}${started.errors}`)));
      look();
    });
  return started;
}

function expected(code) {
  const lines = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => line);
  const pattern = lines.map((line) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*'));
  return new RegExp(`^${pattern.map((line) => `${line}\n`).join('')}$`);
}

test('there are examples', () => assert.ok(examples.length >= 9));

for (const example of examples) {
  if (example.heading === 'Receive deliveries') continue;
  test(`README: ${example.heading}`, withServer, async (t) => {
    const started = run(t, example);
    assert.equal(await started.ended, 0, started.errors);
    assert.match(started.output, expected(example.code));
  });
}

test('README: Receive deliveries', withServer, async (t) => {
  const example = examples.find(({ heading }) => heading === 'Receive deliveries');
  const harbor = client();
  const webhook = await harbor.webhooks.create({
    workspaceId: server.workspace,
    url: 'http://127.0.0.1:9/',
    events: ['order.*'],
  });
  t.after(() => harbor.webhooks.delete(webhook.id));
  const started = run(t, example, { PORT: '0', HARBOR_WEBHOOK_SECRET: webhook.secret });
  const [, port] = await started.printed(/Listening on port (\d+)\n/);
  await harbor.webhooks.update(webhook.id, { url: `http://127.0.0.1:${port}/` });

  const forged = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
  assert.equal(forged.status, 400);
  assert.equal(await forged.text(), 'Invalid signature');
  await harbor.events.create({ workspaceId: server.workspace, type: 'order.shipped', payload: { orderId: 'ord_2' } });
  await started.printed(/^order\.shipped/m);
  assert.match(started.output.replace(/^Listening.*\n/, ''), expected(example.code));
});
