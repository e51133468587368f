import assert from 'node:assert/strict';
import fc from 'fast-check';
import { askTogether } from '../../src/graph/batch.ts';
import { followable, literal, path, segment } from '../../src/graph/odata.ts';
import { MAX_WAIT_MS, changesNothing, pauseBeforeRetry, retryAfterMs } from '../../src/graph/retry-reads.ts';
import { impersonal, oneLine } from '../../src/graph/text.ts';
import { parseFilter } from '../../demo/tenant/filter-parse.ts';
import { harness, graphError } from './stub-graph.ts';

describe('graph requests', () => {
  it('keeps whatever was typed within one literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const sent = new URL(`http://x${path('/users', { $filter: `displayName eq ${literal(typed)}` })}`);
        const filter = parseFilter(sent.searchParams.get('$filter') ?? '');
        assert.deepEqual(filter, { kind: 'compare', path: ['displayName'], operator: 'eq', value: typed });
        assert.equal(sent.hash, '');
        assert.deepEqual([...sent.searchParams.keys()], ['$filter']);
      }),
      { numRuns: 2000 },
    );
  });

  it('sends a query with half a character in it, without the half', () => {
    for (const typed of ['Lena \ud800', '\udc00Lena', 'Le\ud800na']) {
      const sent = new URL(`http://x${path('/users', { $filter: `displayName eq ${literal(typed)}` })}`);
      const filter = parseFilter(sent.searchParams.get('$filter') ?? '');
      const value = typed.toWellFormed();
      assert.deepEqual(filter, { kind: 'compare', path: ['displayName'], operator: 'eq', value });
    }
  });

  for (const link of [
    'https://evil.example/v1.0/auditLogs/directoryAudits?$skiptoken=x',
    'https://graph.microsoft.com.evil.example/v1.0/auditLogs/directoryAudits',
    'https://graph.microsoft.com@evil.example/v1.0/auditLogs/directoryAudits',
    'https://user:secret@graph.microsoft.com/v1.0/auditLogs/directoryAudits',
    'https://graph.microsoft.com:8443/v1.0/auditLogs/directoryAudits',
    'http://graph.microsoft.com/v1.0/auditLogs/directoryAudits',
    'https://graph.microsoft.com/v1.0/users',
    'https://graph.microsoft.com/beta/auditLogs/directoryAudits',
    'https://graph.microsoft.com/v1.0/auditLogs/directoryAudits/../../users',
    '//evil.example/v1.0/auditLogs/directoryAudits',
    '/v1.0/auditLogs/directoryAudits',
    'javascript:alert(1)',
    '',
  ]) {
    it(`does not follow ${JSON.stringify(link)} to the next page`, () => {
      assert.equal(followable(link, 'https://graph.microsoft.com', '/auditLogs/directoryAudits'), null);
    });
  }

  for (const id of ['..', '.', '', 'a/b', 'a?b', 'https://evil.example', 'a%2Fb', 'ä', 'x'.repeat(65)]) {
    it(`does not accept ${JSON.stringify(id)} as an object id`, () => {
      assert.throws(() => segment(id), TypeError);
    });
  }

  it('repeats reads and nothing else', () => {
    const graph = 'https://graph.microsoft.com';
    assert.ok(changesNothing('GET', `${graph}/v1.0/users/1`));
    assert.ok(changesNothing('POST', `${graph}/v1.0/$batch`));
    assert.ok(changesNothing('POST', `${graph}/v1.0/users/1/checkMemberGroups`));
    for (const [method, url] of [
      ['POST', '/v1.0/users/1/authentication/temporaryAccessPassMethods'],
      ['POST', '/v1.0/users/1/authentication/temporaryAccessPassMethods?x=/$batch'],
      ['POST', '/v1.0/users/1/revokeSignInSessions'],
      ['DELETE', '/v1.0/users/1/authentication/temporaryAccessPassMethods/2'],
      ['PATCH', '/v1.0/users/1'],
    ] as const) {
      assert.ok(!changesNothing(method, graph + url), `${method} ${url}`);
    }
  });

  it('never retries more than twice, and never waits more than six seconds in all', () => {
    const history = fc.array(
      fc.record({ status: fc.constantFrom(429, 503, 504, null), retryAfterMs: fc.option(fc.nat(20_000)) }),
    );
    fc.assert(
      fc.property(history, (answers) => {
        let waitedMs = 0;
        let retriesSoFar = 0;
        for (const answer of answers) {
          const pause = pauseBeforeRetry({ ...answer, retriesSoFar, waitedMs });
          if (pause === null) break;
          waitedMs += pause;
          retriesSoFar += 1;
        }
        assert.ok(retriesSoFar <= 2 && waitedMs <= MAX_WAIT_MS);
      }),
    );
  });

  it('understands waits in decimals and as a date', () => {
    const now = Date.parse('2026-03-02T09:00:00Z');
    assert.equal(retryAfterMs('2.128', now), 2128);
    assert.equal(retryAfterMs('Mon, 02 Mar 2026 09:00:03 GMT', now), 3000);
    assert.equal(retryAfterMs('Mon, 02 Mar 2026 08:00:00 GMT', now), 0);
    assert.equal(retryAfterMs('soon', now), null);
    assert.equal(retryAfterMs(null, now), null);
  });

  it('counts a part that did not come back as missing, and a failed whole as no answer to any part', async () => {
    const parts = { one: { path: path('/one') }, two: { path: path('/two') } };
    const one = await harness((seen) =>
      seen.inBatch && seen.path === '/v1.0/one' ? { status: 200, json: { a: 1 } } : seen.inBatch ? 'cut' : undefined,
    );
    const answers = await askTogether(one.client, 't', parts, 0);
    assert.ok(answers.one.kind === 'answered' && answers.one.status === 200);
    assert.deepEqual(answers.two, { kind: 'unanswered', why: 'missing', sent: true });
    await one.close();

    const lost = await harness(() => ({ status: 404, json: { error: { code: 'Request_ResourceNotFound' } } }));
    const none = await askTogether(lost.client, 't', parts, 0);
    assert.deepEqual(none.one, { kind: 'unanswered', why: 'unknown-shape', sent: true });
    await lost.close();
  });

  it('makes no further trip when the time for all trips is up', async () => {
    const throttled = graphError(429, 'TooManyRequests', '', { 'retry-after': '0.001' });
    const one = await harness((seen) => (seen.inBatch ? throttled : undefined), {
      timeoutMs: 50,
      wait: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    });
    const answers = await askTogether(one.client, 't', { one: { path: path('/one') } }, 0);
    assert.deepEqual(answers.one, { kind: 'unanswered', why: 'timeout', sent: false });
    assert.equal(one.stub.seen.filter(({ inBatch }) => !inBatch).length, 1);
    await one.close();
  });

  it('does not begin a pause that is longer than the time that is left: "busy" is said at once', async () => {
    const throttled = graphError(429, 'TooManyRequests', '', { 'retry-after': '2' });
    const one = await harness((seen) => (seen.inBatch ? throttled : undefined), { timeoutMs: 1500 });
    const [answer] = Object.values(await askTogether(one.client, 't', { one: { path: path('/one') } }, 0));
    assert.ok(answer?.kind === 'answered' && answer.status === 429);
    const whole = await harness(() => throttled, { timeoutMs: 1500 });
    const read = await whole.client.ask({ call: 't', method: 'GET', path: path('/users') });
    assert.ok(read.kind === 'answered' && read.status === 429);
    assert.deepEqual([one.pauses, whole.pauses], [[], []]);
    await Promise.all([one.close(), whole.close()]);
  });

  it('shows no invisible character, and cuts where people see characters', () => {
    assert.equal(oneLine('  Pixel\u202E 8\u0000\n\u200BPro ', 40), 'Pixel 8 Pro');
    assert.equal(oneLine('👩‍👩‍👧‍👦'.repeat(3), 2).at(-1), '…');
    assert.equal(impersonal('Call +49 30 5550 1010 or lena@fernhill.example', 200), 'Call (number) or (address)');
    assert.equal(impersonal('User is blocked for 24 hours', 200), 'User is blocked for 24 hours');
  });
});
