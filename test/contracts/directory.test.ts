/** The real client against the emulated tenant. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../src/procedure/facts.ts';
import { directoryContract } from './directory.contract.ts';
import { person, startFernhill } from './fernhill.ts';

directoryContract('Graph client on the emulated tenant', startFernhill);

describe('the directory on the emulated tenant', () => {
  let test: Awaited<ReturnType<typeof startFernhill>>;
  beforeEach(async () => (test = await startFernhill()));
  afterEach(() => test.close());

  it('reads a known caller in one round trip, and makes a second one only while the policy is not known', async () => {
    const trips = (): number => test.control.journal().filter(({ path }) => path.endsWith('/$batch')).length;
    await test.directory.readSnapshot(person(10));
    assert.equal(trips(), 2);
    test.control.clearJournal();
    await test.directory.readSnapshot(person(13));
    assert.equal(trips(), 1);
    const besides = test.control.journal().filter(({ inBatch, path }) => !inBatch && !path.endsWith('/$batch'));
    const reads = ['/auditLogs/directoryAudits', '/identityProtection/riskyUsers', '/users/delta'];
    assert.deepEqual(
      besides.map(({ path }) => path.replace(/^\/(v1\.0|beta)/, '')).toSorted(),
      [...reads, '/roleManagement/directory/transitiveRoleAssignments'].toSorted(),
      'the roles through groups, and one round of the feed',
    );
  });

  it('reads a caller once for several clicks at the same moment, and anew for the next', async () => {
    const { directory, control } = test;
    await Promise.all([1, 2, 3].map(() => directory.readSnapshot(person(10))));
    const reads = (): number => control.journal().filter(({ path }) => path.includes('/auditLogs/')).length;
    assert.equal(reads(), 1);
    control.changeNumber({ user: person(10), which: 'businessPhones', number: '+49 30 66600099' });
    const { numbers } = (await directory.readSnapshot(person(10))).facts;
    assert.equal(reads(), 2);
    assert.ok(numbers.kind === 'read' && numbers.value.some(({ lastDigits }) => lastDigits === '99'));
  });

  it('never calls anything that could set a password', async () => {
    const order = {
      orderId: randomUUID(),
      lifetimeMinutes: 60,
      oneTime: true,
      orderedAt: test.now(),
      passBefore: null,
    };
    await test.directory.readSnapshot(person(10));
    await test.directory.createPass(person(10), order);
    await test.directory.endSessions(person(10));
    assert.ok(test.control.state().requests > 5);
    assert.equal(test.control.state().forbiddenAttempts, 0);
  });

  it('treats a number that changed yesterday as changed yesterday, and others as unchanged for as far back as the log reaches', async () => {
    const day = 86_400_000;
    const nina = (await test.directory.readSnapshot(person(25))).facts.numbers;
    const lena = (await test.directory.readSnapshot(person(10))).facts.numbers;
    assert.ok(nina.kind === 'read' && lena.kind === 'read');
    for (const { age } of nina.value) assert.ok(age.kind === 'read' && age.value.since > test.now() - 2 * day);
    for (const { age } of lena.value) {
      assert.ok(age.kind === 'read' && age.value.since < test.now() - 29 * day, 'thirty days, not "never"');
    }
  });

  it('sees a number that is changed during the call', async () => {
    test.control.changeNumber({ user: person(10), which: 'businessPhones', number: '+49 30 66600099' });
    const { numbers } = (await test.directory.readSnapshot(person(10))).facts;
    assert.ok(numbers.kind === 'read');
    const office = numbers.value.find(({ ref }) => ref === 'business-phone');
    assert.equal(office?.lastDigits, '99');
    assert.ok(office.age.kind === 'read' && office.age.value.since > test.now() - 60_000);
  });

  it('follows a reset at Microsoft from the first step to success', async () => {
    const since = (test.now() - 1000) as Instant;
    test.control.selfService({ user: person(13), outcome: 'success' });
    test.pass(10_000);
    await test.directory.feed.runDue();
    const events = await test.directory.selfServiceEvents(since, [person(13), person(10)]);
    assert.ok(events.kind === 'read');
    assert.ok(events.value.length >= 2);
    assert.ok(events.value.every(({ about }) => about === person(13)));
    assert.equal(events.value.at(-1)?.progress.step, 'succeeded');
  });

  it('remembers for some minutes who the manager of a technician is, and never mistakes an unread answer for nobody', async () => {
    const { control, directory } = test;
    control.fault({ kind: 'status', status: 403, path: '/v1.0/users/*/manager', times: 1 });
    assert.deepEqual(await directory.managerOf(person(1)), { kind: 'unread', why: 'denied' });
    for (const trip of [1, 2, 3]) {
      assert.deepEqual(await directory.managerOf(person(1)), { kind: 'read', value: person(3) }, `look ${trip}`);
    }
    assert.deepEqual(await directory.managerOf(person(26)), { kind: 'read', value: null });
    assert.deepEqual(await directory.managerOf(person(26)), { kind: 'read', value: null });
    assert.equal(control.journal().filter(({ path }) => path.endsWith('/manager')).length, 3);
  });

  it('says for every person of the demo why they cannot sign in', async () => {
    const since = (test.now() - 7 * 86_400_000) as Instant;
    const last = async (n: number) => {
      const found = await test.directory.readSignIns(person(n), since);
      assert.ok(found.kind === 'read');
      return found.value[0];
    };
    const codes = { 10: 50053, 12: 50074, 13: 50126, 14: 50055, 15: 50144, 16: 50057, 20: 80001, 23: 53003, 24: 50079 };
    for (const [n, code] of Object.entries(codes))
      assert.equal((await last(Number(n)))?.errorCode, code, `person ${n}`);
    assert.equal((await last(23))?.conditionalAccess, 'failure');
    assert.equal((await last(10))?.conditionalAccess, 'not-applied');
    assert.match((await last(21))?.failureReason ?? '', /a step this tenant requires/);
  });

  it('tells a plan that contains the reset from one that does not', async () => {
    const { directory } = test;
    assert.deepEqual(await directory.readLicense(person(10)), {
      kind: 'read',
      value: { selfServiceReset: true, plans: ['ENTERPRISEPREMIUM'] },
    });
    assert.deepEqual(await directory.readLicense(person(26)), {
      kind: 'read',
      value: { selfServiceReset: false, plans: ['EXCHANGESTANDARD'] },
    });
    assert.deepEqual(await directory.readLicense(person(17)), {
      kind: 'read',
      value: { selfServiceReset: false, plans: [] },
    });
  });

  it('installs itself for a person once, and nowhere without a configured app or the permission', async () => {
    assert.equal(await test.directory.installApp(person(10)), 'not-permitted');
    assert.equal(test.control.state().requests, 0, 'nothing was asked');
    await test.close();
    test = await startFernhill({ teamsAppId: 'd0000000-0000-4000-8000-000000000010' });
    assert.equal(await test.directory.installApp(person(10)), 'installed');
    assert.equal(await test.directory.installApp(person(10)), 'already-there');
    assert.equal(await test.directory.installApp(person(99)), 'not-known');
    test.control.permissions({ revoke: ['TeamsAppInstallation.ReadWriteSelfForUser.All'] });
    assert.equal(await test.directory.installApp(person(12)), 'not-permitted');
    for (const kind of ['hang', 'answer-lost'] as const) {
      test.control.clearFaults();
      test.control.clearJournal();
      test.control.fault({ kind, path: '/v1.0/users/*/teamwork/installedApps' });
      assert.equal(await test.directory.installApp(person(13)), 'not-known');
      assert.equal(test.control.journal().length, 1, 'asked once');
    }
  });

  it('ends sessions where that is permitted, and says so where it is not', async () => {
    assert.equal(await test.directory.endSessions(person(10)), 'ended');
    test.control.permissions({ revoke: ['User.RevokeSessions.All'] });
    assert.equal(await test.directory.endSessions(person(10)), 'not-permitted');
  });
});
