/** Looking into the demo and hurrying it: a proxy between bot and tenant, and one clock for both. */
import assert from 'node:assert/strict';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Demo, startDemo } from '../../demo/start.ts';
import { proxyOrigin } from '../../demo/graph-through.ts';

const TESS = 'a0000000-0000-4000-8000-000000000001';
const HOUR = 3_600_000;

/** A proxy that forwards everything to `target()` and remembers the paths. */
async function startProxy(target: () => string | null) {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const origin = target();
    if (origin === null) {
      outgoing.writeHead(502).end();
      return;
    }
    seen.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    const onward = forward(
      new URL(incoming.url ?? '/', origin),
      { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(origin).host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${String(port)}`, seen, close };
}

describe('looking inside the demo', function () {
  this.timeout(60_000);
  const open: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close();
  });

  const post = async (origin: string, path: string, body: unknown) => {
    const text = JSON.stringify(body);
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const opensCase = async (demo: Demo): Promise<void> => {
    const data = { verb: 'open-lockout', query: 'Lena Hartmann' };
    await post(demo.origin, `/teams/chats/${TESS}/messages`, { text: 'reset the password of Lena Hartmann' });
    const chat = (await (await fetch(`${demo.origin}/teams/chats/${TESS}`)).json()) as { messages: { id: string }[] };
    const messageId = chat.messages.at(-1)?.id;
    await post(demo.origin, `/teams/chats/${TESS}/presses`, { messageId, verb: data.verb, data });
    await demo.hardline.whenIdle();
  };

  it('sends all of the bot’s Graph traffic through a proxy, its token included', async () => {
    let tenant: string | null = null;
    const proxy = await startProxy(() => tenant);
    open.push(proxy);
    const demo = await startDemo({
      ...{ port: 0, seedFile: null, dataFolder: null, impatient: true },
      graphThrough: proxy.origin,
      onTenant: (origin) => (tenant = origin),
    });
    open.push(demo);
    assert.equal(tenant, demo.tenant.origin);
    await opensCase(demo);
    const graph = proxy.seen.filter((line) => !line.includes('/_control/'));
    assert.match(graph[0] ?? '', /^POST \/organizations\/oauth2\/v2\.0\/token$/);
    const asked = demo.tenant.control.journal().filter(({ inBatch }) => !inBatch);
    assert.ok(asked.length > 0);
    const others = graph.filter((line) => line !== graph[0]);
    assert.equal(others.length, asked.length, 'every request but those for the token is in the journal');
  });

  it('takes a proxy on this machine and no other', () => {
    assert.equal(proxyOrigin('http://127.0.0.1:8080/'), 'http://127.0.0.1:8080');
    assert.equal(proxyOrigin('http://localhost:8080'), 'http://localhost:8080');
    for (const wrong of ['https://127.0.0.1:8080', 'http://proxy.example:8080', 'http://10.0.0.1', 'nonsense', '']) {
      assert.equal(proxyOrigin(wrong), null, wrong);
    }
  });

  it('moves one clock for bot and tenant', async () => {
    const demo = await startDemo({ port: 0, seedFile: null, dataFolder: null, impatient: true });
    open.push(demo);
    const moved = await post(demo.origin, '/_control/clock', { advanceSeconds: 5 * 3600 });
    assert.equal((moved.body['result'] as { aheadSeconds: number }).aheadSeconds, 5 * 3600);
    const shown = (await (await fetch(`${demo.origin}/_control/clock`)).json()) as { now: string };
    assert.ok(Date.parse(shown.now) - Date.now() > 4.9 * HOUR, shown.now);
    await opensCase(demo);
    const [newest] = await demo.hardline.ledgerEntries(1);
    assert.ok(newest !== undefined && newest.at - Date.now() > 4.9 * HOUR, 'the ledger has the moved time');
    const chat = (await (await fetch(`${demo.origin}/teams/chats/${TESS}`)).json()) as { messages: { at: number }[] };
    assert.ok((chat.messages.at(-1)?.at ?? 0) - Date.now() > 4.9 * HOUR, 'and so has Teams');
  });
});
