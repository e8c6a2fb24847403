// The server that the tests talk to, and clients of it.
import { Harbor } from '@harbor/sdk';

const { env } = process;

/** Where a real server listens, an unrestricted key of each environment, and a workspace in the sandbox. */
export const server = {
  url: env.HARBOR_TEST_URL,
  key: env.HARBOR_TEST_KEY,
  liveKey: env.HARBOR_TEST_LIVE_KEY,
  workspace: env.HARBOR_TEST_WORKSPACE,
};

/** For the options of a test: without a server it is skipped, by name. */
export const withServer = { skip: server.url ? false : 'HARBOR_TEST_URL names no server', timeout: 60_000 };

/** A sandbox client of the server, or of what stands in front of it. */
export function client(options = {}) {
  return new Harbor({ secretKey: server.key, host: server.url, ...options });
}

/** A type that no other test uses. */
export function uniqueType(name) {
  return `${name}.t${process.pid}-${performance.now().toString(36).replace('.', '')}`;
}
