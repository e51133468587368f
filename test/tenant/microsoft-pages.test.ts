/** What a caller does at Microsoft's own pages with a pass that was read out. */
import assert from 'node:assert/strict';
import { closeTenants, LENA, LENA_UPN, methods, NOAH, openTenant, passes, person, SOFIA } from './tenant.ts';

const MINUTE = 60_000;
const EMAIL = { kind: 'email', emailAddress: 'lena@home.example' } as const;

describe('Microsoft’s pages in the emulated tenant', () => {
  afterEach(closeTenants);

  const withPass = async (body: Readonly<Record<string, unknown>>) => {
    const tenant = await openTenant();
    const { temporaryAccessPass } = (await tenant.ask(passes(LENA), { body })).body;
    return { tenant, signIn: () => tenant.control.signIn({ upn: LENA_UPN, pass: temporaryAccessPass }) };
  };

  it('let a caller in with the pass and register a backup method, which Graph then lists', async () => {
    const { tenant, signIn } = await withPass({ lifetimeInMinutes: 60 });
    assert.deepEqual(signIn(), { signedIn: true, registerUntil: '2026-03-02T10:00:00.000Z' });
    const added = tenant.control.registerMethod({ user: LENA, method: EMAIL });
    assert.equal(added.registered, true);
    const listed = (await tenant.ask(methods(LENA))).body.value.find(
      (one) => one['emailAddress'] === EMAIL.emailAddress,
    );
    assert.equal(listed?.['createdDateTime'], '2026-03-02T09:00:00.000Z');
    const again = tenant.control.registerMethod({ user: LENA, method: EMAIL });
    assert.deepEqual(again, { registered: false, reason: 'already-registered' });
  });

  it('let a one-time pass in once and leave ten minutes to register', async () => {
    const { tenant, signIn } = await withPass({ lifetimeInMinutes: 60, isUsableOnce: true });
    assert.deepEqual(signIn(), { signedIn: true, registerUntil: '2026-03-02T09:10:00.000Z' });
    assert.deepEqual(signIn(), {
      signedIn: false,
      reason: 'pass-already-used',
      says: 'Temporary Access Pass sign in was blocked due to User Credential Policy',
    });
    tenant.clock.now += 10 * MINUTE;
    const late = tenant.control.registerMethod({ user: LENA, method: EMAIL });
    assert.deepEqual(late, { registered: false, reason: 'session-is-over' });
  });

  it('say why a pass does not help', async () => {
    const { tenant, signIn } = await withPass({ lifetimeInMinutes: 10 });
    const reason = (upn: string, pass: string) => {
      const result = tenant.control.signIn({ upn, pass });
      return result.signedIn ? 'signed-in' : result.reason;
    };
    assert.equal(reason('nobody@fernhill.example', 'x'), 'no-such-account');
    assert.equal(reason(person(16), 'x'), 'account-disabled');
    assert.equal(reason(NOAH, 'x'), 'no-pass');
    assert.equal(reason(LENA, 'x'), 'wrong-pass');
    tenant.control.joinGroup({ user: LENA, group: 'b0000000-0000-4000-8000-000000000007' });
    assert.deepEqual({ ...signIn(), says: '' }, { signedIn: false, reason: 'blocked-by-policy', says: '' });
    tenant.control.leaveGroup({ user: LENA, group: 'b0000000-0000-4000-8000-000000000007' });
    tenant.clock.now += 10 * MINUTE;
    assert.deepEqual({ ...signIn(), says: '' }, { signedIn: false, reason: 'pass-expired', says: '' });
  });

  it('let nobody register a method who is not signed in, or whose session was ended', async () => {
    const { tenant, signIn } = await withPass({});
    const add = () => tenant.control.registerMethod({ user: LENA, method: EMAIL });
    assert.deepEqual(add(), { registered: false, reason: 'not-signed-in' });
    signIn();
    assert.deepEqual(tenant.control.state().signedIn, [LENA]);
    await tenant.ask(`/v1.0/users/${LENA}/revokeSignInSessions`, { method: 'POST' });
    assert.deepEqual(add(), { registered: false, reason: 'not-signed-in' });
    signIn();
    const [pass] = tenant.control.state().passes;
    await tenant.ask(`${passes(LENA)}/${String(pass?.id)}`, { method: 'DELETE' });
    assert.deepEqual(add(), { registered: false, reason: 'not-signed-in' });
  });

  it('show a new method late where the directory lags', async () => {
    const { tenant, signIn } = await withPass({});
    tenant.control.settings({ visibilityDelaySeconds: 20 });
    signIn();
    tenant.control.registerMethod({ user: LENA, method: EMAIL });
    const count = async () =>
      (await tenant.ask(methods(LENA))).body.value.filter((one) => 'emailAddress' in one).length;
    assert.equal(await count(), 0);
    tenant.clock.now += 20_000;
    assert.equal(await count(), 1);
  });

  it('clear a risk by a reset that was secured', async () => {
    const tenant = await openTenant();
    tenant.control.setRisk({ user: SOFIA, level: 'medium' });
    tenant.control.selfService({ user: SOFIA });
    const risk = (await tenant.ask(`/v1.0/identityProtection/riskyUsers/${SOFIA}`)).body;
    assert.deepEqual([risk['riskState'], risk['riskDetail']], ['remediated', 'userPerformedSecuredPasswordReset']);
  });
});
