// A proxy in front of the server that answers wrongly when told to.
import { createServer, request } from 'node:http';
import { server } from './server.mjs';

/**
 * Starts a proxy. `requests` holds what arrived. Each of the next requests meets one of the faults given to `fail`:
 * an object with `status`, `headers`, `body` is the answer; 'hang' never answers; 'reset' closes the connection;
 * 'lose' lets the server do its work, and closes the connection instead of answering. All others are passed on.
 */
export async function startProxy(t) {
  const requests = [];
  const faults = [];
  const proxy = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    requests.push({
      method: incoming.method,
      url: incoming.url,
      headers: incoming.headers,
      body: body.toString(),
      at: performance.now(),
    });
    const fault = faults.shift();
    if (fault === 'hang') return;
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault !== undefined && fault !== 'lose') {
      outgoing.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    const forwarded = request(
      server.url + incoming.url,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (fault === 'lose') {
          answer.resume().on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => incoming.socket.destroy());
    forwarded.end(body);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${proxy.address().port}`, requests, fail: (...next) => faults.push(...next) };
}

/** An error as the server spells it. */
export function refusal(status, code, extra = {}) {
  const error = { code, message: `Refused with ${status}.`, request_id: 'req_0193f1a2b4d6', ...extra };
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Harbor-Request-Id': error.request_id },
    body: JSON.stringify({ error }),
  };
}

export const unavailable = () => refusal(503, 'service_unavailable');
export const limited = (retryAfterMs) => refusal(429, 'rate_limit_exceeded', { retry_after_ms: retryAfterMs });
