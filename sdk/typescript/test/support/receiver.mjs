// A webhook receiver on loopback.
import { createServer } from 'node:http';
import { once, EventEmitter } from 'node:events';

/** Starts a receiver that answers with `status`; `next()` waits for the next delivery that nobody has taken yet. */
export async function startReceiver(t, status = 200) {
  const arrivals = new EventEmitter();
  const unread = [];
  const receiver = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    outgoing.writeHead(started.status).end();
    unread.push({ headers: incoming.headers, body: Buffer.concat(chunks) });
    arrivals.emit('delivery');
  });
  const started = {
    status,
    url: '',
    async next() {
      while (unread.length === 0) await once(arrivals, 'delivery');
      return unread.shift();
    },
  };
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  started.url = `http://127.0.0.1:${receiver.address().port}/hook`;
  t.after(() => {
    receiver.close();
    receiver.closeAllConnections();
  });
  return started;
}
