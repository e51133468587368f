// What the bot does at the start with its own token, and how it waits. The credential is Microsoft's interface, answered by the test.
import assert from 'node:assert/strict';
import type { TokenCredential } from '@azure/identity';
import { Fault } from '../../src/casework/ports/fault.ts';
import type { LogFields } from '../../src/casework/ports/log.ts';
import { checkTenant, type CheckedConfig } from '../../src/config/start-checks.ts';
import type { TenantConnection } from '../../src/graph/connection.ts';
import { PERMISSIONS } from '../../src/graph/permissions.ts';
import type { GroupId, Instant } from '../../src/procedure/facts.ts';
import { TENANT } from '../scenarios/environment.ts';
import { closeTenants, group, openTenant } from '../tenant/tenant.ts';

const id = (number: number): GroupId => group(number) as GroupId;
const CONFIG: CheckedConfig = {
  groups: { technician: id(1), approver: id(2), auditor: id(3), lead: id(4) },
  vipGroup: id(5),
  protectedGroups: [id(6)],
  helpdeskAtMostPercent: 50,
  startPatienceSeconds: 3,
};

/** A real tenant as far as the sign-in, which answers like this. */
const entra = (getToken: TokenCredential['getToken']): TenantConnection => ({
  kind: 'entra',
  cloud: 'global',
  tenantId: TENANT,
  clientId: TENANT,
  credential: { getToken },
});
const tokenWith = (claims: object): Awaited<ReturnType<TokenCredential['getToken']>> => ({
  token: `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`,
  expiresOnTimestamp: 0,
});
const EVERYTHING = PERMISSIONS.map(({ name }) => name);

/** Runs the checks, and says how they ended, what was logged, and how long each pause was. */
async function start(tenant: TenantConnection, config: CheckedConfig = CONFIG) {
  const lines: (readonly [LogFields, string])[] = [];
  const pauses: number[] = [];
  const waits: number[] = [];
  const silent = () => assert.fail('only warnings');
  const ended = await checkTenant(config, tenant, {
    log: { info: silent, warn: (fields, message) => void lines.push([fields, message]), error: silent },
    now: () => Date.now() as Instant,
    newId: () => 'id',
    pause: async (milliseconds) => void pauses.push(milliseconds),
    wait: async (milliseconds) => void waits.push(milliseconds),
  }).then(
    () => null,
    (error: unknown) => error,
  );
  return { ended, lines, pauses, waits };
}

describe('The sign-in of the bot at the start', () => {
  it('is tried again when nobody answers, for as long as configured, with pauses that double and a line for each', async () => {
    const down = Object.assign(new Error('getaddrinfo ENOTFOUND login.microsoftonline.com'), { code: 'ENOTFOUND' });
    const { ended, lines, pauses } = await start(entra(() => Promise.reject(down)));
    assert.ok(ended instanceof Fault);
    assert.equal(ended.code, 'directory-unreachable');
    assert.deepEqual(pauses, [1000, 2000]);
    assert.deepEqual(
      lines.map(([fields]) => fields),
      [
        { code: 'directory-unreachable', nextTrySeconds: 1 },
        { code: 'directory-unreachable', nextTrySeconds: 2 },
      ],
    );
    for (const [, line] of lines) assert.match(line, /^not started yet: the bot could not sign in to Microsoft Entra/);
  });

  it('never pauses for longer than fifteen seconds at a time', async () => {
    const down = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const patient = { ...CONFIG, startPatienceSeconds: 46 };
    const { pauses } = await start(
      entra(() => Promise.reject(down)),
      patient,
    );
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('is not tried again when Entra refuses it: no waiting mends a wrong secret', async () => {
    const refused = new Error('AADSTS7000215: Invalid client secret provided');
    const { ended, pauses } = await start(entra(() => Promise.reject(refused)));
    assert.ok(ended instanceof Fault);
    assert.equal(ended.code, 'directory-denied');
    assert.deepEqual(pauses, []);
  });

  it('does not hide a mistake of ours behind another try', async () => {
    const broken = new TypeError('ours');
    const { ended, pauses } = await start(
      entra(() => {
        throw broken;
      }),
    );
    assert.equal(ended, broken);
    assert.deepEqual(pauses, []);
  });

  it('is of no use without knowing whose token it is: its directory roles could not be looked up', async () => {
    const { ended, pauses } = await start(entra(() => Promise.resolve(tokenWith({ roles: EVERYTHING }))));
    assert.ok(ended instanceof Fault);
    assert.deepEqual(
      [ended.code, ended.internal, pauses],
      ['configuration', 'cannot tell which directory roles the bot has: its own token does not say whose it is', []],
    );
  });
});

describe('A tenant that is looked at before the start', () => {
  afterEach(closeTenants);

  it('is asked how many people are in the groups of the helpdesk, and in no others', async () => {
    const tenant = await openTenant();
    const { ended } = await start({ kind: 'emulated', origin: tenant.origin });
    assert.equal(ended, null);
    const counted = tenant.control
      .journal()
      .map(({ path }) => /\/groups\/([^/]+)\/transitiveMembers/.exec(path)?.[1])
      .filter((one) => one !== undefined);
    assert.deepEqual(counted.sort(), [1, 2, 3, 4].map(id));
  });

  it('is asked once more at once when it is busy, after the wait that the caller provides', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/**' });
    const { ended, waits } = await start({ kind: 'emulated', origin: tenant.origin });
    assert.ok(ended instanceof Fault);
    assert.ok(waits.length > 0);
  });
});
