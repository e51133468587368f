/** Temporary Access Passes: one for each person, told once, within the tenant's policy. */
import assert from 'node:assert/strict';
import { closeTenants, EVENTUAL, group, LENA, methods, openTenant, passes, person, SOFIA } from './tenant.ts';

const CANARY = 'Cn+7aRy%';

describe('a Temporary Access Pass', () => {
  afterEach(closeTenants);

  it('is shown in the answer to its creation and never again', async () => {
    const tenant = await openTenant();
    tenant.control.nextPass(CANARY);
    const made = await tenant.ask(passes(LENA), { body: { lifetimeInMinutes: 60, isUsableOnce: true } });
    assert.equal(made.status, 201);
    assert.equal(made.body.temporaryAccessPass, CANARY);
    assert.equal(made.headers.get('location'), `https://graph.microsoft.com${passes(LENA)}/${made.body.id}`);

    const one = await tenant.ask(`${passes(LENA)}/${made.body.id}`);
    assert.equal(one.status, 200);
    assert.equal(one.body.temporaryAccessPass, null);
    tenant.control.signIn({ upn: LENA, pass: CANARY });
    const everything = [
      await tenant.ask(passes(LENA)),
      await tenant.ask(methods(LENA)),
      await tenant.ask('/v1.0/auditLogs/directoryAudits'),
      await tenant.ask('/v1.0/auditLogs/signIns'),
      tenant.control.state(),
      tenant.control.journal(),
    ];
    assert.ok(!JSON.stringify(everything.map((part) => ('body' in part ? part.body : part))).includes(CANARY));
  });

  it('has the length of the policy and mixed characters when nobody chose it', async () => {
    const tenant = await openTenant((seed) => (seed.passPolicy = { defaultLength: 12 }));
    const values = new Set<string>();
    for (let n = 0; n < 5; n += 1) values.add((await tenant.ask(passes(LENA), { body: {} })).body.temporaryAccessPass);
    assert.equal(values.size, 5);
    for (const value of values) assert.match(value, /^[A-Za-z0-9+!%&@#$^=*]{12}$/);
  });

  it('replaces the one before, so that there is never more than one', async () => {
    const tenant = await openTenant();
    const first = await tenant.ask(passes(LENA), { body: {} });
    const second = await tenant.ask(passes(LENA), { body: {} });
    const list = await tenant.ask(passes(LENA));
    assert.deepEqual(
      list.body.value.map(({ id }) => id),
      [second.body.id],
    );
    assert.equal((await tenant.ask(`${passes(LENA)}/${first.body.id}`)).status, 404);
    const old = tenant.control.signIn({ upn: LENA, pass: first.body.temporaryAccessPass });
    assert.equal(old.signedIn, false);
    assert.equal(tenant.control.signIn({ upn: LENA, pass: second.body.temporaryAccessPass }).signedIn, true);
  });

  it('is refused outside the lifetimes of the policy, in Microsoft’s words', async () => {
    const tenant = await openTenant();
    tenant.control.passPolicy({ minimumLifetimeInMinutes: 60 });
    for (const lifetimeInMinutes of [30, 600]) {
      const refused = await tenant.ask(passes(LENA), { body: { lifetimeInMinutes } });
      assert.equal(refused.status, 400);
      assert.equal(refused.body.error.code, 'badRequest');
      assert.equal(
        refused.body.error.message,
        'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.',
      );
    }
    for (const lifetimeInMinutes of [60, 480]) {
      assert.equal((await tenant.ask(passes(LENA), { body: { lifetimeInMinutes } })).status, 201);
    }
  });

  it('refuses a body it does not understand and creates nothing', async () => {
    const tenant = await openTenant();
    for (const body of [
      { lifetimeInMinutes: 5 },
      { lifetimeInMinutes: 60.5 },
      { lifetime: 60 },
      { isUsableOnce: 'yes' },
      [],
    ]) {
      assert.equal((await tenant.ask(passes(LENA), { body })).status, 400, JSON.stringify(body));
    }
    assert.deepEqual(tenant.control.state().passes, []);
  });

  it('cannot be given to an external guest', async () => {
    const tenant = await openTenant();
    const guest = encodeURIComponent('gus.ortega_partner.example#EXT#@fernhill.example');
    const refused = await tenant.ask(passes(guest), { body: {} });
    assert.equal(refused.status, 400);
    assert.equal(refused.body.error.message, 'Temporary Access Pass cannot be added to an external guest user.');
  });

  it('cannot be given outside the scope of the policy, and not at all while the policy is off', async () => {
    const tenant = await openTenant();
    const excluded = await tenant.ask(passes(person(30)), { body: {} });
    assert.equal(excluded.status, 400);
    assert.match(excluded.body.error.message, /^Converged UserCredentialPolicy does not allow creating or updating/);
    tenant.control.passPolicy({ state: 'disabled' });
    assert.equal((await tenant.ask(passes(LENA), { body: {} })).status, 400);
  });

  it('is one-time when the policy says so, and a wish for more is refused', async () => {
    const tenant = await openTenant();
    tenant.control.passPolicy({ isUsableOnce: true });
    assert.equal((await tenant.ask(passes(LENA), { body: {} })).body['isUsableOnce'], true);
    assert.equal((await tenant.ask(passes(LENA), { body: { isUsableOnce: false } })).status, 400);
  });

  it('can be given to a Global Administrator: Graph does not stop that, the bot must', async () => {
    const tenant = await openTenant();
    assert.equal((await tenant.ask(passes(person(18)), { body: {} })).status, 201);
    assert.equal((await tenant.ask(passes(person(29)), { body: {} })).status, 201);
  });

  it('tells why it works or not as time goes by', async () => {
    const tenant = await openTenant();
    const inAnHour = new Date(tenant.clock.now + 3_600_000).toISOString();
    tenant.control.nextPass(CANARY);
    await tenant.ask(passes(LENA), { body: { startDateTime: inAnHour, lifetimeInMinutes: 60, isUsableOnce: true } });
    const now = async () => {
      const { isUsable, methodUsabilityReason } = (await tenant.ask(passes(LENA))).body.value[0]!;
      return [isUsable, methodUsabilityReason];
    };
    assert.deepEqual(await now(), [false, 'NotYetValid']);
    assert.equal(tenant.control.signIn({ upn: LENA, pass: CANARY }).signedIn, false);
    tenant.clock.now += 3_600_000;
    assert.deepEqual(await now(), [true, 'EnabledByPolicy']);
    tenant.control.passPolicy({ state: 'disabled' });
    assert.deepEqual(await now(), [false, 'DisabledByPolicy']);
    tenant.control.passPolicy({ state: 'enabled' });
    tenant.control.signIn({ upn: LENA, pass: CANARY });
    assert.deepEqual(await now(), [false, 'OneTimeUsed']);
    tenant.clock.now += 3_600_000;
    assert.deepEqual(await now(), [false, 'Expired']);
  });

  it('is gone after it was deleted, and deleting it twice is a 404', async () => {
    const tenant = await openTenant();
    const { id, temporaryAccessPass } = (await tenant.ask(passes(LENA), { body: {} })).body;
    assert.equal((await tenant.ask(`${passes(LENA)}/${id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await tenant.ask(`${passes(LENA)}/${id}`, { method: 'DELETE' })).status, 404);
    assert.deepEqual((await tenant.ask(passes(LENA))).body.value, []);
    assert.equal(tenant.control.signIn({ upn: LENA, pass: temporaryAccessPass }).signedIn, false);
  });

  it('shows late where the directory lags, and can be deleted by its id meanwhile', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ visibilityDelaySeconds: 30 });
    const { id } = (await tenant.ask(passes(SOFIA), { body: {} })).body;
    assert.deepEqual((await tenant.ask(passes(SOFIA))).body.value, []);
    tenant.clock.now += 29_999;
    assert.equal((await tenant.ask(`${passes(SOFIA)}/${id}`)).status, 404);
    tenant.clock.now += 1;
    assert.equal((await tenant.ask(passes(SOFIA))).body.value[0]!.id, id);
  });

  it('is written to the audit log: who got it, and that the bot made it', async () => {
    const tenant = await openTenant();
    const { id } = (await tenant.ask(passes(LENA), { body: {} })).body;
    await tenant.ask(`${passes(LENA)}/${id}`, { method: 'DELETE' });
    tenant.control.passFromElsewhere({ user: LENA, by: person(18) });
    const log = await tenant.query('/v1.0/auditLogs/directoryAudits', {
      $filter: `loggedByService eq 'Authentication Methods' and targetResources/any(t:t/id eq '${LENA}')`,
    });
    const logged = log.body.value.map((entry) => [
      entry['activityDisplayName'],
      entry['resultReason'],
      entry.initiatedBy.app?.displayName ?? entry.initiatedBy.user?.displayName,
    ]);
    assert.deepEqual(logged, [
      ['Admin registered security info', 'Admin registered temporary access pass method for user', 'Grace Adeyemi'],
      ['Admin deleted security info', 'Admin deleted temporary access pass method for user', 'Hardline'],
      ['Admin registered security info', 'Admin registered temporary access pass method for user', 'Hardline'],
    ]);
  });

  it('is told by the policy for whom it is meant', async () => {
    const tenant = await openTenant();
    const policy = await tenant.ask(
      '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass',
    );
    assert.equal(policy.body['state'], 'enabled');
    assert.deepEqual(policy.body['excludeTargets'], [{ targetType: 'group', id: group(7) }]);
    const asked = { ...EVENTUAL, body: { groupIds: [group(7), group(1)] } };
    assert.deepEqual((await tenant.ask(`/v1.0/users/${person(30)}/checkMemberGroups`, asked)).body.value, [group(7)]);
  });
});
