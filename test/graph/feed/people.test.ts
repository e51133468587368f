/** The feed of changes: from now on, without gaps where it can be, and honest about them where not. */
import assert from 'node:assert/strict';
import { LENA, NOAH, person, SOFIA, START } from '../../tenant/tenant.ts';
import type { SeedInput } from '../../tenant/tenant.ts';
import { harness } from '../stub-graph.ts';
import { openIndexInMemory } from '../../contracts/index-in-memory.ts';
import { followPeople } from '../../../src/graph/feed/people.ts';
import { SOURCE_DELAYS } from '../../../src/procedure/ages.ts';
import type { Instant } from '../../../src/procedure/facts.ts';
import { agoOf, closeFollowed, DAY, follow, HOUR, MINUTE, SECOND } from './followed.ts';

describe('The feed of changed numbers and managers', () => {
  afterEach(closeFollowed);

  it('begins with "from now on": it lists nobody, and vouches from when it can have missed nothing', async () => {
    const { requests, status } = await follow();
    const [first] = requests('/users/delta');
    assert.match(decodeURIComponent(first?.query ?? ''), /\$deltatoken=latest/);
    const { seenUpTo, observedSince, trouble } = await status('people');
    assert.deepEqual(
      { seenUpTo, observedSince, trouble },
      { seenUpTo: START, observedSince: START + 2 * MINUTE, trouble: null },
    );
  });

  it('asks every fifteen seconds, once, for what changed', async () => {
    const { pass, requests, status, now } = await follow();
    requests('');
    await pass(MINUTE);
    const rounds = requests('/users/delta');
    assert.equal(rounds.length, 4);
    for (const { query } of rounds) assert.doesNotMatch(query, /select|latest/);
    assert.equal((await status('people')).seenUpTo, now());
  });

  it('knows a changed number, and a changed manager, from the next round on', async () => {
    const { tenant, pass, fact, index } = await follow();
    await pass(10 * MINUTE);
    tenant.control.changeNumber({ user: LENA, which: 'businessPhones', number: '+49 30 66600099', audited: false });
    tenant.control.changePerson({ user: LENA, manager: NOAH });
    await pass(15 * SECOND);
    const office = await fact(LENA, 'office-number');
    assert.equal(office?.digest, index.digest('office-number', '+493066600099'));
    assert.ok((office.changedAt ?? 0) >= tenant.clock.now - 15 * SECOND);
    assert.equal((await fact(LENA, 'manager'))?.digest, index.digest('manager', NOAH));
    assert.equal((await fact(LENA, 'mobile-number'))?.changedAt, null);
    tenant.control.changePerson({ user: LENA, manager: null });
    await pass(15 * SECOND);
    assert.equal((await fact(LENA, 'manager'))?.digest, index.digest('manager', ''));
  });

  it('is not misled by repetitions: what was told before does not make a number young', async () => {
    const { tenant, pass, fact } = await follow();
    await pass(MINUTE);
    tenant.control.changeNumber({ user: LENA, which: 'businessPhones', number: '+49 30 66600099', audited: false });
    await pass(15 * SECOND);
    const before = await fact(LENA, 'office-number');
    tenant.clock.now += 3 * HOUR;
    await pass(15 * SECOND);
    for (const kind of ['replay', 'duplicates'] as const) {
      tenant.control.repeatDelta({ kind });
      await pass(15 * SECOND);
      assert.deepEqual(await fact(LENA, 'office-number'), before);
    }
  });

  for (const how of ['gone', 'sync-state-not-found'] as const) {
    it(`starts again from now when Graph forgot where it was (${how}), remembers the gap, and reads everybody again`, async () => {
      const { tenant, pass, status, reports, requests, fact, now } = await follow();
      await pass(10 * MINUTE);
      tenant.control.expireDeltaTokens({ how });
      tenant.control.changeNumber({ user: SOFIA, which: 'mobilePhone', number: '+1 2065550000', audited: false });
      requests('');
      await pass(15 * SECOND);
      const at = now();
      assert.ok(reports.some((report) => report.kind === 'gap' && report.source === 'people'));
      assert.ok(((await status('people')).observedSince ?? 0) >= at - 15 * SECOND);
      await pass(MINUTE);
      assert.equal(requests('/users?').length, 1);
      assert.equal((await status('everybody')).observedSince, (await status('people')).observedSince);
      const changed = await fact(SOFIA, 'mobile-number');
      assert.ok((changed?.changedAt ?? 0) >= at - 15 * SECOND, 'what changed in the gap counts as changed now');
      assert.equal((await fact(LENA, 'mobile-number'))?.changedAt, null, 'and nothing else does');
    });
  }

  it('goes on where it was after a restart within seven days, and has a gap after more', async () => {
    const { tenant, restart, pass, status, fact } = await follow();
    await pass(10 * MINUTE);
    const before = (await status('people')).observedSince;
    tenant.clock.now += 6 * DAY;
    tenant.control.changeNumber({ user: LENA, which: 'businessPhones', number: '+49 30 66600099', audited: false });
    await restart();
    assert.equal((await status('people')).observedSince, before);
    assert.equal((await fact(LENA, 'office-number'))?.changedAt, tenant.clock.now, 'told in the first round');
    tenant.clock.now += 8 * DAY;
    await restart();
    assert.ok(((await status('people')).observedSince ?? 0) >= tenant.clock.now);
  });

  it('reads page after page, and one that breaks in the middle vouches for nothing after the round began', async () => {
    const { tenant, pass, status, fact, restart, now } = await follow();
    await pass(MINUTE);
    tenant.control.settings({ pageSize: 1 });
    for (const user of [LENA, NOAH, SOFIA])
      tenant.control.changeNumber({ user, which: 'mobilePhone', number: '+1 2065550000', audited: false });
    const delta = '/v1.0/users/delta';
    tenant.control.fault({ kind: 'delay', ms: 1, path: delta, times: 2 }); // two pages come
    tenant.control.fault({ kind: 'status', status: 503, path: delta });
    await pass(15 * SECOND);
    const broken = await status('people');
    assert.equal(broken.trouble, 'unreachable');
    assert.match(broken.cursor ?? '', /next-page/, 'two pages are kept');
    const later = now();
    tenant.control.changeNumber({ user: person(20), which: 'mobilePhone', number: '+1 2065550001', audited: false });
    tenant.control.clearFaults();
    tenant.clock.now += 3 * MINUTE;
    await restart();
    for (const user of [LENA, NOAH, SOFIA, person(20)]) {
      assert.ok(((await fact(user, 'mobile-number'))?.changedAt ?? 0) >= later - 15 * SECOND, user);
    }
    assert.equal((await status('people')).seenUpTo, now());
    assert.equal((await status('people')).observedSince, broken.observedSince);
  });

  it('lets trouble pass, tells the log once, and asks less often meanwhile', async () => {
    const { tenant, pass, status, reports, requests } = await follow();
    const { observedSince } = await status('people');
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/users/delta' });
    requests('');
    await pass(10 * MINUTE);
    const asked = requests('/users/delta').length;
    assert.ok(asked >= 8 && asked <= 16 * 3, `${asked} requests in ten minutes, each repeated twice`);
    assert.deepEqual(reports, [{ kind: 'trouble', source: 'people', why: 'unreachable' }]);
    tenant.control.clearFaults();
    await pass(90 * SECOND);
    assert.deepEqual(reports.slice(1), [{ kind: 'recovered', source: 'people' }]);
    assert.deepEqual([(await status('people')).trouble, (await status('people')).observedSince], [null, observedSince]);
  });

  it('forgets nobody who is deleted and brought back, and dials nobody who is deleted', async () => {
    const { tenant, pass, fact } = await follow();
    tenant.clock.now += 3 * HOUR;
    await pass(15 * SECOND);
    const before = await fact(LENA, 'office-number');
    tenant.control.deletePerson({ user: LENA, by: person(18) });
    await pass(15 * SECOND);
    tenant.control.restorePerson({ user: LENA, by: person(18) });
    await pass(15 * SECOND);
    assert.deepEqual(await fact(LENA, 'office-number'), before);
  });

  for (const link of [
    'https://graph.example/v1.0/users/delta?$deltatoken=x',
    'http://graph.microsoft.com/v1.0/users/delta?$deltatoken=x',
    'https://graph.microsoft.com@evil.example/v1.0/users/delta',
    'https://graph.microsoft.com/v1.0/users/a0000000-0000-4000-8000-000000000010',
    'https://graph.microsoft.com/beta/users/delta?$deltatoken=x',
    'delta',
  ]) {
    it(`does not follow ${link}`, async () => {
      const one = await harness(() => ({ status: 200, json: { value: [], '@odata.deltaLink': link } }));
      const index = openIndexInMemory(SOURCE_DELAYS);
      const graphHost = 'https://graph.microsoft.com';
      const people = followPeople({ client: one.client, graphHost, index, now: () => START as Instant }, 0);
      assert.deepEqual(await people.round(await index.sources()), { kind: 'failed', why: 'unknown-shape' });
      assert.equal((await index.sources()).get('people')?.cursor, null);
      await one.close();
    });
  }
});

describe('The list of everybody', () => {
  afterEach(closeFollowed);

  const pages = (size: number) => ({
    seed: (seed: SeedInput): void => {
      seed.settings = { throttling: false, pageSize: size };
    },
  });

  it('is read once, a page every few seconds, with low priority, and its end is remembered', async () => {
    const { pass, requests, status, restart, tenant } = await follow(pages(5));
    const first = requests('/users?').length;
    await pass(30 * SECOND);
    const more = requests('/users?');
    assert.ok(first <= 5, 'the start does not wait for all of it');
    const count = tenant.control.journal().filter(({ path }) => path === '/v1.0/users').length;
    assert.equal(first + more.length, count);
    assert.equal((await status('everybody')).cursor, null);
    await pass(60 * MINUTE);
    await restart();
    assert.equal(requests('/users?').length, 0);
  });

  it('goes on with the next page after a restart in the middle', async () => {
    const { pass, requests, status, restart, index, fact } = await follow(pages(3));
    const before = requests('/users?').length;
    assert.notEqual((await status('everybody')).cursor, null);
    await restart();
    await pass(MINUTE);
    const everybody = new Set(index.updates.flatMap(({ sightings = [] }) => sightings.map((one) => one.person)));
    assert.equal(before + requests('/users?').length, Math.ceil(everybody.size / 3), 'no page was read twice');
    assert.notEqual(await fact(LENA, 'office-number'), null);
  });

  it('lets a number that was changed seconds ago be recognized at the very first look', async () => {
    const { tenant, pass, age, now } = await follow();
    await pass(30 * MINUTE);
    const untouched = agoOf(await age(NOAH, 'business-phone'), now());
    assert.ok(untouched !== null && untouched.ms > 25 * DAY && !untouched.changed);
    tenant.control.settings({ deltaDelaySeconds: 60, auditDelaySeconds: 900 });
    tenant.control.changeNumber({ user: LENA, which: 'businessPhones', number: '+49 30 66600099' });
    tenant.clock.now += SECOND;
    const changed = agoOf(await age(LENA, 'business-phone'), now());
    assert.ok(changed !== null && changed.changed && changed.ms <= 2 * SECOND);
  });

  it('says of a number that nobody listed yet that it is not confirmed, and settles it some minutes later', async () => {
    const { tenant, pass, age, now } = await follow({ quiet: true });
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/users' });
    await pass(30 * MINUTE);
    assert.deepEqual(await age(LENA, 'business-phone'), { kind: 'unread', why: 'not-confirmed' });
    await pass(3 * MINUTE);
    const found = agoOf(await age(LENA, 'business-phone'), now());
    assert.ok(found !== null && !found.changed && found.ms >= 25 * MINUTE);
  });
});
