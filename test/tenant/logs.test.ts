/** The logs and reports: their limits, their age, their delay, and Microsoft's exact words. */
import assert from 'node:assert/strict';
import { closeTenants, LENA, LENA_UPN, NOAH, openTenant, passes, person, SOFIA, START, onlyPlan } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const SSPR = 'Self-service Password Management';
const MINUTE = 60_000;

async function trail(tenant: TestTenant, since: number, ...who: string[]) {
  const about = who.map((id) => `t/id eq '${id}'`).join(' or ');
  const answer = await tenant.query('/v1.0/auditLogs/directoryAudits', {
    $filter: `activityDateTime ge ${new Date(since).toISOString()} and loggedByService eq '${SSPR}' and targetResources/any(t:${about})`,
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.value.toReversed();
}

const words = (entry: Record<string, unknown>) => [
  entry['activityDisplayName'],
  entry['result'],
  entry['resultReason'],
];
const PROGRESS = 'Self-service password reset flow activity progress';

describe('the logs of the emulated tenant', () => {
  afterEach(closeTenants);

  it('tell a self-service reset in Microsoft’s words, under one correlation id', async () => {
    const tenant = await openTenant();
    assert.equal(tenant.control.selfService({ user: SOFIA }).outcome, 'success');
    const entries = await trail(tenant, START, SOFIA);
    assert.deepEqual(entries.map(words), [
      [PROGRESS, 'success', 'User submitted their user ID'],
      [PROGRESS, 'success', 'User was presented with verification options'],
      [PROGRESS, 'success', 'User started the mobile app notification verification option'],
      [PROGRESS, 'success', 'User successfully reset password'],
      ['Reset password (self-service)', 'success', 'Successfully completed reset.'],
    ]);
    assert.equal(new Set(entries.map((entry) => entry['correlationId'])).size, 1);
    assert.equal(entries[0]?.initiatedBy.user?.displayName, 'Sofia Rossi');
    const user = await tenant.ask(`/v1.0/users/${SOFIA}?$select=lastPasswordChangeDateTime`);
    assert.equal(user.body['lastPasswordChangeDateTime'], new Date(START).toISOString());
  });

  it('go on with a reset where it stopped', async () => {
    const tenant = await openTenant();
    const flows = (['id-entered', 'in-progress', 'success'] as const).map(
      (outcome) => tenant.control.selfService({ user: SOFIA, outcome }).correlationId,
    );
    assert.equal(new Set(flows).size, 1);
    assert.equal((await trail(tenant, START, SOFIA)).length, 5);
  });

  it('name each failure of a reset', async () => {
    const tenant = await openTenant();
    const last = async (outcome: Parameters<typeof tenant.control.selfService>[0]['outcome']) => {
      tenant.control.selfService({ user: SOFIA, outcome });
      return words((await trail(tenant, START, SOFIA)).at(-1) ?? {});
    };
    assert.deepEqual(await last('not-enabled'), [PROGRESS, 'failure', 'Password reset is not enabled for this user']);
    assert.deepEqual(await last('banned-password'), [
      'Reset password (self-service)',
      'failure',
      'FuzzyPolicyViolationInvalidPassword',
    ]);
    assert.deepEqual((await last('blocked')).slice(0, 2), ['Blocked from self-service password reset', 'success']);
    assert.match(String((await last('abandoned'))[2]), /^User abandoned after starting the /);
    assert.match(String((await last('too-many-codes'))[2]), /is blocked for 24 hours$/);
  });

  it('let nobody reset who could not: no methods, not enabled, no license, password on premises', async () => {
    const tenant = await openTenant((seed) => {
      seed.sspr = { methodsRequired: 2, writeback: false };
    });
    assert.equal(tenant.control.selfService({ user: NOAH }).outcome, 'insufficient-methods');
    assert.equal(tenant.control.selfService({ user: person(15) }).outcome, 'managed-on-premises');
    tenant.control.changePerson({ user: SOFIA, ssprEnabled: false });
    assert.equal(tenant.control.selfService({ user: SOFIA }).outcome, 'not-enabled');
    tenant.control.changePerson({ user: LENA, licenses: [] });
    assert.equal(tenant.control.selfService({ user: LENA }).outcome, 'no-license');
    const [first, second] = await trail(tenant, START, NOAH);
    assert.deepEqual(words(first ?? {}), [PROGRESS, 'success', 'User submitted their user ID']);
    assert.match(String(second?.['resultReason']), /^User's account has insufficient authentication methods defined/);
  });

  it('tell of several people in one question', async () => {
    const tenant = await openTenant();
    tenant.control.selfService({ user: SOFIA, outcome: 'id-entered' });
    tenant.control.selfService({ user: LENA, outcome: 'id-entered' });
    tenant.control.selfService({ user: NOAH, outcome: 'id-entered' });
    assert.equal((await trail(tenant, START, SOFIA, NOAH)).length, 2);
  });

  it('tell when somebody bypassed the procedure', async () => {
    const tenant = await openTenant();
    tenant.control.resetByAdmin({ user: LENA, by: person(18) });
    const [entry] = await trail(tenant, START, LENA);
    assert.deepEqual(words(entry ?? {}), ['Reset password (by admin)', 'success', 'Successfully completed reset.']);
    assert.equal(entry?.initiatedBy.user?.displayName, 'Grace Adeyemi');
    assert.deepEqual(entry['additionalDetails'], [{ key: 'OnPremisesAgent', value: 'None' }]);
  });

  it('tell that a number changed, with old and new as JSON inside JSON', async () => {
    const tenant = await openTenant();
    tenant.control.changeNumber({ user: LENA, which: 'businessPhones', number: '+49 30 5550 6666' });
    const $filter = `activityDisplayName eq 'Update user' and targetResources/any(t:t/id eq '${LENA}')`;
    const [entry] = (await tenant.query('/v1.0/auditLogs/directoryAudits', { $filter })).body.value;
    const [target] = entry?.['targetResources'] as [{ modifiedProperties: Record<string, string>[] }];
    assert.deepEqual(target.modifiedProperties, [
      { displayName: 'TelephoneNumber', oldValue: '["+49 30 5550 1010"]', newValue: '["+49 30 5550 6666"]' },
      { displayName: 'Included Updated Properties', oldValue: 'null', newValue: '"TelephoneNumber"' },
    ]);
  });

  it('come newest first, without what is older than the retention, and late where the log lags', async () => {
    const tenant = await openTenant((seed) => {
      seed.audits = ['-31d', '-29d', '-2h', '-3d'].map((at) => ({ at, service: SSPR, activity: at, target: LENA }));
    });
    const shown = async () =>
      (await tenant.ask('/v1.0/auditLogs/directoryAudits')).body.value.map((entry) => entry['activityDisplayName']);
    assert.deepEqual(await shown(), ['-2h', '-3d', '-29d']);
    tenant.control.settings({ auditDelaySeconds: 120 });
    tenant.control.selfService({ user: LENA, outcome: 'id-entered' });
    tenant.clock.now += 119_000;
    assert.equal((await shown()).length, 3);
    tenant.clock.now += 1000;
    assert.deepEqual(await shown(), [PROGRESS, '-2h', '-3d', '-29d']);
  });

  it('tell failed sign-ins by their number', async () => {
    const tenant = await openTenant();
    tenant.control.signIn({ upn: LENA_UPN, pass: 'guess' });
    const $filter = `userId eq '${LENA}' and status/errorCode eq 50126`;
    const found = await tenant.query('/v1.0/auditLogs/signIns', { $filter, $top: '25' });
    assert.equal(found.body.value.length, 3, 'two of the seed and the guess');
  });

  it('are closed to tenants without a plan', async () => {
    const tenant = await openTenant((seed) => {
      onlyPlan(seed, 'EXCHANGE_S_ENTERPRISE');
    });
    for (const path of ['auditLogs/signIns', `reports/authenticationMethods/userRegistrationDetails/${LENA}`]) {
      const refused = await tenant.ask(`/v1.0/${path}`);
      assert.equal(refused.status, 403);
      assert.equal(refused.body.error.code, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
    }
  });
});

describe('the registration report of the emulated tenant', () => {
  afterEach(closeTenants);

  const report = async (tenant: TestTenant, id: string) =>
    (await tenant.ask(`/v1.0/reports/authenticationMethods/userRegistrationDetails/${id}`)).body;

  it('is as old as it says and knows nothing newer', async () => {
    const tenant = await openTenant();
    tenant.control.nextPass('open');
    await tenant.ask(passes(NOAH), { body: {} });
    tenant.control.signIn({ upn: NOAH, pass: 'open' });
    tenant.control.registerMethod({ user: NOAH, method: { kind: 'email', emailAddress: 'noah@home.example' } });
    tenant.control.registerMethod({ user: NOAH, method: { kind: 'softwareOath' } });
    const before = await report(tenant, NOAH);
    assert.deepEqual([before['isSsprRegistered'], before['methodsRegistered']], [false, []]);
    assert.equal(before['lastUpdatedDateTime'], new Date(START - 120 * MINUTE).toISOString());
    tenant.clock.now += 120 * MINUTE;
    const after = await report(tenant, NOAH);
    assert.deepEqual(after['methodsRegistered'], ['email', 'softwareOneTimePasscode']);
    assert.deepEqual([after['isSsprRegistered'], after['isSsprCapable']], [true, true]);
  });

  it('still knows a method that was deleted a moment ago', async () => {
    const tenant = await openTenant();
    assert.ok(tenant.control.removeMethod({ user: SOFIA, id: '3179e48a-750b-4051-897c-87b9720928f7' }));
    assert.ok(((await report(tenant, SOFIA))['methodsRegistered'] as string[]).includes('mobilePhone'));
    tenant.control.settings({ reportStalenessMinutes: 0 });
    tenant.clock.now += 1;
    assert.ok(!((await report(tenant, SOFIA))['methodsRegistered'] as string[]).includes('mobilePhone'));
  });

  it('is the only place that tells security questions, and who may not reset', async () => {
    const tenant = await openTenant();
    assert.deepEqual((await report(tenant, person(14)))['methodsRegistered'], ['email', 'securityQuestion']);
    tenant.control.changePerson({ user: SOFIA, ssprEnabled: false });
    const sofia = await report(tenant, SOFIA);
    assert.deepEqual([sofia['isSsprEnabled'], sofia['isSsprRegistered'], sofia['isSsprCapable']], [false, true, false]);
    assert.equal(sofia['userType'], 'member');
  });
});

describe('the limits of the emulated tenant', () => {
  afterEach(closeTenants);

  it('let five reports through in ten seconds, then say when to come back, in decimals', async () => {
    const tenant = await openTenant();
    const ask = () => tenant.ask('/v1.0/auditLogs/directoryAudits?$top=1');
    for (let n = 0; n < 5; n += 1) {
      assert.equal((await ask()).status, 200);
      tenant.clock.now += 100;
    }
    const refused = await ask();
    assert.deepEqual([refused.status, refused.body.error.code], [429, 'TooManyRequests']);
    assert.equal(refused.body.error.innerError['code'], '429');
    assert.equal(refused.headers.get('retry-after'), '9.500');
    assert.equal((await tenant.ask('/v1.0/auditLogs/signIns')).status, 429, 'all reports share the limit');
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/authentication/methods`)).status, 200);
    tenant.clock.now += 9499;
    assert.equal((await ask()).status, 429);
    tenant.clock.now += 1;
    assert.equal((await ask()).status, 200);
  });

  it('let one question about risk through in a second and do not say when to come back', async () => {
    const tenant = await openTenant();
    const ask = () => tenant.ask(`/v1.0/identityProtection/riskyUsers/${person(31)}`);
    assert.equal((await ask()).body['riskLevel'], 'high');
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), null);
    tenant.clock.now += 1000;
    assert.equal((await ask()).status, 200);
    tenant.control.settings({ throttling: false });
    assert.equal((await ask()).status, 200);
  });

  it('can count the list of methods as a report', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ methodsShareReportLimit: true });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await tenant.ask(`/v1.0/users/${LENA}/authentication/methods`)).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
  });
});
