/** The bot's token: it names what was granted, and the bot's own check at the start reads it. */
import assert from 'node:assert/strict';
import { pino } from 'pino';
import { grantProblems } from '../../src/config/check-grants.ts';
import { ConfigError } from '../../src/config/config.ts';
import { scopeOf } from '../../src/graph/connection.ts';
import { emulatedCredential } from '../../src/graph/emulated-credential.ts';
import { claimsOfOwnToken, readOwnClaims } from '../../src/graph/grants.ts';
import { PERMISSIONS } from '../../src/graph/permissions.ts';
import { closeTenants, openTenant } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const SCOPE = 'https://graph.microsoft.com/.default';
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

async function token(tenant: TestTenant, form: Record<string, string> = {}, path = 'organizations') {
  const response = await fetch(`${tenant.origin}/${path}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', scope: SCOPE, ...form }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Runs the bot's check of its own grants; resolves to the warnings it logged. */
async function warnings(tenant: TestTenant): Promise<readonly string[]> {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const connection = { kind: 'emulated', origin: tenant.origin } as const;
  const problems = grantProblems(await readOwnClaims(emulatedCredential(connection), scopeOf(connection)), log);
  if (problems.length > 0) throw new ConfigError(problems);
  return lines.map((line) => (JSON.parse(line) as { permission: string }).permission);
}

describe('the token of the bot in the emulated tenant', () => {
  afterEach(closeTenants);

  it('names every permission that was granted and every directory role of the bot', async () => {
    const tenant = await openTenant((seed) => {
      seed.permissions = ['User.Read.All', 'AuditLog.Read.All'];
      seed.otherPermissions = ['Mail.Send'];
      seed.botRoles = ['Global Administrator'];
    });
    const { status, body } = await token(tenant);
    assert.equal(status, 200);
    const claims = claimsOfOwnToken(String(body['access_token']));
    assert.deepEqual(claims.roles, ['User.Read.All', 'AuditLog.Read.All', 'Mail.Send']);
    assert.ok(claims.wids.includes(GLOBAL_ADMINISTRATOR));
    tenant.control.permissions({ revoke: ['AuditLog.Read.All'] });
    const later = claimsOfOwnToken(String((await token(tenant)).body['access_token']));
    assert.deepEqual(later.roles, ['User.Read.All', 'Mail.Send']);
    assert.equal(tenant.control.state().requests, 0, 'a sign-in is no request to Graph');
  });

  it('is refused to a wrong tenant, a wrong grant and a wrong scope, with Entra’s numbers', async () => {
    const tenant = await openTenant();
    const says = async (form: Record<string, string>, path?: string) => {
      const { status, body } = await token(tenant, form, path);
      return [status, /^AADSTS\d+/.exec(String(body['error_description']))?.[0]];
    };
    assert.deepEqual(await says({}, 'elsewhere.example'), [400, 'AADSTS90002']);
    assert.deepEqual(await says({ grant_type: 'password' }), [400, 'AADSTS70003']);
    assert.deepEqual(await says({ scope: 'User.Read' }), [400, 'AADSTS1002012']);
    assert.equal((await token(tenant, {}, 'fernhill.example')).status, 200);
  });

  it('passes the bot’s check at Fernhill without a warning', async () => {
    assert.deepEqual(await warnings(await openTenant()), []);
  });

  it('makes the bot warn of an optional permission it lacks, and keeps it from starting without a required one', async () => {
    const tenant = await openTenant();
    tenant.control.permissions({ revoke: ['User.RevokeSessions.All'] });
    assert.deepEqual(await warnings(tenant), ['User.RevokeSessions.All']);
    const required = PERMISSIONS.filter(({ need }) => need === 'required').map(({ name }) => name);
    const nothing = await openTenant((seed) => {
      seed.permissions = [];
    });
    await assert.rejects(warnings(nothing), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.problems.length, required.length);
      return required.every((name) => error.problems.some((line) => line.includes(`lacks the permission ${name}.`)));
    });
  });

  it('keeps a bot from starting that could set a password, by a permission or by a role', async () => {
    const byPermission = await openTenant((seed) => {
      seed.otherPermissions = ['User-PasswordProfile.ReadWrite.All'];
    });
    await assert.rejects(warnings(byPermission), ConfigError);
    const byRole = await openTenant((seed) => {
      seed.botRoles = ['User Administrator'];
    });
    await assert.rejects(warnings(byRole), ConfigError);
  });
});
