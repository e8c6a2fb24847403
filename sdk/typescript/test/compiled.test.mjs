// That what is committed was made from the sources. Needs the development dependencies (npm ci).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(home, 'node_modules', 'typescript', 'bin', 'tsc');
const installed = { skip: existsSync(compiler) ? false : 'the development dependencies are not installed' };

function run(...args) {
  try {
    return execFileSync(process.execPath, args, { cwd: home, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return assert.fail(`${error.stdout}${error.stderr}`);
  }
}

test('the types are those of the OpenAPI file', installed, () => {
  run('scripts/generate.mjs', '--check');
});

test('dist is what the sources compile to', installed, (t) => {
  const fresh = mkdtempSync(join(tmpdir(), 'harbor-dist-'));
  t.after(() => rmSync(fresh, { recursive: true }));
  run(compiler, '--outDir', fresh);
  const dist = join(home, 'dist');
  assert.deepEqual(readdirSync(dist).sort(), readdirSync(fresh).sort(), 'run npm run build');
  for (const file of readdirSync(fresh)) {
    assert.equal(
      readFileSync(join(dist, file), 'utf8'),
      readFileSync(join(fresh, file), 'utf8'),
      `${file}: run npm run build`,
    );
  }
});

test('everything is formatted', installed, () => {
  run(join(home, 'node_modules', 'prettier', 'bin', 'prettier.cjs'), '--check', '.');
});

test('users of both kinds of modules get strict types', installed, () => {
  const options = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'node16',
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  run(compiler, '--ignoreConfig', ...options, 'test/types/usage.mts', 'test/types/usage.cts');
});
