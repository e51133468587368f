/** Sign-ins, plans and the reports queue, as answers of a few lines. */
import assert from 'node:assert/strict';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { readLicense } from '../../src/graph/license.ts';
import { openReportRateLimit } from '../../src/graph/report-rate-limit.ts';
import { signInReader } from '../../src/graph/sign-ins.ts';
import { harness, graphError } from './stub-graph.ts';
import type { Reply } from './stub-graph.ts';

const lena = 'a0000000-0000-4000-8000-000000000010' as PersonId;
const since = Date.parse('2026-03-01T00:00:00Z') as Instant;
const list = (...value: unknown[]): Reply => ({ status: 200, json: { value } });
const signIn = (errorCode: number, failureReason: unknown = '', more = {}) => ({
  createdDateTime: '2026-03-02T08:00:00Z',
  conditionalAccessStatus: 'notApplied',
  status: { errorCode, failureReason },
  ...more,
});

async function signIns(reply: Reply) {
  const one = await harness(() => reply);
  const readSignIns = signInReader(
    one.client,
    openReportRateLimit(() => 0, one.client.wait),
  );
  const result = await readSignIns(lena, since);
  const asked = one.stub.seen;
  await one.close();
  return { result, asked };
}

async function license(...plans: unknown[]) {
  const one = await harness(() => list(...plans));
  const result = await readLicense(one.client, lena);
  await one.close();
  return result;
}

const plan = (skuPartNumber: string, ...services: readonly (readonly [string, string])[]) => ({
  skuPartNumber,
  servicePlans: services.map(([servicePlanName, provisioningStatus]) => ({ servicePlanName, provisioningStatus })),
});

describe('the sign-in log', () => {
  it('is asked for one person, since a moment, for twenty-five entries', async () => {
    const { asked } = await signIns(list());
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.path, '/v1.0/auditLogs/signIns');
    assert.deepEqual(Object.fromEntries(asked[0].query), {
      $filter: `userId eq '${lena}' and createdDateTime ge 2026-03-01T00:00:00.000Z`,
      $top: '25',
    });
  });

  it('is given newest first, whatever its order, and not beyond twenty-five', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      signIn(n, '', { createdDateTime: new Date(since + n * 60_000).toISOString() }),
    );
    const { result } = await signIns(list(...many));
    assert.ok(result.kind === 'read');
    assert.deepEqual(
      result.value.map(({ errorCode }) => errorCode),
      Array.from({ length: 25 }, (_, n) => 29 - n),
    );
  });

  it("shows the tenant's reason cleaned and cut, without addresses, numbers, or tricks of writing", async () => {
    const reason = `Blocked for lena.hartmann@fernhill.example, +49 30 5550 1010\u202E[x](https://evil.example) ${'a'.repeat(400)}`;
    const { result } = await signIns(list(signIn(50053, reason)));
    assert.ok(result.kind === 'read');
    const shown = result.value[0]?.failureReason ?? '';
    assert.match(shown, /^Blocked for \(address\) \(number\)/);
    assert.doesNotMatch(shown, /lena|5550|\u202E/);
    assert.ok(shown.length <= 200);
  });

  it('has no reason beside a success, and an unknown word about Conditional Access stays unknown', async () => {
    const { result } = await signIns(
      list(signIn(0, 'Other.'), signIn(53003, null, { conditionalAccessStatus: 'reportOnlyFailure' })),
    );
    assert.ok(result.kind === 'read');
    assert.deepEqual(
      result.value.map(({ failureReason, conditionalAccess }) => [failureReason, conditionalAccess]),
      [
        ['', 'not-applied'],
        ['', 'unknown'],
      ],
    );
  });

  it('is "not licensed" without P1, and unread when an entry does not say how it ended', async () => {
    const free = await signIns(graphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'));
    assert.deepEqual(free.result, { kind: 'unread', why: 'not-licensed' });
    const strange = await signIns(list({ createdDateTime: '2026-03-02T08:00:00Z' }));
    assert.deepEqual(strange.result, { kind: 'unread', why: 'unknown-shape' });
  });

  it('leaves two of five turns to the tail of the audit log, and waits for a third of the window instead', async () => {
    const one = await harness(() => list());
    const rateLimit = openReportRateLimit(() => 0, one.client.wait);
    const readSignIns = signInReader(one.client, rateLimit);
    for (const n of [1, 2, 3, 4]) assert.ok((await readSignIns(lena, since)).kind === 'read', `sign-in ${n}`);
    assert.deepEqual(one.pauses, [3500, 7000, 10_500], 'the clock of this test stands still');
    const tail = await rateLimit.ask('tail', async () => ({ kind: 'unanswered', why: 'timeout', sent: true }));
    assert.deepEqual(tail, { kind: 'unanswered', why: 'timeout', sent: true });
    assert.equal(one.pauses.length, 3, 'and the tail did not wait');
    await one.close();
  });

  describe('when several callers wait for the same turn', () => {
    const people = [1, 2, 3].map((n) => `a0000000-0000-4000-8000-00000000000${n}` as PersonId);
    const entry = (n: number, errorCode: number) => signIn(errorCode, '', { userId: people[n] });

    /** Three callers at once. */
    async function three(replies: readonly Reply[]) {
      const one = await harness(() => replies[one.stub.seen.length - 1] ?? list());
      const readSignIns = signInReader(
        one.client,
        openReportRateLimit(() => 0, one.client.wait),
      );
      const results = await Promise.all(people.map((person) => readSignIns(person, since)));
      const filters = one.stub.seen.map(({ query }) => new URLSearchParams(query).get('$filter') ?? '');
      await one.close();
      const codes = results.map((result) =>
        result.kind === 'read' ? result.value.map((one) => one.errorCode) : result.why,
      );
      return { filters, codes };
    }

    it('asks about those who wait in one request, and gives each their own entries', async () => {
      const everybody = [entry(1, 50126), entry(0, 50053), entry(2, 50055), entry(1, 0)];
      const { filters, codes } = await three([list(...everybody)]);
      assert.equal(filters.length, 1);
      assert.match(
        filters[0] ?? '',
        /^\(userId eq '.*1' or userId eq '.*2' or userId eq '.*3'\) and createdDateTime ge /,
      );
      assert.deepEqual(codes, [[50053], [50126, 0], [50055]]);
    });

    it('asks again for callers whose entries may not have fitted into the answer', async () => {
      const link = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/auditLogs/signIns?$skiptoken=x' };
      const cut = { status: 200, json: { value: [entry(1, 50126)], ...link } };
      const { filters, codes } = await three([
        cut,
        list(entry(0, 50053)),
        list(entry(1, 50126)),
        list(entry(2, 50055)),
      ]);
      assert.equal(filters.length, 4);
      assert.deepEqual(codes, [[50053], [50126], [50055]]);
    });

    it('asks for one after the other where the tenant refuses a question about several people', async () => {
      const refused = graphError(400, 'Request_UnsupportedQuery');
      const { filters, codes } = await three([
        refused,
        list(entry(0, 0)),
        list(entry(1, 50126)),
        list(entry(2, 50055)),
      ]);
      assert.deepEqual(codes, [[0], [50126], [50055]]);
      assert.ok(filters.slice(1).every((filter) => !filter.includes(' or ')));
    });
  });

  it('is asked once, also when Graph refuses: a request that nobody counted would break the limit', async () => {
    for (const reply of [graphError(429, 'TooManyRequests'), graphError(503, 'x'), 'cut'] as const) {
      const { asked } = await signIns(reply);
      assert.equal(asked.length, 1);
    }
  });
});

describe('the plans of a caller', () => {
  for (const [name, plans, contained] of [
    ['Entra ID P1', [plan('AAD_PREMIUM', ['AAD_PREMIUM', 'Success'])], true],
    ['Microsoft 365 Business Premium', [plan('SPB', ['AAD_PREMIUM', 'PendingProvisioning'])], true],
    ['Microsoft 365 Business Standard', [plan('O365_BUSINESS_PREMIUM', ['EXCHANGE_S_STANDARD', 'Success'])], true],
    ['Office 365 E3', [plan('ENTERPRISEPACK')], true],
    ['a plan whose P1 was switched off', [plan('SPE_E3', ['AAD_PREMIUM', 'Disabled'])], false],
    ['a mailbox alone', [plan('EXCHANGESTANDARD', ['EXCHANGE_S_STANDARD', 'Success'])], false],
    ['a plan nobody knows', [plan('QUANTUM_SUITE', ['QUANTUM', 'Success'])], false],
    ['none', [], false],
  ] as const) {
    it(`${contained ? 'contain' : 'do not contain'} the reset: ${name}`, async () => {
      const result = await license(...plans);
      assert.ok(result.kind === 'read');
      assert.equal(result.value.selfServiceReset, contained);
      assert.deepEqual(
        result.value.plans,
        plans.map(({ skuPartNumber }) => skuPartNumber),
      );
    });
  }

  it('are listed to five, those that decide first', async () => {
    const others = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => plan(name));
    const result = await license(...others, plan('SPB', ['AAD_PREMIUM', 'Success']));
    assert.ok(result.kind === 'read');
    assert.deepEqual(result.value.plans, ['SPB', 'A', 'B', 'C', 'D']);
  });
});
