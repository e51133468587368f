import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { Fault } from '../../src/casework/ports/fault.ts';
import { checkGrantedRoles, claimsOfOwnToken, readOwnClaims } from '../../src/graph/grants.ts';
import { HARMLESS_READS, NEVER, NEVER_ROLES, ROLES_OF_EVERY_APP } from '../../src/graph/other-permissions.ts';
import { PERMISSIONS } from '../../src/graph/permissions.ts';
import { permissionsPage } from '../../src/graph/permissions-page.ts';

const required = PERMISSIONS.filter(({ need }) => need === 'required').map(({ name }) => name);
const optional = PERMISSIONS.filter(({ need }) => need === 'optional').map(({ name }) => name);
const namesOf = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);
const forbidden = (roles: readonly string[], wids: readonly string[] = []): readonly string[] =>
  namesOf(checkGrantedRoles({ roles, wids }).forbidden);
const token = (claims: unknown): string => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

/** Rights to change accounts, groups, policies or mail with which an earlier version started without a word. */
const STARTED_SILENTLY = [
  'UserAuthMethod-Passkey.ReadWrite.All',
  'UserAuthMethod-QR.ReadWrite.All',
  'UserAuthMethod-External.ReadWrite.All',
  'UserAuthMethod-SoftwareOATH.ReadWrite.All',
  'UserAuthMethod-HardwareOATH.ReadWrite.All',
  'UserAuthMethod-WindowsHello.ReadWrite.All',
  'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
  'User-Phone.ReadWrite.All',
  'User-Mail.ReadWrite.All',
  'User.EnableDisableAccount.All',
  'User.ManageIdentities.All',
  'Group.ReadWrite.All',
  'GroupMember.ReadWrite.All',
  'PrivilegedAccess.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.ReadWrite.Directory',
  'Policy.ReadWrite.ConditionalAccess',
  'Application.ReadWrite.OwnedBy',
  'DelegatedPermissionGrant.ReadWrite.All',
  'AgentIdUser.ReadWrite.All',
  'Mail.ReadWrite',
] as const;

const ROLES_THAT_STARTED_SILENTLY = [
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator'],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'Hybrid Identity Administrator'],
  ['4ba39ca4-527c-499a-b93d-d9b492c50246', 'Partner Tier1 Support'],
  ['e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8', 'Partner Tier2 Support'],
] as const;

describe('graph permissions', () => {
  it('asks for nothing that it must never hold', () => {
    const never = new Set(NEVER.map(({ name }) => name));
    assert.deepEqual(
      PERMISSIONS.filter(({ name }) => never.has(name)),
      [],
    );
  });

  it('asks for exactly three rights to change something: passes, sessions, and where it is installed itself', () => {
    const writes = PERMISSIONS.map(({ name }) => name).filter((name) => !/\.Read\./.test(name));
    assert.deepEqual(writes, [
      'UserAuthMethod-TAP.ReadWrite.All',
      'User.RevokeSessions.All',
      'TeamsAppInstallation.ReadWriteSelfForUser.All',
    ]);
  });

  it('starts with exactly what it asks for', () => {
    const check = checkGrantedRoles({ roles: [...required, ...optional], wids: [...ROLES_OF_EVERY_APP] });
    assert.deepEqual(check, { forbidden: [], missing: [], without: [], unneeded: [] });
  });

  for (const { name } of NEVER) {
    it(`refuses to start with ${name}, however it is written`, () => {
      assert.deepEqual(forbidden([...required, name.toUpperCase()]), [name]);
    });
  }

  for (const [templateId, name] of Object.entries(NEVER_ROLES)) {
    it(`refuses to start as ${name}`, () => {
      assert.deepEqual(forbidden(required, [templateId.toUpperCase()]), [name]);
    });
  }

  for (const name of STARTED_SILENTLY) {
    it(`refuses to start with ${name}, which the bot does not need`, () => {
      assert.deepEqual(forbidden([...required, name]), [name]);
    });
  }

  for (const [templateId, name] of ROLES_THAT_STARTED_SILENTLY) {
    it(`refuses to start as ${name}, although that role is not the first that comes to mind`, () => {
      assert.deepEqual(forbidden(required, [templateId.toUpperCase()]), [name]);
    });
  }

  for (const name of [
    'Mail.Read',
    'BitlockerKey.Read.All',
    'DeviceLocalCredential.Read.All',
    'Chat.Read.All',
    'Files.Read.All',
    'SomethingNew.ReadWrite.All',
    'SomethingNew.Read.All',
    'User.Read.All ',
  ]) {
    it(`refuses to start with "${name}": what is on no list is not harmless, whatever it is called`, () => {
      assert.deepEqual(forbidden([...required, name]), [name]);
    });
  }

  it('refuses to start with any directory role, also one that nobody has heard of', () => {
    const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf';
    assert.deepEqual(forbidden(required, [reportsReader]), [`with the template id ${reportsReader}`]);
    assert.deepEqual(forbidden(required, [...ROLES_OF_EVERY_APP, '']), ['with the template id ']);
  });

  it('calls harmless only what reads, is no content and no secret, and is on no list of forbidden rights', () => {
    for (const name of HARMLESS_READS) {
      assert.match(name, /^[A-Za-z]+\.Read(Basic)?\.[A-Za-z]+$/);
      assert.doesNotMatch(name, /Mail|Chat|Message|File|Site|Key|Credential|Secret|Calendar|Notes/i);
    }
    const never = new Set(NEVER.map(({ name }) => name.toLowerCase()));
    assert.deepEqual(
      [...HARMLESS_READS, ...required, ...optional].filter((name) => never.has(name.toLowerCase())),
      [],
    );
  });

  it('starts with a harmless read that nobody needs, and names it', () => {
    const check = checkGrantedRoles({ roles: [...required, 'Directory.Read.All'], wids: [] });
    assert.deepEqual([check.forbidden, check.unneeded], [[], ['Directory.Read.All']]);
  });

  for (const name of required) {
    it(`does not start without ${name}`, () => {
      const check = checkGrantedRoles({ roles: required.filter((one) => one !== name), wids: [] });
      assert.deepEqual(namesOf(check.missing), [name]);
    });
  }

  it('starts without what is optional, and says for each what it cannot do', () => {
    const check = checkGrantedRoles({ roles: required, wids: [] });
    assert.deepEqual(check.missing, []);
    assert.deepEqual(namesOf(check.without), optional);
    for (const { name, without } of PERMISSIONS) assert.match(without, /^[A-Z].{20,}\.$/, name);
  });

  it('reads the claims of its own token', () => {
    assert.deepEqual(claimsOfOwnToken(token({ roles: ['A'], aud: 'x' })), { roles: ['A'], wids: [], oid: null });
    const oid = 'D0000000-0000-4000-8000-000000000002';
    assert.equal(claimsOfOwnToken(token({ oid })).oid, oid.toLowerCase());
  });

  for (const broken of ['', 'no token', 'a.b.c', token('text'), token({ roles: 'User.Read.All' })]) {
    it(`does not start on a token it cannot read: ${broken.slice(0, 20)}`, () => {
      assert.throws(
        () => claimsOfOwnToken(broken),
        (error) =>
          error instanceof Fault &&
          error.code === 'configuration' &&
          (broken === '' || !error.message.includes(broken)),
      );
    });
  }

  it('reads the token Entra really gives, and says when it gives none', async () => {
    const granted = token({ roles: required });
    const good = { getToken: async () => ({ token: granted, expiresOnTimestamp: 0 }) };
    assert.deepEqual((await readOwnClaims(good, 'scope')).roles, required);
    await assert.rejects(readOwnClaims({ getToken: async () => null }, 'scope'), Fault);
    const refused = { getToken: () => Promise.reject(new Error('secret=hunter2')) };
    await assert.rejects(
      readOwnClaims(refused, 'scope'),
      (error) => error instanceof Fault && error.code === 'directory-denied' && !/hunter2/.test(error.message),
    );
  });

  it('tells a refusal of Entra, by its number, from nobody answering', async () => {
    const asked = async (cause: Error): Promise<Fault> => {
      const fault = await readOwnClaims({ getToken: () => Promise.reject(cause) }, 'scope').catch(
        (error: unknown) => error,
      );
      assert.ok(fault instanceof Fault);
      return fault;
    };
    const refused = await asked(
      new Error('invalid_client: Error(s): 7000215 - AADSTS7000215: Invalid secret hunter2.'),
    );
    assert.equal(refused.code, 'directory-denied');
    assert.match(refused.internal, /AADSTS7000215$/);
    for (const cause of [
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
      new Error('server_error: AADSTS90033: A transient error has occurred. Please try again.'),
      new Error('endpoints_resolution_error: Endpoints cannot be resolved'),
      Object.assign(new Error('getaddrinfo ENOTFOUND login.example'), { code: 'ENOTFOUND' }),
    ]) {
      assert.equal((await asked(cause)).code, 'directory-unreachable', cause.message);
    }
  });

  it('is what docs/permissions.md says (run `node scripts/write-permissions.ts` when this fails)', async () => {
    const page = new URL('../../docs/permissions.md', import.meta.url);
    const style = await resolveConfig(page);
    assert.equal(await readFile(page, 'utf8'), await format(permissionsPage(), { ...style, parser: 'markdown' }));
  });
});
