/** Quick for playing, or with the delays and limits of the real service; deleted people; a clock that is moved. */
import assert from 'node:assert/strict';
import { fromNow, MINIMAL } from './delta-rounds.ts';
import { closeTenants, group, LENA, openTenant, person, SOFIA, START } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const audits = async (tenant: TestTenant) => (await tenant.ask('/v1.0/auditLogs/directoryAudits?$top=999')).body.value;
/** A log without history, so that only what happens in the test is in it. */
const unwritten = (seed: { audits?: unknown }) => (seed.audits = []);

describe('the timing of the emulated tenant', () => {
  afterEach(closeTenants);

  it('is quick if nobody says anything: everything is told at once', async () => {
    const tenant = await openTenant(unwritten);
    const start = await fromNow(tenant);
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 170 5550 0000' });
    assert.equal((await audits(tenant)).length, 1);
    assert.equal((await tenant.ask(start, MINIMAL)).body.value.length, 1);
    assert.equal(tenant.control.state().timing, 'quick');
  });

  it('can be that of Microsoft: audit events after 5 to 15 minutes and out of order, changes after a minute', async () => {
    const tenant = await openTenant(unwritten, { timing: 'as-microsoft' });
    const start = await fromNow(tenant);
    for (let n = 0; n < 30; n += 1) {
      tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: `+49 170 5550 ${String(n)}` });
      tenant.clock.now += 1000;
    }
    const firstSeen = new Map<unknown, number>();
    for (; tenant.clock.now <= START + 16 * MINUTE; tenant.clock.now += 10_000) {
      for (const { activityDateTime } of await audits(tenant)) {
        if (!firstSeen.has(activityDateTime)) firstSeen.set(activityDateTime, tenant.clock.now);
      }
    }
    const seen = [...firstSeen].map(([at, shown]) => ({ at: Date.parse(String(at)), shown }));
    assert.equal(seen.length, 30, 'nothing is lost');
    for (const { at, shown } of seen) {
      assert.ok(shown - at >= 5 * MINUTE && shown - at <= 15 * MINUTE + 10_000, String(shown - at));
    }
    const order = seen.map(({ at }) => at);
    assert.notDeepEqual(
      order,
      order.toSorted((a, b) => a - b),
      'in another order than they happened',
    );
    assert.equal((await tenant.ask(start, MINIMAL)).body.value.length, 1);
  });

  it('delays the same events in the same way for the same seed of randomness, and differently for another', async () => {
    const listed = async (randomSeed: number) => {
      const tenant = await openTenant(unwritten);
      tenant.control.timing({ to: 'as-microsoft', randomSeed });
      for (let n = 0; n < 20; n += 1) tenant.control.resetByAdmin({ user: LENA, by: person(18) });
      tenant.clock.now += 10 * MINUTE;
      return (await audits(tenant)).length;
    };
    const seeds = [1, 2, 3, 4, 5];
    const counts = await Promise.all(seeds.map(listed));
    assert.deepEqual(await Promise.all(seeds.map(listed)), counts);
    assert.ok(new Set(counts).size > 1, counts.join());
  });

  it('has limits and an old registration report as Microsoft has, and goes back to what the seed says', async () => {
    const tenant = await openTenant((seed) => {
      seed.settings = { throttling: false };
    });
    tenant.control.timing({ to: 'as-microsoft' });
    const { settings } = tenant.control.state();
    assert.deepEqual(
      [settings.throttling, settings.deltaDelaySeconds, settings.reportStalenessMinutes],
      [true, 60, 240],
    );
    tenant.control.settings({ auditDelaySeconds: 900 });
    assert.equal(tenant.control.state().settings.auditDelayUpToSeconds, null, 'a delay named alone is a fixed one');
    tenant.control.timing({ to: 'quick' });
    assert.deepEqual(
      [tenant.control.state().settings.throttling, tenant.control.state().settings.auditDelaySeconds],
      [false, 0],
    );
  });

  it('tells everything that still waits when it is made quick again', async () => {
    const tenant = await openTenant(unwritten);
    tenant.control.timing({ to: 'as-microsoft' });
    const start = await fromNow(tenant);
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 170 5550 0000' });
    assert.equal((await audits(tenant)).length, 0);
    tenant.control.timing({ to: 'quick' });
    assert.equal((await audits(tenant)).length, 1);
    assert.equal((await tenant.ask(start, MINIMAL)).body.value.length, 1);
  });
});

describe('what the emulated directory says and its log does not', () => {
  afterEach(closeTenants);

  it('is a number that changed without an entry', async () => {
    const tenant = await openTenant(unwritten);
    const start = await fromNow(tenant);
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 170 5550 0000', audited: false });
    tenant.control.changeNumber({ user: SOFIA, which: 'registered-mobile', number: '+1 2065550000', audited: false });
    tenant.clock.now += DAY;
    assert.deepEqual(await audits(tenant), []);
    assert.deepEqual((await tenant.ask(start, MINIMAL)).body.value, [{ id: LENA, mobilePhone: '+49 170 5550 0000' }]);
    const phones = (await tenant.ask(`/v1.0/users/${SOFIA}/authentication/phoneMethods`)).body.value;
    assert.deepEqual(
      phones.map((one) => one['phoneNumber']),
      ['+1 2065550000'],
    );
  });

  it('takes a manager only who is there', async () => {
    const tenant = await openTenant();
    tenant.control.changePerson({ user: LENA, manager: 'grace.adeyemi@fernhill.example' });
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/manager`)).body.id, person(18));
    assert.throws(() => tenant.control.changePerson({ user: LENA, manager: 'nobody' }), RangeError);
  });
});

describe('a deleted person in the emulated tenant', () => {
  afterEach(closeTenants);

  it('is in no list and no group, cannot sign in, and manages nobody, until they are restored', async () => {
    const tenant = await openTenant(unwritten);
    const manager = person(11);
    const before = (await tenant.ask(`/v1.0/users/${manager}?$select=displayName`)).body;
    tenant.control.deletePerson({ user: manager, by: person(18) });
    assert.equal((await tenant.ask(`/v1.0/users/${manager}`)).status, 404);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/manager`)).status, 404);
    const check = { body: { groupIds: [group(1)] } };
    assert.equal((await tenant.ask(`/v1.0/users/${manager}/checkMemberGroups`, check)).status, 404);
    const signIn = tenant.control.signIn({ upn: manager, pass: 'x' });
    assert.equal(signIn.signedIn ? null : signIn.reason, 'no-such-account');
    tenant.control.restorePerson({ user: manager, by: person(18) });
    assert.deepEqual((await tenant.ask(`/v1.0/users/${manager}?$select=displayName`)).body, before);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/manager`)).body.id, manager);
    const shown = (await audits(tenant)).map((entry) => entry['activityDisplayName']);
    assert.deepEqual(shown, ['Restore user', 'Delete user']);
  });
});

describe('a clock that is moved under the emulated tenant', () => {
  afterEach(closeTenants);

  it('makes limits free again, forward and back', async () => {
    const tenant = await openTenant();
    const ask = () => tenant.ask(`/v1.0/identityProtection/riskyUsers/${person(31)}`);
    assert.deepEqual([(await ask()).status, (await ask()).status], [200, 429]);
    tenant.clock.now += DAY;
    assert.deepEqual([(await ask()).status, (await ask()).status], [200, 429]);
    tenant.clock.now -= DAY / 2;
    assert.equal((await ask()).status, 200);
  });
});

describe('the clock of the emulated tenant', () => {
  afterEach(closeTenants);

  it('is moved forward by a time or to a time, and never back', async () => {
    const tenant = await openTenant();
    assert.deepEqual(tenant.control.clock({ advanceSeconds: 90 }), {
      now: new Date(START + 90_000).toISOString(),
      aheadSeconds: 90,
    });
    tenant.control.clock({ to: new Date(START + DAY).toISOString() });
    tenant.clock.now += 1000;
    assert.equal(tenant.now(), START + DAY + 1000, 'it goes on with the clock it is built on');
    assert.throws(() => tenant.control.clock({ to: new Date(START).toISOString() }), RangeError);
    tenant.control.reset();
    assert.equal(tenant.control.state().now, new Date(START + DAY + 1000).toISOString());
    const answer = await fetch(`${tenant.origin}/_control/clock`);
    assert.deepEqual(await answer.json(), tenant.control.clockReading());
  });

  it('lets late entries appear and passes expire', async () => {
    const tenant = await openTenant(unwritten, { timing: 'as-microsoft' });
    tenant.control.resetByAdmin({ user: LENA, by: person(18) });
    tenant.control.passFromElsewhere({ user: LENA, by: person(18), lifetimeMinutes: 60 });
    assert.deepEqual(await audits(tenant), []);
    tenant.control.clock({ advanceSeconds: 3600 });
    assert.equal((await audits(tenant)).length, 3);
    assert.equal(tenant.control.state().passes[0]?.usability, 'Expired');
  });
});
