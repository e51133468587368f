import assert from 'node:assert/strict';
import { selfServiceEvents } from '../../src/graph/audits.ts';
import { openClient } from '../../src/graph/client.ts';
import { readNumberChanges } from '../../src/graph/number-changes.ts';
import { openReportRateLimit } from '../../src/graph/report-rate-limit.ts';
import { personShape } from '../../src/graph/shapes.ts';
import { createPass } from '../../src/graph/temporary-access-pass.ts';
import { accountKind } from '../../src/graph/users.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';
import { harness } from './stub-graph.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-02T09:00:00Z') as Instant;
const open = openReportRateLimit(
  () => 0,
  async () => undefined,
  1000,
);

describe('graph reads', () => {
  it('does not claim that the log reaches further back than the page it got', async () => {
    const entry = { activityDisplayName: 'Sign in', activityDateTime: new Date(NOW - 4 * DAY).toISOString() };
    const next = 'https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=x';
    const one = await harness(() => ({ status: 200, json: { value: [entry], '@odata.nextLink': next } }));
    const changes = await readNumberChanges(one.client, open, person(10), NOW);
    assert.ok(changes.kind === 'read');
    assert.equal(changes.value(true).reachesBackTo, NOW - 4 * DAY);
    await one.close();
  });

  it('asks about fifteen people in one request, and about more in the next', async () => {
    const one = await harness(() => ({ status: 200, json: { value: [] } }));
    const people = Array.from({ length: 16 }, (_, n) => person(10 + n));
    assert.ok((await selfServiceEvents(one.client, open, NOW, people.slice(0, 15))).kind === 'read');
    assert.equal(one.stub.seen.length, 1);
    assert.ok((await selfServiceEvents(one.client, open, NOW, people)).kind === 'read');
    assert.equal(one.stub.seen.length, 3);
    await one.close();
  });

  it('reads every page of the log, and treats a log without an end as unread', async () => {
    const next = 'https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=a%2Bb';
    const entry = (minute: number) => ({
      activityDisplayName: 'Reset password (self-service)',
      activityDateTime: new Date(NOW + minute * 60_000).toISOString(),
      result: 'success',
      targetResources: [{ id: person(10).toUpperCase() }],
    });
    const paged = await harness(({ query }) =>
      query.get('$skiptoken') === 'a+b'
        ? { status: 200, json: { value: [entry(1)] } }
        : { status: 200, json: { value: [entry(2)], '@odata.nextLink': next } },
    );
    const events = await selfServiceEvents(paged.client, open, NOW, [person(10)]);
    assert.ok(events.kind === 'read');
    assert.deepEqual(
      events.value.map(({ about, progress }) => [about, progress.at - NOW]),
      [
        [person(10), 60_000],
        [person(10), 120_000],
      ],
    );
    await paged.close();

    const endless = await harness(() => ({ status: 200, json: { value: [], '@odata.nextLink': next } }));
    const none = await selfServiceEvents(endless.client, open, NOW, [person(10)]);
    assert.deepEqual(none, { kind: 'unread', why: 'unknown-shape' });
    await endless.close();
  });

  it('knows that no pass was made when it could not even sign in', async () => {
    const client = openClient({
      tenant: {
        kind: 'entra',
        cloud: 'global',
        tenantId: 't',
        clientId: 'c',
        credential: { getToken: () => Promise.reject(new Error('no network')) },
      },
      now: () => NOW,
      newId: () => 'id',
    });
    const order = { orderId: 'o', lifetimeMinutes: 60, oneTime: false, orderedAt: NOW };
    const creation = await createPass(client, person(10), order);
    assert.deepEqual(creation, {
      kind: 'refused',
      reason: 'The bot could not sign in to Microsoft Entra. No pass was created.',
    });
    await client.close();
  });

  for (const [entry, kind] of [
    [{ userPrincipalName: 'a@b', userType: 'Member' }, 'member'],
    [{ userPrincipalName: 'a@b', userType: null }, 'member'],
    [{ userPrincipalName: 'a@b', userType: 'Guest' }, 'internal-guest'],
    [{ userPrincipalName: 'a_b#ext#@c', userType: 'Member' }, 'external-guest'],
    [{ userPrincipalName: 'a@b', userType: 'Guest', creationType: 'Invitation' }, 'external-guest'],
    [{ userPrincipalName: 'a@b', userType: 'Member', externalUserState: 'PendingAcceptance' }, 'external-guest'],
  ] as const) {
    it(`takes ${JSON.stringify(entry)} for ${kind}`, () => {
      assert.equal(accountKind(personShape.parse({ id: '1', ...entry })), kind);
    });
  }

  it('remembers that the tenant has a plan while the report is busy, and forgets it when the plan is gone', async () => {
    const test = await startFernhill();
    const quietDays = async (): Promise<number> => {
      const { numbers } = (await test.directory.readSnapshot(person(10) satisfies PersonId)).facts;
      assert.ok(numbers.kind === 'read');
      const [number] = numbers.value;
      assert.ok(number?.age.kind === 'read');
      return Math.round((test.now() - number.age.value.since) / DAY);
    };
    const report = (status: number, code: string): void => {
      test.control.clearFaults();
      test.control.fault({ kind: 'status', status, code, path: '/v1.0/reports/**' });
    };
    report(500, 'UnknownError');
    assert.equal(await quietDays(), 7, 'nothing is known of a plan yet');
    test.control.clearFaults();
    assert.equal(await quietDays(), 30);
    report(500, 'UnknownError');
    assert.equal(await quietDays(), 30);
    report(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
    assert.equal(await quietDays(), 7);
    report(500, 'UnknownError');
    assert.equal(await quietDays(), 7);
    await test.close();
  });
});
