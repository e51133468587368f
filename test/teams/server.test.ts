import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { SERVER_LIMITS } from '../../src/teams/server.ts';
import type { Harness } from './harness.ts';
import { cardMessage, openHarness, personal, post, actionActivity, messageActivity } from './harness.ts';

const get = (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; headers: object }> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end();
  });

/** Sends raw bytes and gives back the socket and the first bytes of the answer. */
const raw = async (origin: string, bytes: string): Promise<[Socket, string]> => {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(bytes);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return [socket, chunk.toString('latin1')];
};

describe('the addresses of the server', () => {
  let harness: Harness;
  before(async () => (harness = await openHarness()));
  after(() => harness.close());

  it('tells the operator that it is up, that it is ready, and what it counted', async () => {
    await harness.post(messageActivity(harness, 'help'));
    assert.deepEqual((await get(`${harness.origin}/healthz`)).text, '{"up":true}');
    assert.deepEqual((await get(`${harness.origin}/readyz`)).text, '{"ready":true}');
    const { text } = await get(`${harness.origin}/metrics`);
    assert.match(text, /hardline_teams_turns_total\{kind="message",outcome="answered"\} 1/);
  });

  it('says that it is not ready when a turn could not be handled, or when that is unknown', async () => {
    const full = () => Promise.resolve({ kind: 'not-ready', because: 'ledger-unwritable' } as const);
    const unknown = () => Promise.reject(new Error('SECRET'));
    for (const [ready, because] of [[full, 'ledger-unwritable'] as const, [unknown, 'unknown'] as const]) {
      const closed = await openHarness({ kind: 'loopback-only' }, { ready });
      const { status, text } = await get(`${closed.origin}/readyz`);
      assert.deepEqual([status, text], [503, `{"ready":false,"because":"${because}"}`]);
      await closed.close();
    }
  });

  it('shows its metrics to this machine only, unless configured otherwise', async () => {
    const asked = { host: 'bot.fernhill.example' };
    assert.equal((await get(`${harness.origin}/metrics`, asked)).status, 403);
    assert.equal((await get(`${harness.origin}/metrics`, { 'x-forwarded-for': '203.0.113.7' })).status, 403);
    const open = await openHarness({ kind: 'loopback-only' }, { openMetrics: true });
    assert.equal((await get(`${open.origin}/metrics`, asked)).status, 200);
    await open.close();
  });

  it('answers an unknown address or method with a plain code, whatever the client would accept', async () => {
    for (const accept of ['application/json', 'image/png', '*/*', 'nonsense']) {
      const lost = await get(`${harness.origin}/../etc/passwd?<script>`, { accept });
      assert.deepEqual([lost.status, lost.text], [404, '{"error":{"code":"not-found"}}']);
      const wrong = await get(`${harness.origin}/api/messages`, { accept });
      assert.deepEqual([wrong.status, wrong.text], [405, '{"error":{"code":"method-not-allowed"}}']);
    }
    const { status } = await post(harness.origin, JSON.stringify(messageActivity(harness, 'help')), {
      accept: 'image/png',
    });
    assert.equal(status, 200);
  });

  it('leaves the other servers of the process as they were: writing a head can be chained', async () => {
    const other = createServer((_request, response) => response.writeHead(202).end('still whole'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { status, text } = await get(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    assert.deepEqual([status, text], [202, 'still whole']);
    other.close();
  });

  it('does not reveal what it is built with', async () => {
    const { headers } = await get(`${harness.origin}/healthz`);
    assert.doesNotMatch(JSON.stringify(headers), /restify|teamsai|node|express/i);
  });

  it('ends a connection that asks to become something else, instead of keeping it', async () => {
    const upgrade =
      'GET /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const [socket, answer] = await raw(harness.origin, upgrade);
    assert.match(answer, /^HTTP\/1\.1 405 /);
    socket.destroy();
  });

  it('refuses headers of 100 KB', async () => {
    const [socket, answer] = await raw(
      harness.origin,
      `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 431 /);
    socket.destroy();
  });
});

describe('a client that takes the server’s time or memory', () => {
  const HEAD = 'POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
  const limits = {
    headersMilliseconds: 10_000,
    requestMilliseconds: 10_000,
    checkEveryMilliseconds: 10,
    connections: 100,
  };

  it('has ten seconds for its headers', () => {
    assert.ok(SERVER_LIMITS.headersMilliseconds + SERVER_LIMITS.checkEveryMilliseconds <= 10_000);
  });

  it('is cut off when its headers do not come to an end', async () => {
    const harness = await openHarness(undefined, { limits: { ...limits, headersMilliseconds: 50 } });
    const [socket, answer] = await raw(harness.origin, HEAD);
    assert.match(answer, /^HTTP\/1\.1 408 /);
    await once(socket, 'close');
    await harness.close();
  });

  it('is cut off when it sends one header after another', async () => {
    const harness = await openHarness(undefined, { limits: { ...limits, headersMilliseconds: 50 } });
    const { hostname, port } = new URL(harness.origin);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(HEAD);
    const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 5);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    clearInterval(drip);
    assert.match(chunk.toString('latin1'), /^HTTP\/1\.1 408 /);
    socket.destroy();
    await harness.close();
  });

  it('is cut off when its body does not come to an end', async () => {
    const harness = await openHarness(undefined, {
      limits: { ...limits, headersMilliseconds: 50, requestMilliseconds: 50 },
    });
    const [socket, answer] = await raw(harness.origin, `${HEAD}Content-Length: 10\r\n\r\n{`);
    assert.match(answer, /^HTTP\/1\.1 408 /);
    await once(socket, 'close');
    await harness.close();
  });

  it('finds no more than so many connections', async () => {
    const harness = await openHarness(undefined, { limits: { ...limits, connections: 2 } });
    const health = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    const open = [await raw(harness.origin, health), await raw(harness.origin, health)];
    const { hostname, port } = new URL(harness.origin);
    const third = connect(Number(port), hostname);
    third.on('error', () => undefined);
    await once(third, 'close');
    assert.deepEqual(
      [third.bytesRead, open.map(([, answer]) => answer.slice(0, 12))],
      [0, ['HTTP/1.1 200', 'HTTP/1.1 200']],
    );
    for (const [socket] of open) socket.destroy();
    await harness.close();
  });
});

describe('closing the server', () => {
  /** A click is answered when the test says that it is done. */
  const openWithSlowTurn = async () => {
    const harness = await openHarness({ kind: 'loopback-only' }, { graceMilliseconds: 60_000 });
    const working = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<undefined>();
    harness.casework.onAction = async () => {
      working.resolve(undefined);
      await done.promise;
      return { kind: 'show', cardMessage: cardMessage('finished') };
    };
    return { harness, working, done };
  };

  it('ends at once although a client keeps an idle connection open', async () => {
    const harness = await openHarness({ kind: 'loopback-only' }, { graceMilliseconds: 60_000 });
    const [socket] = await raw(harness.origin, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const ended = once(socket, 'close');
    await harness.close();
    await ended;
  });

  it('lets a running turn finish and answer', async () => {
    const { harness, working, done } = await openWithSlowTurn();
    const answer = harness.post(actionActivity(harness, 'read-again'));
    await working.promise;
    const closed = harness.close();
    done.resolve(undefined);
    assert.match((await answer).text, /finished/);
    await closed;
  });

  it('ends a connection that would stay open as soon as its turn is answered', async () => {
    const { harness, working, done } = await openWithSlowTurn();
    const bytes = JSON.stringify(actionActivity(harness, 'read-again'));
    const head = `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    const answered = raw(harness.origin, `${head}Content-Length: ${bytes.length}\r\n\r\n${bytes}`);
    await working.promise;
    const closed = harness.close();
    done.resolve(undefined);
    const [socket, answer] = await answered;
    assert.match(answer, /^HTTP\/1\.1 200 /);
    await closed;
    socket.destroy();
  });

  it('does not wait for a turn that never ends', async () => {
    const harness = await openHarness({ kind: 'loopback-only' }, { graceMilliseconds: 20 });
    const working = Promise.withResolvers<undefined>();
    harness.casework.onMessage = () => {
      working.resolve(undefined);
      return new Promise(() => undefined);
    };
    const cut = assert.rejects(harness.post(messageActivity(harness, 'help')));
    await working.promise;
    await harness.close();
    await cut;
  });

  it('may be asked twice', async () => {
    const harness = await openHarness();
    await harness.post(personal(harness, { type: 'typing' }));
    await Promise.all([harness.close(), harness.close()].map((closing) => closing.catch(() => undefined)));
  });
});
