// The package as the server hands it out, installed by npm as a user would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { server, withServer } from './support/server.mjs';

const require = createRequire(import.meta.url);
const home = fileURLToPath(new URL('..', import.meta.url));

test('the package has no dependency, and knows its version', () => {
  const manifest = require('@harbor/sdk/package.json');
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'])
    assert.equal(manifest[kind], undefined);
  assert.equal(manifest.engines.node, '>=20');
  assert.equal(require('../dist/version.js').VERSION, manifest.version);
});

describe('installed from the server', withServer, () => {
  let folder;
  const run = (program, ...args) =>
    execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: join(folder, '.cache'), npm_config_update_notifier: 'false' },
    });
  const files = (path) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'harbor-sdk-'));
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }');
    run('npm', 'install', '--no-audit', '--no-fund', `${server.url}/sdk/typescript/harbor-sdk.tgz`);
  });
  after(() => rmSync(folder, { recursive: true }));

  test('import and require both give the constructor, and the version can be read', () => {
    const use = (kind, code) => run(process.execPath, `--input-type=${kind}`, '--eval', code);
    const print = "console.log(typeof Harbor, new Harbor({ secretKey: 'hb_test_xxxx' }).events.constructor.name)";
    assert.equal(use('module', `import { Harbor } from '@harbor/sdk'; ${print}`), 'function Events\n');
    assert.equal(use('commonjs', `const { Harbor } = require('@harbor/sdk'); ${print}`), 'function Events\n');
    assert.match(use('commonjs', "console.log(require('@harbor/sdk/package.json').version)"), /^2\.\d+\.\d+\n$/);
    const both = `const one = require('@harbor/sdk');
      import('@harbor/sdk').then((two) => console.log(Object.keys(two).every((name) => one[name] === two[name])))`;
    assert.equal(use('commonjs', both), 'true\n');
  });

  test('it holds what npm would pack, and nothing else is installed', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: home, encoding: 'utf8' }),
    );
    const installed = join(folder, 'node_modules', '@harbor', 'sdk');
    const paths = files(installed).map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name).slice(installed.length + 1),
    );
    assert.deepEqual(paths.sort(), packed.files.map((file) => file.path).sort());
    for (const path of paths) {
      assert.ok(readFileSync(join(installed, path)).equals(readFileSync(join(home, path))), `${path} differs`);
    }
    assert.deepEqual(
      readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['@harbor'],
    );
  });

  test('its types are there for both kinds of modules', () => {
    const installed = join(folder, 'node_modules', '@harbor', 'sdk', 'dist');
    assert.ok(existsSync(join(installed, 'esm.d.mts')));
    assert.ok(existsSync(join(installed, 'index.d.ts')));
  });
});
