/** Risk, the registration report, and the members of groups: followed for everybody, and asked for nobody. */
import assert from 'node:assert/strict';
import { openProtectionQueue } from '../../../src/graph/protection-queue.ts';
import { followRisks } from '../../../src/graph/feed/risks.ts';
import { FEED_SETTINGS } from '../../../src/graph/feed/settings.ts';
import { lookUp } from '../../../src/graph/known-facts.ts';
import { SOURCE_DELAYS } from '../../../src/procedure/ages.ts';
import type { GroupId, Instant, PersonId } from '../../../src/procedure/facts.ts';
import { openIndexInMemory } from '../../contracts/index-in-memory.ts';
import { group, LENA, NOAH, onlyPlan, person, SOFIA, START } from '../../tenant/tenant.ts';
import { grantsOf, graphError, harness } from '../stub-graph.ts';
import type { Reply } from '../stub-graph.ts';
import { closeFollowed, follow, HOUR, MINUTE, SECOND } from './followed.ts';

const RISKS = '/identityProtection/riskyUsers';
const REPORT = '/userRegistrationDetails';

describe('The risk of everybody', () => {
  afterEach(closeFollowed);

  it('is read whole at the start, and what changed every twenty seconds', async () => {
    const { tenant, pass, requests, facts } = await follow();
    const [whole, ...others] = requests(RISKS);
    assert.doesNotMatch(decodeURIComponent(whole?.query ?? ''), /filter/);
    assert.deepEqual(others, []);
    await pass(MINUTE);
    const rounds = requests(RISKS);
    assert.equal(rounds.length, 3);
    for (const { query } of rounds) assert.match(decodeURIComponent(query), /riskLastUpdatedDateTime.ge/);
    tenant.control.setRisk({ user: LENA, level: 'high' });
    await pass(20 * SECOND);
    assert.deepEqual((await facts(LENA)).risk, { kind: 'read', value: { level: 'high', confirmedCompromised: false } });
    tenant.control.setRisk({ user: LENA, level: 'none', state: 'dismissed' });
    await pass(20 * SECOND);
    assert.deepEqual((await facts(LENA)).risk, { kind: 'read', value: { level: 'none', confirmedCompromised: false } });
  });

  it('is read whole again from time to time, page by page and a second apart', async () => {
    const { tenant, pass, requests } = await follow();
    for (const user of [LENA, NOAH, SOFIA]) tenant.control.setRisk({ user, level: 'low' });
    tenant.control.settings({ pageSize: 1 });
    tenant.clock.now += 6 * HOUR;
    requests('');
    await pass(20 * SECOND);
    const pages = requests(RISKS);
    assert.ok(pages.length >= 4);
    for (const [n, { at }] of pages.slice(1).entries()) assert.ok(at - (pages[n]?.at ?? 0) > SECOND);
  });

  it('backs off when another app of the tenant uses up the limit, and never hammers', async () => {
    const { tenant, pass, requests, facts, reports } = await follow();
    tenant.control.fault({ kind: 'status', status: 429, code: 'TooManyRequests', path: '/v1.0/identityProtection/**' });
    requests('');
    await pass(5 * MINUTE);
    const asked = requests(RISKS);
    assert.ok(asked.length >= 4 && asked.length <= 12, `${asked.length} requests in five minutes`);
    assert.deepEqual((await facts(LENA)).risk, { kind: 'unread', why: 'throttled' });
    tenant.control.clearFaults();
    await pass(2 * MINUTE);
    assert.equal((await facts(LENA)).risk.kind, 'read');
    assert.deepEqual(
      reports.map(({ kind }) => kind),
      ['trouble', 'recovered'],
    );
  });

  it('is "not licensed" without P2, after a restart as well, and asked about rarely', async () => {
    const { pass, facts, restart, requests } = await follow({ seed: (seed) => onlyPlan(seed, 'AAD_PREMIUM') });
    assert.deepEqual((await facts(LENA)).risk, { kind: 'unread', why: 'not-licensed' });
    requests('');
    await pass(10 * MINUTE);
    assert.equal(requests(RISKS).length, 0);
    await restart();
    assert.deepEqual((await facts(LENA)).risk, { kind: 'unread', why: 'not-licensed' });
  });

  it('is believed only as Graph itself says it', async () => {
    const row = (riskLevel: string, riskState: string) => ({
      ...{ id: LENA, riskLevel, riskState, riskLastUpdatedDateTime: '2026-03-02T08:00:00Z' },
    });
    const answers: readonly (readonly [Reply, string | null])[] = [
      [{ status: 200, json: { value: [] } }, null],
      [{ status: 200, json: { value: [row('hidden', 'atRisk')] } }, 'not-licensed'],
      [{ status: 200, json: { value: [row('extreme', 'atRisk')] } }, 'unknown-shape'],
      [
        { status: 200, json: { value: [row('low', 'atRisk')], '@odata.nextLink': 'https://evil.example/x' } },
        'unknown-shape',
      ],
      [{ status: 200, json: {} }, 'unknown-shape'],
      [{ status: 404, text: '<html>' }, 'missing'],
      [graphError(403, 'Authorization_RequestDenied'), 'denied'],
      [graphError(403, 'Forbidden', 'Your tenant is not licensed for this feature.'), 'not-licensed'],
      ['cut', 'unreachable'],
    ];
    for (const [reply, trouble] of answers) {
      const one = await harness(() => reply);
      const index = openIndexInMemory(SOURCE_DELAYS);
      const queue = openProtectionQueue(
        () => 0,
        one.client.wait,
        () => 0,
        0,
      );
      const parts = {
        client: one.client,
        graphHost: 'https://graph.microsoft.com',
        index,
        now: () => START as Instant,
      };
      await followRisks(parts, queue, grantsOf(['IdentityRiskyUser.Read.All'])).round(await index.sources());
      assert.equal((await index.sources()).get('risk')?.trouble, trouble, JSON.stringify(reply));
      assert.equal(one.stub.seen.length, 1, 'asked once');
      await one.close();
    }
  });

  it('is known of somebody who is confirmed as compromised, also where the level is hidden', async () => {
    const row = (id: string, riskState: string) => ({
      ...{ id, riskLevel: 'hidden', riskState, riskLastUpdatedDateTime: '2026-03-02T08:00:00Z' },
    });
    const value = [row(LENA, 'confirmedCompromised'), row(NOAH, 'atRisk')];
    const one = await harness(() => ({ status: 200, json: { value } }));
    const index = openIndexInMemory(SOURCE_DELAYS);
    const queue = openProtectionQueue(
      () => 0,
      one.client.wait,
      () => 0,
      0,
    );
    const now = (): Instant => START as Instant;
    const parts = { client: one.client, graphHost: 'https://graph.microsoft.com', index, now };
    await followRisks(parts, queue, grantsOf([])).round(new Map());
    const riskOf = async (user: string) => {
      const look = { person: user as PersonId, values: new Map(), readAt: now(), accountCreatedAt: null };
      return (await lookUp(index, FEED_SETTINGS, look)).risk;
    };
    assert.deepEqual(await riskOf(LENA), { kind: 'read', value: { level: 'high', confirmedCompromised: true } });
    assert.deepEqual(await riskOf(NOAH), { kind: 'unread', why: 'not-licensed' });
    assert.deepEqual(await riskOf(SOFIA), { kind: 'unread', why: 'not-licensed' });
    await one.close();
  });
});

describe('The registration report', () => {
  afterEach(closeFollowed);

  it('is read at the start and every few hours, not for each case', async () => {
    const { pass, requests, facts } = await follow();
    assert.equal(requests(REPORT).length, 1);
    for (const user of [LENA, NOAH, SOFIA]) assert.equal((await facts(user)).registration.kind, 'read');
    await pass(MINUTE);
    assert.equal(requests(REPORT).length, 0);
  });

  it('is read for one person when a case asks about somebody it does not list, in the background, and not again for hours', async () => {
    const { tenant, pass, requests, facts } = await follow({
      seed: (seed) => {
        const lena = seed.people.find(({ id }) => id === LENA);
        assert.ok(lena);
        lena.inRegistrationReport = false;
      },
    });
    requests('');
    assert.deepEqual((await facts(LENA)).registration, { kind: 'unread', why: 'missing' });
    assert.equal(requests(REPORT).length, 0, 'the case does not wait for it');
    await pass(20 * SECOND);
    assert.deepEqual(
      requests(REPORT).map(({ path }) => path.endsWith(LENA)),
      [true],
    );
    await facts(LENA);
    await pass(MINUTE);
    assert.equal(requests(REPORT).length, 0, 'the report does not know them: that is remembered for a while');
    tenant.control.changePerson({ user: LENA, inRegistrationReport: true });
    tenant.clock.now += 5 * HOUR;
    await pass(MINUTE);
    assert.equal((await facts(LENA)).registration.kind, 'read');
  });

  it('goes on with the next page after a restart', async () => {
    const { tenant, pass, restart, requests, index } = await follow({ quiet: true });
    tenant.control.settings({ pageSize: 10 });
    await pass(2 * SECOND);
    const first = requests(REPORT).length;
    assert.equal(first, 1);
    await restart();
    await pass(5 * MINUTE);
    const pages = requests(REPORT).length;
    const rows = index.updates.flatMap(({ registrations = [] }) => registrations.map((one) => one.person));
    assert.equal(first + pages, Math.ceil(new Set(rows).size / 10));
    assert.equal(rows.length, new Set(rows).size, 'no page was read twice');
  });

  it('is "not licensed" without P1, and cases say so', async () => {
    const { facts, restart } = await follow({ seed: (seed) => onlyPlan(seed, 'EXCHANGE_S_ENTERPRISE') });
    assert.deepEqual((await facts(LENA)).registration, { kind: 'unread', why: 'not-licensed' });
    await restart();
    assert.deepEqual((await facts(LENA)).registration, { kind: 'unread', why: 'not-licensed' });
  });
});

describe('The members of the configured groups', () => {
  afterEach(closeFollowed);

  it('are known from the start, through groups in groups and page by page, and followed every few minutes', async () => {
    const { tenant, index, pass } = await follow({
      seed: (seed) => {
        seed.settings = { throttling: false, pageSize: 2 };
        seed.groups?.push({ id: group(20), displayName: 'Inner', members: [LENA, SOFIA, NOAH] });
        seed.groups?.find(({ id }) => id === group(2))?.members?.push(group(20));
      },
    });
    const members = async (number: number) => (await index.membersOf(group(number) as GroupId)) ?? [];
    for (const user of [LENA, SOFIA, NOAH]) assert.ok((await members(2)).some((one) => one === user));
    assert.equal(await index.membersOf(group(3) as GroupId), null, 'nobody asked for this one');
    tenant.control.leaveGroup({ user: LENA, group: group(20) });
    tenant.control.joinGroup({ user: person(20), group: group(1) });
    await pass(5 * MINUTE);
    assert.ok(!(await members(2)).some((one) => one === LENA));
    assert.ok((await members(1)).some((one) => one === person(20)));
  });

  it('of one group that cannot be read keep nobody from knowing those of the others', async () => {
    const { tenant, index, pass, status } = await follow({ quiet: true });
    tenant.control.fault({ kind: 'status', status: 403, path: `/v1.0/groups/${group(1)}/**` });
    await pass(MINUTE);
    assert.equal(await index.membersOf(group(1) as GroupId), null);
    assert.ok(((await index.membersOf(group(2) as GroupId)) ?? []).length > 0);
    assert.equal((await status('members')).trouble, 'denied');
  });
});
