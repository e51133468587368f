import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openClient } from '../../src/graph/client.ts';
import { path } from '../../src/graph/odata.ts';
import { KEEP_ALIVE_MS } from '../../src/graph/transport.ts';
import { harness, graphError } from './stub-graph.ts';
import type { Harness } from './stub-graph.ts';

const TAP = path('/users/a0000000-0000-4000-8000-000000000010/authentication/temporaryAccessPassMethods');

describe('graph: one question, one answer', () => {
  let open: Harness[] = [];
  const start = async (...given: Parameters<typeof harness>): Promise<Harness> => {
    const one = await harness(...given);
    open.push(one);
    return one;
  };
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    open = [];
  });

  it('sends quotes, #, &, + and umlauts to the directory exactly as they were typed', async () => {
    const { stub, client } = await start(() => ({ status: 200, json: {} }));
    const typed = "displayName eq 'Seán O''Brien #1 & Jörg+Söhne https://evil.example/?x=1'";
    await client.ask({ call: 't', method: 'GET', path: path('/users', { $filter: typed, $top: 5 }) });
    const [seen] = stub.seen;
    assert.deepEqual(
      [...(seen?.query ?? [])],
      [
        ['$filter', typed],
        ['$top', '5'],
      ],
    );
    assert.equal(seen?.path, '/v1.0/users');
  });

  it('names every request, and names it the same when it is sent again', async () => {
    let calls = 0;
    const { stub, client } = await start(() => ((calls += 1) === 1 ? { status: 503 } : { status: 200, json: {} }));
    await client.ask({ call: 't', method: 'GET', path: path('/users') });
    assert.deepEqual(
      stub.seen.map(({ headers }) => headers['client-request-id']),
      ['id-1', 'id-1'],
    );
    assert.match(stub.seen[0]?.headers['authorization'] ?? '', /^Bearer ./);
  });

  for (const status of [421, 429, 500, 502, 503, 504]) {
    it(`sends the creation of a pass once when the answer is ${status}`, async () => {
      const { stub, client } = await start(() => ({ status, json: {}, headers: { 'retry-after': '0' } }));
      const answer = await client.ask({ call: 'create-pass', method: 'POST', path: TAP, body: {} });
      assert.ok(answer.kind === 'answered' && answer.status === status);
      assert.equal(stub.seen.length, 1);
    });
  }

  for (const way of ['cut', 'hang'] as const) {
    it(`sends the creation of a pass once when the answer is a ${way}`, async () => {
      const { stub, client } = await start(() => way, { timeoutMs: 120 });
      const answer = await client.ask({ call: 'create-pass', method: 'POST', path: TAP, body: {} });
      assert.deepEqual(answer, { kind: 'unanswered', why: way === 'cut' ? 'unreachable' : 'timeout', sent: true });
      assert.equal(stub.seen.length, 1);
    });
  }

  it('follows no redirect, so that neither a pass order nor the token goes elsewhere', async () => {
    const { stub, client } = await start(({ path: asked }) =>
      asked === '/elsewhere' ? { status: 201, json: {} } : { status: 307, headers: { location: '/elsewhere' } },
    );
    const answer = await client.ask({ call: 'create-pass', method: 'POST', path: TAP, body: {} });
    assert.ok(answer.kind === 'answered' && answer.status === 307);
    assert.equal(stub.seen.length, 1);
  });

  it('gives up on a directory that never answers', async () => {
    const { client } = await start(() => 'hang', { timeoutMs: 60 });
    const answer = await client.ask({ call: 't', method: 'GET', path: path('/users') });
    assert.deepEqual(answer, { kind: 'unanswered', why: 'timeout', sent: true });
  });

  it('gives up on a sign-in that never ends, and knows that nothing was sent', async () => {
    const { stub } = await start(() => ({ status: 200, json: {} }));
    const client = openClient({
      tenant: {
        kind: 'entra',
        cloud: 'global',
        tenantId: 't',
        clientId: 'c',
        credential: { getToken: () => new Promise(() => undefined) },
      },
      now: Date.now,
      newId: () => 'id',
      timeoutMs: 60,
    });
    const answer = await client.ask({ call: 'create-pass', method: 'POST', path: TAP, body: {} });
    assert.deepEqual(answer, { kind: 'unanswered', why: 'timeout', sent: false });
    assert.equal(stub.seen.length, 0);
    await client.close();
  });

  it('calls a refused sign-in denied', async () => {
    const refused = Object.assign(new Error('AADSTS7000215: the secret is wrong'), { name: 'AuthenticationError' });
    const client = openClient({
      tenant: {
        kind: 'entra',
        cloud: 'us-gov-l4',
        tenantId: 't',
        clientId: 'c',
        credential: { getToken: () => Promise.reject(refused) },
      },
      now: Date.now,
      newId: () => 'id',
    });
    const answer = await client.ask({ call: 't', method: 'GET', path: path('/users') });
    assert.deepEqual(answer, { kind: 'unanswered', why: 'denied', sent: false });
    await client.close();
  });

  it('survives an empty answer that calls itself JSON', async () => {
    const { client } = await start(() => ({ status: 202, text: '', headers: { 'content-type': 'application/json' } }));
    const answer = await client.ask({ call: 't', method: 'POST', path: path('/x'), body: {} });
    assert.ok(answer.kind === 'answered');
    assert.equal(answer.status, 202);
    assert.equal(answer.body, undefined);
  });

  it('survives a page of a proxy and keeps its status', async () => {
    const { client } = await start(() => ({ status: 502, text: '<html>', headers: { 'content-type': 'text/html' } }));
    const answer = await client.ask({ call: 't', method: 'GET', path: path('/x') });
    assert.ok(answer.kind === 'answered' && answer.status === 502 && answer.body === undefined);
  });

  it('reports name, status and ids of a call, and nothing about a person', async () => {
    const { client, reports } = await start(() => graphError(403, 'Authorization_RequestDenied'));
    await client.ask({
      call: 'read-methods',
      method: 'GET',
      path: path('/users/a0000000-0000-4000-8000-000000000010'),
    });
    assert.deepEqual(reports, [
      { call: 'read-methods', status: 403, milliseconds: 0, clientRequestId: 'id-1', requestId: 'stub-request' },
    ]);
  });

  it('tries a read anew at once when a kept connection turns out to be dead', async () => {
    let calls = 0;
    const { stub, client, pauses } = await start(() => ((calls += 1) === 1 ? 'cut' : { status: 200, json: { ok: 1 } }));
    const answer = await client.ask({ call: 't', method: 'GET', path: path('/users') });
    assert.ok(answer.kind === 'answered' && answer.status === 200);
    assert.equal(stub.seen.length, 2);
    assert.deepEqual(pauses, []);
  });

  it('keeps its connection through a quiet minute between two callers', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { stub, client } = await start(() => ({ status: 200, json: {} }));
      await client.ask({ call: 't', method: 'GET', path: path('/users') });
      await setImmediate(); // the connection is handed back a moment after the answer was read
      for (let passed = 0; passed < KEEP_ALIVE_MS / 2; passed += 1000) mock.timers.tick(1000);
      await client.ask({ call: 't', method: 'GET', path: path('/users') });
      assert.equal(stub.sockets(), 1);
      await setImmediate();
      for (let second = 0; second < 150; second += 1) mock.timers.tick(1000);
      await client.ask({ call: 't', method: 'GET', path: path('/users') });
      assert.equal(stub.sockets(), 2, 'and lets it go before a load balancer would');
    } finally {
      mock.timers.reset();
    }
  });

  for (const origin of ['http://graph.evil.example', 'https://127.0.0.1:4430', 'http://127.0.0.1.evil.example']) {
    it(`refuses an emulated tenant at ${origin}`, () => {
      const options = { now: Date.now, newId: () => 'id' };
      assert.throws(() => openClient({ tenant: { kind: 'emulated', origin }, ...options }), /on this machine/);
    });
  }
});
