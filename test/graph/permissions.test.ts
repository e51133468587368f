import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { Fault } from '../../src/casework/ports/fault.ts';
import {
  NEVER,
  NEVER_ROLES,
  PERMISSIONS,
  checkGrantedRoles,
  checkOwnGrants,
  claimsOfOwnToken,
} from '../../src/graph/permissions.ts';
import { permissionsPage } from '../../src/graph/permissions-page.ts';

const required = PERMISSIONS.filter(({ need }) => need === 'required').map(({ name }) => name);
const token = (claims: unknown): string => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

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
    assert.deepEqual(checkGrantedRoles({ roles: required, wids: [] }), { forbidden: [], missing: [], unneeded: [] });
  });

  for (const { name } of NEVER) {
    it(`refuses to start with ${name}, however it is written`, () => {
      assert.deepEqual(checkGrantedRoles({ roles: [...required, name.toUpperCase()], wids: [] }).forbidden, [name]);
    });
  }

  for (const [templateId, name] of Object.entries(NEVER_ROLES)) {
    it(`refuses to start as ${name}`, () => {
      assert.deepEqual(checkGrantedRoles({ roles: required, wids: [templateId] }).forbidden, [name]);
    });
  }

  it('names what is missing, and what nobody needs', () => {
    const check = checkGrantedRoles({ roles: [...required.slice(1), 'Mail.Send'], wids: [] });
    assert.deepEqual(check, { forbidden: [], missing: [required[0]], unneeded: ['Mail.Send'] });
  });

  it('reads the claims of its own token', () => {
    assert.deepEqual(claimsOfOwnToken(token({ roles: ['A'], aud: 'x' })), { roles: ['A'], wids: [] });
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

  it('checks the token Entra really gives, and says when it gives none', async () => {
    const granted = token({ roles: required });
    const good = { getToken: async () => ({ token: granted, expiresOnTimestamp: 0 }) };
    assert.deepEqual((await checkOwnGrants(good, 'scope')).missing, []);
    await assert.rejects(checkOwnGrants({ getToken: async () => null }, 'scope'), Fault);
    const refused = { getToken: () => Promise.reject(new Error('secret=hunter2')) };
    await assert.rejects(
      checkOwnGrants(refused, 'scope'),
      (error) => error instanceof Fault && !/hunter2/.test(error.message),
    );
  });

  it('is what docs/permissions.md says (run `node scripts/write-permissions.ts` when this fails)', async () => {
    const page = new URL('../../docs/permissions.md', import.meta.url);
    const style = await resolveConfig(page);
    assert.equal(await readFile(page, 'utf8'), await format(permissionsPage(), { ...style, parser: 'markdown' }));
  });
});
