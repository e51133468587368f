/** Teams apps and licenses of people, and a control that takes no nonsense. */
import assert from 'node:assert/strict';
import { ZodError } from 'zod';
import type { ControlInput } from '../../demo/tenant/control-schema.ts';
import { LENA, closeTenants, openTenant, person } from './tenant.ts';

const APP = 'd0000000-0000-4000-8000-000000000010';
const apps = (id: string): string => `/v1.0/users/${id}/teamwork/installedApps`;
const bind = (id: string) => ({
  body: { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${id}` },
});

describe('Teams apps in the emulated tenant', () => {
  afterEach(closeTenants);

  it('are installed once: 201 without a body, then 409, and Teams hears of it once', async () => {
    const installedFor: string[] = [];
    const tenant = await openTenant(undefined, { onInstall: (id) => installedFor.push(id) });
    const first = await fetch(tenant.origin + apps(LENA), {
      method: 'POST',
      headers: { Authorization: 'Bearer any', 'Content-Type': 'application/json' },
      body: JSON.stringify(bind(APP).body),
    });
    assert.deepEqual([first.status, await first.text()], [201, '']);
    assert.equal((await tenant.ask(apps(LENA), bind(APP))).status, 409);
    assert.deepEqual(installedFor, [LENA]);
  });

  it('are listed with their app only where that is asked for, and have a chat', async () => {
    const tenant = await openTenant();
    await tenant.ask(apps(LENA), bind(APP));
    const plain = await tenant.ask(apps(LENA));
    assert.equal(plain.body.value.length, 1);
    assert.equal(plain.body.value[0]?.['teamsApp'], undefined);
    const $filter = `teamsApp/id eq '${APP}'`;
    const found = await tenant.query(apps(LENA), { $expand: 'teamsApp', $filter });
    assert.deepEqual(
      found.body.value.map(({ teamsApp }) => (teamsApp as { displayName: string }).displayName),
      ['Hardline'],
    );
    const other = await tenant.query(apps(LENA), { $filter: `teamsApp/id eq '${person(1)}'` });
    assert.deepEqual(other.body.value, []);
    const chat = await tenant.ask(`${apps(LENA)}/${found.body.value[0]?.id}/chat`);
    assert.match(chat.body.id, /^19:a0000000-.*@unq\.gbl\.spaces$/);
    assert.equal((await tenant.ask(`${apps(LENA)}/nothing/chat`)).status, 404);
  });

  it('are not installed without the permission, from another catalog, or for nobody', async () => {
    const installedFor: string[] = [];
    const tenant = await openTenant(undefined, { onInstall: (id) => installedFor.push(id) });
    assert.equal((await tenant.ask(apps(LENA), bind(person(1)))).status, 404);
    assert.equal((await tenant.ask(apps(LENA), { body: {} })).status, 400);
    assert.equal((await tenant.ask(apps(person(99)), bind(APP))).status, 404);
    tenant.control.permissions({ revoke: ['TeamsAppInstallation.ReadWriteSelfForUser.All'] });
    assert.equal((await tenant.ask(apps(LENA), bind(APP))).status, 403);
    assert.deepEqual(installedFor, []);
  });
});

describe('licenses in the emulated tenant', () => {
  afterEach(closeTenants);

  it('name the plans of a person and what is in them', async () => {
    const tenant = await openTenant();
    const plans = async (id: string) =>
      (await tenant.ask(`/v1.0/users/${id}/licenseDetails`)).body.value.map((one) => one['skuPartNumber']);
    assert.deepEqual(await plans(LENA), ['ENTERPRISEPREMIUM']);
    assert.deepEqual(await plans(person(26)), ['EXCHANGESTANDARD']);
    assert.deepEqual(await plans(person(17)), []);
  });
});

describe('the control of the emulated tenant, called as a function', () => {
  afterEach(closeTenants);

  it('refuses a role nobody knows, and goes on reading roles', async () => {
    const tenant = await openTenant();
    assert.throws(() => tenant.control.giveRole({ user: LENA, role: 'Emperor' }), ZodError);
    const filter = encodeURIComponent(`principalId eq '${LENA}'`);
    const roles = await tenant.ask(`/v1.0/roleManagement/directory/roleAssignments?$filter=${filter}`);
    assert.deepEqual([roles.status, roles.body.value], [200, []]);
  });

  it('refuses what the control over HTTP refuses, and changes nothing', async () => {
    const { control } = await openTenant();
    const before = JSON.stringify(control.state());
    const wrong = [
      () => control.latency({ ms: -1 }),
      () => control.permissions({ grant: ['Mail.Send' as 'User.Read.All'] }),
      () => control.setRisk({ user: LENA, level: 'extreme' as 'high' }),
      () => control.passFromElsewhere({ user: LENA, by: person(3), lifetimeMinutes: 1 }),
      () => control.changePerson({ user: LENA, accountEnabled: 'no' as unknown as boolean }),
      () => control.selfService({ user: LENA, outcome: 'magic' as 'success' }),
      () => control.settings({ throttling: 1 as unknown as boolean }),
      () => control.fault({ kind: 'status', path: '/v1.0/**', status: 200 }),
      () => control.joinGroup({ user: LENA } as unknown as ControlInput<'joinGroup'>),
      () => control.nextPass(''),
    ];
    for (const call of wrong) assert.throws(call, ZodError, String(call));
    assert.equal(JSON.stringify(control.state()), before);
  });
});
