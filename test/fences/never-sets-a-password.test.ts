// The promise of the product: nothing in here can set a password, and nothing may be granted to it that could.
import assert from 'node:assert/strict';
import ts from 'typescript';
import { NEVER, NEVER_ROLES } from '../../src/graph/other-permissions.ts';
import { PERMISSIONS } from '../../src/graph/permissions.ts';
import type { ProjectFile } from './tree.ts';
import { filesIn, nodesOf, parsed, wordsOfCode } from './tree.ts';

/** Graph's words for setting a password, and the id of the password as a method. Written apart, so as not to be found here. */
const MEANS: readonly RegExp[] = [
  /reset_?-?passwords?\b|resetPassword/i,
  /password_?-?profile/i,
  /change_?-?password/i,
  /set_?-?password/i,
  /password_?-?methods/i,
  /forceChangePassword/i,
  /28c10230-6103-485e-b985-444c60001490/i,
  /Set-(?:Mg|AzureAD)UserPassword/i,
];
/** The one file that names what must never be granted. */
const NEVER_LIST = 'src/graph/other-permissions.ts';

/** Code that could set a password: what names the means, outside of comments. */
function means(file: ProjectFile): readonly string[] {
  // Parsing takes long. An escape can hide a word from everything but the parser.
  if (!file.text.includes('\\') && !MEANS.some((pattern) => pattern.test(file.text))) return [];
  const words = /\.[cm]?[jt]s$/.test(file.path) ? wordsOfCode(file) : file.text.split('\n');
  return words.filter((word) => word.length < 2000 && MEANS.some((pattern) => pattern.test(word)));
}

/** Rights that could set a password, or lead to one that can. */
function forbiddenRights(file: ProjectFile): readonly string[] {
  return NEVER.filter(({ name }) =>
    new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w.])`, 'i').test(file.text),
  ).map(({ name }) => name);
}

/** Every request of a file that may change something at the other end: its method, and where it goes. */
function writes(file: ProjectFile): readonly string[] {
  return nodesOf(parsed(file))
    .filter(ts.isObjectLiteralExpression)
    .flatMap((object) => {
      const property = (name: string): string | undefined =>
        object.properties
          .filter(ts.isPropertyAssignment)
          .find((one) => one.name.getText() === name)
          ?.initializer.getText();
      const method = property('method')?.replace(/['"`]/g, '');
      const where = property('path') ?? property('url');
      // Without a place to go it is no request, but one that is handed on.
      if (method === undefined || method === 'GET' || where === undefined) return [];
      return [`${method} ${where}`];
    });
}

const source = filesIn(['src'], /\.ts$/);

describe('Nothing here can set a password', () => {
  it('no source file names a way to set a password', () => {
    assert.ok(source.length > 40, 'the sources were found');
    for (const file of source) {
      const listed = file.path === NEVER_LIST ? NEVER.map(({ name }) => name) : [];
      assert.deepEqual(
        means(file).filter((word) => !listed.includes(word)),
        [],
        file.path,
      );
    }
  });

  it('no card and no app package names a way to set a password', () => {
    for (const file of filesIn(['adaptive-cards', 'appPackage'], /\.json$/))
      assert.deepEqual(means(file), [], file.path);
  });

  it('the app package asks for no right at all', () => {
    for (const file of filesIn(['appPackage'], /\.json$/)) {
      assert.doesNotMatch(file.text, /resourceSpecific|"authorization"|\.ReadWrite\.|"oauth/i, file.path);
    }
    // The id of the app that may install this one for people. An id is no right; what would make it one is a resource to sign in to.
    const [manifest] = filesIn(['appPackage/manifest.json'], /./);
    const { webApplicationInfo } = JSON.parse(manifest?.text ?? '{}') as { readonly webApplicationInfo?: object };
    assert.deepEqual(Object.keys(webApplicationInfo ?? {}), ['id']);
  });

  it('no right that could set a password is named anywhere but on the list of what must never be granted', () => {
    const allowed = new Set([NEVER_LIST, 'docs/permissions.md']);
    for (const file of filesIn(['src', 'docs', 'appPackage', 'scripts', 'README.md'], /\.(?:ts|md|json)$/)) {
      if (!allowed.has(file.path)) assert.deepEqual(forbiddenRights(file), [], file.path);
    }
    const [page] = filesIn(['docs/permissions.md'], /./);
    assert.ok(page, 'docs/permissions.md is there');
    const [asked] = page.text.split('must never hold');
    assert.deepEqual(forbiddenRights({ path: page.path, text: asked ?? '' }), [], 'the part that says what to grant');
  });

  it('what the bot asks for holds exactly three rights to write: passes, the end of sessions, and its own installation', () => {
    const never = new Set(NEVER.map(({ name }) => name.toLowerCase()));
    const mayWrite = PERMISSIONS.filter(({ name }) => !/\.Read\.|\.Read$/.test(name)).map(({ name }) => name);
    assert.deepEqual(mayWrite, [
      'UserAuthMethod-TAP.ReadWrite.All',
      'User.RevokeSessions.All',
      'TeamsAppInstallation.ReadWriteSelfForUser.All',
    ]);
    for (const { name } of PERMISSIONS) assert.ok(!never.has(name.toLowerCase()), name);
  });

  it('the rights that must never be granted include every known way to a password', () => {
    const names = NEVER.map(({ name }) => name);
    for (const name of [
      'User-PasswordProfile.ReadWrite.All',
      'User.ReadWrite.All',
      'Directory.ReadWrite.All',
      'Directory.AccessAsUser.All',
    ]) {
      assert.ok(names.includes(name), name);
    }
    for (const role of [
      'Global Administrator',
      'User Administrator',
      'Helpdesk Administrator',
      'Password Administrator',
    ]) {
      assert.ok(Object.values(NEVER_ROLES).includes(role), role);
    }
  });

  it('the directory is written to in four ways only, and read by POST in two more', () => {
    const found = filesIn(['src/graph'], /\.ts$/).flatMap((file) =>
      writes(file).map((write) => `${file.path} ${write}`),
    );
    assert.deepEqual(found.sort(), [
      "src/graph/batch.ts POST '/$batch' as GraphPath",
      'src/graph/batch.ts POST part.path', // checkMemberGroups inside of a batch: a question
      'src/graph/installed-app.ts POST path(`/users/${segment(person)}/teamwork/installedApps`)', // the bot itself
      'src/graph/temporary-access-pass.ts DELETE path(`${passesPath(caller)}/${segment(passId)}`)',
      'src/graph/temporary-access-pass.ts POST passesPath(caller)',
      'src/graph/temporary-access-pass.ts POST path(`/users/${segment(person)}/revokeSignInSessions`)',
    ]);
    for (const file of filesIn(['src/graph'], /\.ts$/)) {
      assert.ok(
        !wordsOfCode(file).some((word) => /^(?:PATCH|PUT)$/i.test(word)),
        `${file.path} changes nothing in place`,
      );
    }
  });

  it('no effect of the procedure speaks of a password', () => {
    const [file] = filesIn(['src/procedure/effects.ts'], /./);
    assert.ok(file);
    const effects = wordsOfCode(file).filter((word) => /^[a-z]+(?:-[a-z]+)+$/.test(word));
    assert.ok(effects.includes('create-pass'), 'the effects were found');
    for (const effect of effects) assert.doesNotMatch(effect, /password|credential|secret/);
  });
});

describe('The fence around passwords can fail', () => {
  const planted = (text: string): ProjectFile => ({ path: 'src/graph/planted.ts', text });

  it('finds a way to set a password in code, in texts and in templates, and not in a comment', () => {
    const words = ['reset' + 'Password', 'password' + 'Profile', 'change' + 'Password', 'set' + 'Password'];
    for (const word of words) {
      assert.equal(means(planted(`await client.${word}(id);`)).length, 1, word);
      assert.equal(means(planted(`const url = '/users/1/${word}';`)).length, 1, word);
      assert.equal(means(planted(`const url = \`/users/\${id}/${word}\`;`)).length, 1, word);
      assert.equal(means(planted(`// never ${word}\nconst a = 1;`)).length, 0, word);
      assert.equal(means({ path: 'appPackage/manifest.json', text: `{"x":"${word}"}` }).length, 1, word);
    }
  });

  it('finds a forbidden right, and does not mistake a harmless one for it', () => {
    assert.deepEqual(forbiddenRights(planted('grant user.readwrite.all now')), ['User.ReadWrite.All']);
    assert.deepEqual(forbiddenRights(planted('UserAuthMethod-TAP.ReadWrite.All, User.Read.All')), []);
  });

  it('finds a new write', () => {
    assert.deepEqual(writes(planted("ask({ method: 'PATCH', path: '/users/1', body })")), ["PATCH '/users/1'"]);
    assert.deepEqual(writes(planted('ask({ method: verb, path: where })')), ['verb where']);
  });
});
