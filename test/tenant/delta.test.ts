/** `users/delta`: rounds, pages, what a change looks like, and when it is told. */
import assert from 'node:assert/strict';
import { fromNow, linkOf, MINIMAL, round, SELECT } from './delta-rounds.ts';
import { closeTenants, LENA, LENA_UPN, NOAH, openTenant, person, SOFIA } from './tenant.ts';

const MANAGER = '#microsoft.graph.user';

describe('what changed, as the emulated directory tells it', () => {
  afterEach(closeTenants);

  it('starts from now without listing anybody, and tells a change once', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    const quiet = await round(tenant, start);
    assert.deepEqual(quiet.shown, []);
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 170 5550 0000' });
    const busy = await round(tenant, quiet.next);
    assert.deepEqual(busy.shown, [{ id: LENA, mobilePhone: '+49 170 5550 0000' }]);
    assert.deepEqual((await round(tenant, busy.next)).shown, []);
    assert.deepEqual((await round(tenant, start)).shown, busy.shown, 'an old link still tells what came after it');
  });

  it('tells only what changed if asked to, and everything that was selected if not', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    const answer = await tenant.ask(start, MINIMAL);
    assert.deepEqual(answer.body.value, [{ id: LENA, accountEnabled: false }]);
    assert.equal(answer.headers.get('preference-applied'), 'return=minimal');
    const [whole] = (await tenant.ask(start)).body.value;
    assert.deepEqual(Object.keys(whole ?? {}).toSorted(), [
      'accountEnabled',
      'businessPhones',
      'displayName',
      'id',
      'mobilePhone',
      'userPrincipalName',
    ]);
  });

  it('tells a new manager and names the one before', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    tenant.control.changePerson({ user: LENA, manager: person(2) });
    const changed = await round(tenant, start);
    assert.deepEqual(changed.shown, [
      {
        id: LENA,
        'manager@delta': [
          { '@odata.type': MANAGER, id: person(11), '@removed': { reason: 'deleted' } },
          { '@odata.type': MANAGER, id: person(2) },
        ],
      },
    ]);
    tenant.control.changePerson({ user: LENA, manager: null });
    assert.deepEqual((await round(tenant, changed.next)).shown, [
      { id: LENA, 'manager@delta': [{ '@odata.type': MANAGER, id: person(2), '@removed': { reason: 'deleted' } }] },
    ]);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/manager`)).status, 404);
  });

  it('leaves out changes of what was not selected', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant, { $select: 'mobilePhone' });
    tenant.control.changePerson({ user: LENA, displayName: 'Lena H.', manager: null });
    tenant.control.selfService({ user: SOFIA });
    assert.deepEqual((await round(tenant, start)).shown, []);
  });

  it('tells a change late with the value of then, while a live read has it at once', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ deltaDelaySeconds: 60 });
    const start = await fromNow(tenant);
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 1' });
    tenant.clock.now += 30_000;
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 2' });
    const live = await tenant.ask(`/v1.0/users/${LENA}?$select=mobilePhone`);
    assert.equal(live.body['mobilePhone'], '+49 2');
    tenant.clock.now += 29_999;
    const early = await round(tenant, start);
    assert.deepEqual(early.shown, []);
    tenant.clock.now += 1;
    const first = await round(tenant, early.next);
    assert.deepEqual(first.shown, [{ id: LENA, mobilePhone: '+49 1' }]);
    tenant.clock.now += 30_000;
    assert.deepEqual((await round(tenant, first.next)).shown, [{ id: LENA, mobilePhone: '+49 2' }]);
  });

  it('tells changes that still wait at once when the delay is taken away', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ deltaDelaySeconds: 3600 });
    const start = await fromNow(tenant);
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    tenant.control.settings({ deltaDelaySeconds: 0 });
    assert.equal((await round(tenant, start)).shown.length, 1);
  });

  it('tells who was deleted, for a time or for good, and tells everything about who is back', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant, { $select: 'mobilePhone,manager' });
    tenant.control.deletePerson({ user: LENA, by: person(18) });
    tenant.control.deletePerson({ user: NOAH, by: person(18), how: 'for-good' });
    const gone = await round(tenant, start);
    assert.deepEqual(gone.shown, [
      { id: LENA, '@removed': { reason: 'changed' } },
      { id: NOAH, '@removed': { reason: 'deleted' } },
    ]);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}`)).status, 404);
    tenant.control.restorePerson({ user: LENA_UPN, by: person(18) });
    assert.deepEqual((await round(tenant, gone.next)).shown, [
      {
        id: LENA,
        mobilePhone: '+49 171 3920010',
        'manager@delta': [{ '@odata.type': MANAGER, id: person(11) }],
      },
    ]);
    assert.throws(() => tenant.control.restorePerson({ user: NOAH, by: person(18) }), RangeError);
  });

  it('lists everybody in pages when not told to start from now, and then goes on', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ pageSize: 7 });
    const all = await round(tenant, `/v1.0/users/delta?$select=${SELECT}`, {});
    const everybody = (
      await tenant.ask('/v1.0/users?$select=id&$count=true', { headers: { ConsistencyLevel: 'eventual' } })
    ).body['@odata.count'];
    assert.equal(all.shown.length, everybody);
    assert.equal(all.pages, Math.ceil(all.shown.length / 7));
    const lena = (all.shown as { id: string }[]).find(({ id }) => id === LENA);
    assert.deepEqual((lena as Record<string, unknown> | undefined)?.['manager@delta'], [
      { '@odata.type': MANAGER, id: person(11) },
    ]);
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    assert.deepEqual((await round(tenant, all.next)).shown, [{ id: LENA, accountEnabled: false }]);
  });

  it('gives a round in pages, and leaves for the next round what happens meanwhile', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    tenant.control.settings({ pageSize: 1 });
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    tenant.control.changePerson({ user: NOAH, accountEnabled: false });
    const first = await tenant.ask(start, MINIMAL);
    assert.deepEqual(first.body.value, [{ id: LENA, accountEnabled: false }]);
    tenant.control.changePerson({ user: SOFIA, accountEnabled: false });
    const rest = await round(tenant, linkOf(first, 'next'));
    assert.deepEqual([rest.shown, rest.pages], [[{ id: NOAH, accountEnabled: false }], 1]);
    assert.deepEqual((await round(tenant, rest.next)).shown, [{ id: SOFIA, accountEnabled: false }]);
  });

  it('follows only the people it was asked about', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant, { $filter: `id eq '${LENA}' or id eq '${NOAH}'` });
    for (const user of [LENA, SOFIA]) tenant.control.changePerson({ user, accountEnabled: false });
    assert.deepEqual((await round(tenant, start)).shown, [{ id: LENA, accountEnabled: false }]);
  });

  it('tells again what it told before, and everything twice, when that is ordered', async () => {
    const tenant = await openTenant();
    const start = await fromNow(tenant);
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    const once = await round(tenant, start);
    tenant.control.repeatDelta({ kind: 'replay' });
    const replayed = await round(tenant, once.next);
    assert.deepEqual(replayed.shown, once.shown);
    tenant.control.repeatDelta({ kind: 'duplicates' });
    tenant.control.changePerson({ user: NOAH, accountEnabled: false });
    const twice = await round(tenant, replayed.next);
    assert.deepEqual(twice.shown, [
      { id: NOAH, accountEnabled: false },
      { id: NOAH, accountEnabled: false },
    ]);
    assert.deepEqual((await round(tenant, twice.next)).shown, []);
  });
});
