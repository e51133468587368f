/** What `users/delta` refuses, tokens that no longer work, and what reading people costs. */
import assert from 'node:assert/strict';
import { fromNow, HOST, round, SELECT } from './delta-rounds.ts';
import { closeTenants, LENA, NOAH, openTenant, person, START } from './tenant.ts';

const DAY = 86_400_000;

describe('what users/delta refuses in the emulated tenant', () => {
  afterEach(closeTenants);

  it('is every option that Microsoft does not take there', async () => {
    const tenant = await openTenant();
    const wrong: Record<string, string>[] = [
      { $top: '5' },
      { $expand: 'manager' },
      { $orderby: 'displayName' },
      { $search: '"displayName:lena"' },
      { $filter: "displayName eq 'Lena Hartmann'" },
      { $filter: `id eq '${LENA}' and id eq '${NOAH}'` },
      { $filter: Array.from({ length: 51 }, (_, n) => `id eq '${person(n)}'`).join(' or ') },
      { $filter: 'id' },
      { $select: 'shoeSize' },
    ];
    for (const query of wrong) {
      assert.equal((await tenant.query('/v1.0/users/delta', query)).status, 400, JSON.stringify(query));
    }
    const start = await fromNow(tenant);
    assert.equal((await tenant.ask(`${start}&$select=mobilePhone`)).status, 400, 'a token holds its own selection');
    assert.equal((await tenant.ask('/v1.0/users/delta?$deltatoken=nonsense')).status, 400);
    assert.equal((await tenant.ask(start.replace('$deltatoken', '$skiptoken'))).status, 400);
  });

  it('is a token older than seven days: gone, with the address to start again', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant, { $filter: `id eq '${LENA}'` });
    tenant.clock.now = START + 7 * DAY;
    assert.equal((await tenant.ask(start)).status, 200);
    tenant.clock.now += 1;
    const gone = await tenant.ask(start);
    assert.equal(gone.status, 410);
    const again = String(gone.headers.get('location'));
    assert.ok(again.startsWith(`${HOST}/v1.0/users/delta?$select=${SELECT}`) && again.endsWith('&$deltatoken='), again);
    const restarted = await round(tenant, again.replace(HOST, ''));
    assert.deepEqual(
      (restarted.shown as { id: string }[]).map(({ id }) => id),
      [LENA],
      'an empty token starts again',
    );
  });

  it('is every token given out so far, when that is ordered: gone, or its state not found', async () => {
    const tenant = await openTenant();
    const old = await fromNow(tenant);
    tenant.control.expireDeltaTokens({});
    assert.equal((await tenant.ask(old)).status, 410);
    const fresh = await fromNow(tenant);
    assert.equal((await tenant.ask(fresh)).status, 200);
    tenant.control.expireDeltaTokens({ how: 'sync-state-not-found' });
    const refused = await tenant.ask(fresh);
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'syncStateNotFound']);
  });

  it('is a token from before the tenant was started over', async () => {
    const tenant = await openTenant();
    const old = await fromNow(tenant);
    tenant.control.reset();
    assert.equal((await tenant.ask(old)).status, 410);
  });

  it('is an app that may not read people', async () => {
    const tenant = await openTenant();
    tenant.control.permissions({ revoke: ['User.Read.All'] });
    assert.equal((await tenant.ask('/v1.0/users/delta?$deltatoken=latest')).status, 403);
  });
});

describe('the cost of reading people in the emulated tenant', () => {
  afterEach(closeTenants);

  it('is counted in resource units, and not as a report', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    for (let n = 0; n < 20; n += 1) {
      const answer = await tenant.ask(start);
      assert.deepEqual([answer.status, answer.headers.get('x-ms-resource-unit')], [200, '1']);
    }
    const checked = await tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, { body: { groupIds: [] } });
    assert.equal(checked.headers.get('x-ms-resource-unit'), '4');
    const listed = await tenant.ask('/v1.0/users?$expand=manager&$top=100');
    assert.equal(listed.headers.get('x-ms-resource-unit'), '3');
  });

  it('ends at 3,500 units in ten seconds for a small tenant, with a time to come back', async () => {
    const tenant = await openTenant();
    const checks = Array.from({ length: 20 }, (_, n) => ({
      id: String(n),
      method: 'POST',
      url: `/users/${LENA}/checkMemberGroups`,
      headers: { 'Content-Type': 'application/json' },
      body: { groupIds: [] },
    }));
    const statuses: number[] = [];
    for (let n = 0; n < 44; n += 1) {
      const { responses } = (await tenant.ask('/v1.0/$batch', { body: { requests: checks } })).body;
      statuses.push(...responses.map(({ status }) => status));
    }
    assert.equal(statuses.filter((status) => status === 200).length, 875, '3,500 units at 4 a check');
    const refused = await tenant.ask(`/v1.0/users/${LENA}`);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '10.000']);
    tenant.clock.now += 10_000;
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}`)).status, 200);
  });
});
