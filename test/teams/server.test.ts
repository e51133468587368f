import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { House } from './house.ts';
import { letter, openHouse, personal, post, pressed, said } from './house.ts';

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

describe('the body of a request', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  after(() => house.close());

  const refused = async (bytes: string | Buffer, headers: Record<string, string>, status: number, code: string) => {
    const answer = await post(house.origin, bytes, headers);
    assert.deepEqual([answer.status, answer.body], [status, { error: { code } }]);
    assert.deepEqual(house.casework.turns, []);
  };
  const help = (): string => JSON.stringify(said(house, 'help'));

  it('is refused when it is packed: a gzip bomb is not opened', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, identity', 'x']) {
      await refused(bomb, { 'content-encoding': encoding }, 415, 'encoded-body');
    }
  });

  it('is refused when it is a form or an upload: nothing is written to disk', async () => {
    const upload = '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\ndata\r\n--x--\r\n';
    await refused(upload, { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'not-json');
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json-patch+json', '']) {
      await refused(help(), { 'content-type': type }, 415, 'not-json');
    }
    await refused(help(), { 'content-type': 'application/json; charset=utf-16' }, 415, 'not-json');
  });

  it('is refused when it is large, whether it says so or not', async () => {
    const large = JSON.stringify({ ...said(house, 'help'), padding: 'x'.repeat(1024 * 1024) });
    await refused(large, {}, 413, 'body-too-large');
    await refused(large, { 'transfer-encoding': 'chunked' }, 413, 'body-too-large');
  });

  const nested = (depth: number): string => `{"type":"message","value":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const unsound: readonly (readonly [string, string | Buffer, string])[] = [
    ['empty', '', 'malformed-json'],
    ['half', '{"type":', 'malformed-json'],
    ['a list', '[]', 'not-an-object'],
    ['a number', '7', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'malformed-json'],
    ['nested 40 deep', nested(40), 'unsound-json'],
    ['nested 100,000 deep', nested(100_000), 'unsound-json'],
    ['poisoned on top', '{"type":"message","__proto__":{"from":{"id":"x"}}}', 'unsound-json'],
    ['poisoned inside', '{"type":"invoke","value":{"action":{"data":{"__proto__":{"v":1}}}}}', 'unsound-json'],
    ['poisoned in a list', '{"type":"message","entities":[{"__proto__":{}}]}', 'unsound-json'],
    ['poisoned with an escape', '{"type":"message","\\u005f_proto__":{}}', 'unsound-json'],
  ];
  for (const [name, bytes, code] of unsound) {
    it(`is refused when it is ${name}`, () => refused(bytes, {}, 400, code));
  }

  it('never makes the server fail, whatever JSON it is', async () => {
    const known = fc.constantFrom(
      'type',
      'from',
      'conversation',
      'value',
      'text',
      'channelData',
      'entities',
      'id',
      'name',
    );
    const base = JSON.parse(help()) as Record<string, unknown>;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(known, fc.jsonValue({ maxDepth: 4 })), async (fields) => {
        const { status } = await house.post({ ...base, id: 'fuzz', ...fields });
        assert.ok(status === 200 || status === 400, String(status));
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        assert.ok([400, 403].includes((await post(house.origin, text)).status));
      }),
      { numRuns: 200 },
    );
    house.casework.turns.length = 0;
  });
});

describe('the doors of the server', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  after(() => house.close());

  it('tells the operator that it is up, that it is ready, and what it counted', async () => {
    await house.post(said(house, 'help'));
    assert.deepEqual((await get(`${house.origin}/healthz`)).text, '{"up":true}');
    assert.deepEqual((await get(`${house.origin}/readyz`)).text, '{"ready":true}');
    const { text } = await get(`${house.origin}/metrics`);
    assert.match(text, /hardline_teams_turns_total\{kind="said",outcome="answered"\} 1/);
  });

  it('says that it is not ready when a turn could not be worked, or when that cannot be told', async () => {
    for (const ready of [() => Promise.resolve(false), () => Promise.reject(new Error('SECRET'))]) {
      const closed = await openHouse({ kind: 'loopback-only' }, { ready });
      const { status, text } = await get(`${closed.origin}/readyz`);
      assert.deepEqual([status, text], [503, '{"ready":false}']);
      await closed.close();
    }
  });

  it('shows its counts to this machine only, unless told otherwise', async () => {
    const asked = { host: 'bot.fernhill.example' };
    assert.equal((await get(`${house.origin}/metrics`, asked)).status, 403);
    assert.equal((await get(`${house.origin}/metrics`, { 'x-forwarded-for': '203.0.113.7' })).status, 403);
    const open = await openHouse({ kind: 'loopback-only' }, { openMetrics: true });
    assert.equal((await get(`${open.origin}/metrics`, asked)).status, 200);
    await open.close();
  });

  it('answers an unknown address or method with a plain code, whatever the client would accept', async () => {
    for (const accept of ['application/json', 'image/png', '*/*', 'nonsense']) {
      const lost = await get(`${house.origin}/../etc/passwd?<script>`, { accept });
      assert.deepEqual([lost.status, lost.text], [404, '{"error":{"code":"not-found"}}']);
      const wrong = await get(`${house.origin}/api/messages`, { accept });
      assert.deepEqual([wrong.status, wrong.text], [405, '{"error":{"code":"method-not-allowed"}}']);
    }
    const { status } = await post(house.origin, JSON.stringify(said(house, 'help')), { accept: 'image/png' });
    assert.equal(status, 200);
  });

  it('does not say what it is made of', async () => {
    const { headers } = await get(`${house.origin}/healthz`);
    assert.doesNotMatch(JSON.stringify(headers), /restify|teamsai|node|express/i);
  });

  it('ends a connection that asks to become something else, instead of keeping it', async () => {
    const upgrade =
      'GET /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const [socket, answer] = await raw(house.origin, upgrade);
    assert.match(answer, /^HTTP\/1\.1 405 /);
    socket.destroy();
  });

  it('refuses headers of 100 KB', async () => {
    const [socket, answer] = await raw(
      house.origin,
      `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 431 /);
    socket.destroy();
  });
});

describe('closing the server', () => {
  it('ends at once although a client keeps an idle connection open', async () => {
    const house = await openHouse({ kind: 'loopback-only' }, { graceMilliseconds: 60_000 });
    const [socket] = await raw(house.origin, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const ended = once(socket, 'close');
    await house.close();
    await ended;
  });

  it('lets a running turn finish and answer', async () => {
    const house = await openHouse({ kind: 'loopback-only' }, { graceMilliseconds: 60_000 });
    const working = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<undefined>();
    house.casework.pressed = async () => {
      working.resolve(undefined);
      await done.promise;
      return { show: letter('finished') };
    };
    const answer = house.post(pressed(house, 'read-again'));
    await working.promise;
    const closed = house.close();
    done.resolve(undefined);
    assert.match((await answer).text, /finished/);
    await closed;
  });

  it('does not wait for a turn that never ends', async () => {
    const house = await openHouse({ kind: 'loopback-only' }, { graceMilliseconds: 20 });
    const working = Promise.withResolvers<undefined>();
    house.casework.said = () => {
      working.resolve(undefined);
      return new Promise(() => undefined);
    };
    const cut = assert.rejects(house.post(said(house, 'help')));
    await working.promise;
    await house.close();
    await cut;
  });

  it('may be asked twice', async () => {
    const house = await openHouse();
    await house.post(personal(house, { type: 'typing' }));
    await Promise.all([house.close(), house.close()].map((closing) => closing.catch(() => undefined)));
  });
});
