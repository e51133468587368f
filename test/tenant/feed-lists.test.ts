/** The lists a follower of the whole tenant reads: risk, the registration report, the audit log, groups, phones. */
import assert from 'node:assert/strict';
import {
  closeTenants,
  EVENTUAL,
  group,
  LENA,
  methods,
  NOAH,
  onlyPlan,
  openTenant,
  person,
  SOFIA,
  START,
} from './tenant.ts';
import type { Got, SeedInput, TestTenant } from './tenant.ts';

const DAY = 86_400_000;
const ids = (answer: Got): readonly string[] => answer.body.value.map(({ id }) => id);

async function allPages(tenant: TestTenant, first: string, ask = {}): Promise<readonly Got[]> {
  const pages: Got[] = [];
  let next: string | undefined = first;
  while (next !== undefined) {
    const page: Got = await tenant.ask(next, ask);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    pages.push(page);
    next = page.body['@odata.nextLink']?.replace('https://graph.microsoft.com', '');
  }
  return pages;
}

describe('the list of people at risk in the emulated tenant', () => {
  afterEach(closeTenants);

  const since = (tenant: TestTenant, at: number) =>
    tenant.query('/v1.0/identityProtection/riskyUsers', {
      $filter: `riskLastUpdatedDateTime ge ${new Date(at).toISOString()}`,
    });

  it('tells whose risk changed since a moment, a reset that cleared it included', async () => {
    const tenant = await openTenant();
    tenant.clock.now += 60_000;
    tenant.control.setRisk({ user: SOFIA, level: 'medium' });
    assert.deepEqual(ids(await since(tenant, START + 60_000)), [SOFIA]);
    tenant.clock.now += 60_000;
    tenant.control.selfService({ user: SOFIA });
    const [sofia] = (await since(tenant, START + 120_000)).body.value;
    assert.deepEqual([sofia?.id, sofia?.['riskState']], [SOFIA, 'remediated']);
  });

  it('comes in pages and marks people who were deleted', async () => {
    const tenant = await openTenant((seed) => {
      seed.settings = { throttling: false, pageSize: 1 };
    });
    tenant.control.setRisk({ user: LENA, level: 'low' });
    tenant.control.deletePerson({ user: LENA, by: person(18) });
    const pages = await allPages(tenant, '/v1.0/identityProtection/riskyUsers');
    const people = pages.flatMap(({ body }) => body.value);
    assert.equal(pages.length, people.length);
    assert.deepEqual(
      people.filter((one) => one['isDeleted'] === true).map(({ id }) => id),
      [LENA],
    );
  });

  it('is closed to tenants without P2, and shares one request a second with everything of ID Protection', async () => {
    const without = await openTenant((seed) => {
      onlyPlan(seed, 'AAD_PREMIUM');
    });
    assert.equal((await without.ask('/v1.0/identityProtection/riskyUsers')).status, 403);
    const tenant = await openTenant();
    assert.equal((await tenant.ask('/v1.0/identityProtection/riskyUsers')).status, 200);
    const other = await tenant.ask('/v1.0/identityProtection/riskDetections');
    assert.deepEqual([other.status, other.headers.get('retry-after')], [429, null]);
  });
});

describe('the registration report about everybody in the emulated tenant', () => {
  afterEach(closeTenants);

  const REPORT = '/v1.0/reports/authenticationMethods/userRegistrationDetails';

  it('comes in pages and misses some people, whom it does not know alone either', async () => {
    const tenant = await openTenant((seed) => {
      seed.settings = { throttling: false };
      const lena = seed.people.find(({ id }) => id === LENA);
      if (lena !== undefined) lena.inRegistrationReport = false;
    });
    const pages = await allPages(tenant, `${REPORT}?$top=10`);
    const people = pages.flatMap(ids);
    const count = (await tenant.ask('/v1.0/users?$count=true&$top=1', EVENTUAL)).body['@odata.count'];
    assert.equal(people.length, Number(count) - 2, 'Lena, and Paula Reed, who is never in it');
    assert.equal(pages.length, Math.ceil(people.length / 10));
    assert.ok(!people.includes(LENA) && !people.includes(person(33)));
    assert.equal((await tenant.ask(`${REPORT}/${LENA}`)).status, 404);
    tenant.control.changePerson({ user: LENA, inRegistrationReport: true });
    assert.equal((await tenant.ask(`${REPORT}/${LENA}`)).status, 200);
  });
});

describe('the audit log as a tail in the emulated tenant', () => {
  afterEach(closeTenants);

  it('is open without P1, seven days back, while sign-ins and the registration report stay closed', async () => {
    const tenant = await openTenant((seed) => {
      onlyPlan(seed, 'EXCHANGE_S_ENTERPRISE');
      seed.audits = ['-8d', '-6d', '-1h'].map((at) => ({ at, service: 'Core Directory', activity: at, target: LENA }));
    });
    const log = await tenant.ask('/v1.0/auditLogs/directoryAudits');
    assert.deepEqual(
      log.body.value.map((entry) => entry['activityDisplayName']),
      ['-1h', '-6d'],
    );
    assert.equal((await tenant.ask('/v1.0/auditLogs/signIns')).status, 403);
    const report = await tenant.ask('/v1.0/reports/authenticationMethods/userRegistrationDetails');
    assert.equal(report.status, 403);
  });

  it('takes a window of time and several services, and pages of 999, each entry under an id of its own', async () => {
    const services = ['Core Directory', 'Authentication Methods', 'Self-service Password Management'] as const;
    const tenant = await openTenant((seed) => {
      seed.settings = { throttling: false };
      seed.audits = Array.from({ length: 2400 }, (_, n) => ({
        at: `-${String(n)}m`,
        service: services[n % 3] ?? 'Core Directory',
        activity: 'Update user',
        target: LENA,
      }));
    });
    const at = (minutes: number): string => new Date(START - minutes * 60_000).toISOString();
    const query = new URLSearchParams({
      $filter: `activityDateTime ge ${at(2100)} and activityDateTime le ${at(3)} and (loggedByService eq '${services[0]}' or loggedByService eq '${services[1]}')`,
      $top: '999',
    });
    const pages = await allPages(tenant, `/v1.0/auditLogs/directoryAudits?${query.toString()}`);
    const entries = pages.flatMap(({ body }) => body.value);
    assert.deepEqual(
      pages.map(({ body }) => body.value.length),
      [999, 400],
    );
    assert.equal(new Set(entries.map(({ id }) => id)).size, 1399);
    assert.ok(entries.every((entry) => entry['loggedByService'] !== services[2]));
  });

  it('shows a late entry among older ones, where it belongs by its time', async () => {
    const tenant = await openTenant((seed) => {
      seed.audits = [];
    });
    const shown = async () =>
      (await tenant.ask('/v1.0/auditLogs/directoryAudits')).body.value.map((entry) => entry['activityDateTime']);
    tenant.control.settings({ auditDelaySeconds: 3600 });
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 1' });
    tenant.control.settings({ auditDelaySeconds: 60 });
    tenant.clock.now += 60_000;
    tenant.control.changeNumber({ user: NOAH, which: 'mobilePhone', number: '+49 2' });
    tenant.clock.now += 60_000;
    const [first, second] = [new Date(START).toISOString(), new Date(START + 60_000).toISOString()];
    assert.deepEqual(await shown(), [second]);
    tenant.clock.now = START + 3_600_000;
    assert.deepEqual(await shown(), [second, first]);
    tenant.clock.now += 31 * DAY;
    assert.deepEqual(await shown(), []);
  });
});

describe('the members of a group in the emulated tenant', () => {
  afterEach(closeTenants);

  const nested = (seed: SeedInput) =>
    seed.groups?.push(
      { id: group(20), displayName: 'Everybody at the helpdesk', members: [group(21), NOAH, group(20)] },
      { id: group(21), displayName: 'Inner', members: [LENA, SOFIA] },
      { id: group(22), displayName: 'Hidden', members: [LENA], visibility: 'HiddenMembership' },
    );

  it('include those of groups inside it; the cast to people leaves the groups out', async () => {
    const tenant = await openTenant(nested);
    const path = `/v1.0/groups/${group(20)}/transitiveMembers`;
    assert.deepEqual(ids(await tenant.ask(`${path}?$select=id`)).toSorted(), [LENA, NOAH, SOFIA, group(21)].toSorted());
    const cast = `${path}/microsoft.graph.user?$select=id&$count=true&$top=2`;
    const pages = await allPages(tenant, cast, EVENTUAL);
    assert.deepEqual(
      pages.map(({ body }) => body.value.length),
      [2, 1],
    );
    assert.deepEqual(pages.flatMap(ids).toSorted(), [LENA, NOAH, SOFIA].toSorted());
    assert.equal((await tenant.ask(cast)).status, 400, 'a cast is an advanced query');
    assert.equal((await tenant.ask(`/v1.0/groups/${group(99)}/transitiveMembers`)).status, 404);
    assert.equal((await tenant.ask(`/v1.0/groups/${group(99)}`)).status, 404);
    assert.equal((await tenant.ask(`/v1.0/groups/${group(20)}`)).body.displayName, 'Everybody at the helpdesk');
    tenant.control.deletePerson({ user: LENA, by: person(18) });
    assert.ok(!ids(await tenant.ask(path)).includes(LENA));
  });

  it('are hidden where the group says so, unless the app may see them', async () => {
    const tenant = await openTenant(nested);
    tenant.control.permissions({ revoke: ['Member.Read.Hidden'] });
    const path = `/v1.0/groups/${group(22)}/transitiveMembers`;
    const check = () => tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, { body: { groupIds: [group(22)] } });
    assert.deepEqual(ids(await tenant.ask(path)), []);
    assert.deepEqual((await check()).body.value, []);
    assert.ok(!ids(await tenant.ask(`/v1.0/users/${LENA}/transitiveMemberOf`)).includes(group(22)));
    tenant.control.permissions({ grant: ['Member.Read.Hidden'] });
    assert.deepEqual(ids(await tenant.ask(path)), [LENA]);
    assert.deepEqual((await check()).body.value, [group(22)]);
    assert.ok(ids(await tenant.ask(`/v1.0/users/${LENA}/transitiveMemberOf`)).includes(group(22)));
  });
});

describe('a registered phone in the emulated tenant', () => {
  afterEach(closeTenants);

  it('keeps its id when it is replaced, and v1.0 never says since when it is there', async () => {
    const tenant = await openTenant();
    const phone = async () =>
      (await tenant.ask(methods(SOFIA))).body.value.find((one) => one['phoneType'] === 'mobile') ?? { id: '' };
    const before = await phone();
    tenant.control.changeNumber({ user: SOFIA, which: 'registered-mobile', number: '+1 2065550000' });
    const after = await phone();
    assert.deepEqual([before.id, after.id], [MOBILE, MOBILE]);
    assert.notDeepEqual(after, before);
    assert.ok(!('createdDateTime' in before) && !('createdDateTime' in after));
  });

  const MOBILE = '3179e48a-750b-4051-897c-87b9720928f7';
});
