// The rules of this codebase that neither the compiler nor the linter checks.
import assert from 'node:assert/strict';
import ts from 'typescript';
import type { ProjectFile } from './tree.ts';
import { filesIn, nodesOf, parsed, topLevel } from './tree.ts';

const CODE = /\.(?:[cm]?[jt]s|css|html)$/;
const CEILING_LINES = 250;
/** What the top level holds, beside dot files and configuration of tools. */
const TOP = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src',
  'appPackage',
  'adaptive-cards',
  'test',
  'demo',
  'docs',
  'scripts',
  'README.md',
  'infra',
  'env',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'LICENSE',
]);
/** Managers here are people, self-service is what callers do, and a service URL is Teams' own word. */
const WORDS_OF_THE_HELPDESK = /self-service|service-url|(?:ask|awaiting|the)-manager|manager-[a-z]+/g;
const NAMES_THAT_SAY_NOTHING = /(?:^|[-.])(?:helper|util|manager|service|common|misc|shared)s?(?=[-.]|$)/;
/** Places of one machine, and hosts of one network. Written apart, so as not to be found here. */
const OF_ONE_MACHINE: readonly RegExp[] = [
  new RegExp('/wo' + 'rk/(?:main|shared|\\.)'),
  new RegExp('\\.\\./sha' + 'red'),
  /\/(?:home|Users)\/[a-z][\w.-]*\//,
  /\/root\//,
  /[A-Z]:\\+Users\\/i,
  /https?:\/\/(?:localhost|127\.0\.0\.1|\d+\.\d+\.\d+\.\d+):\d+\/(?:npm|repository)/,
  /"resolved":\s*"http/,
  /^\s*(?:@[\w-]+:)?registry\s*=/m,
  new RegExp('registry\\.(?:npmjs|yarnpkg)\\.(?:org|com)|arti' + 'factory|verda' + 'ccio', 'i'),
];

const lines = (file: ProjectFile): number => file.text.replace(/\n$/, '').split('\n').length;
const baseName = (path: string): string => path.split('/').at(-1) ?? path;
/** The one record of everything a turn may use bears the name the field gives it. */
const SERVICES_RECORD = 'src/casework/services.ts';
const saysNothing = (path: string): boolean =>
  path !== SERVICES_RECORD &&
  NAMES_THAT_SAY_NOTHING.test(baseName(path).toLowerCase().replaceAll(WORDS_OF_THE_HELPDESK, 'x'));
const startsWithDocblock = (file: ProjectFile): boolean => /^(?:#!.*\n)?\/\*\*\n \* \S/.test(file.text);
const ofOneMachine = (file: ProjectFile): readonly string[] =>
  OF_ONE_MACHINE.flatMap((pattern) => pattern.exec(file.text)?.[0] ?? []);

/** True when code reads the environment of the process, under any spelling. */
function readsEnvironment(file: ProjectFile): boolean {
  if (!/\benv\b/.test(file.text)) return false; // parsing takes long
  return nodesOf(parsed(file)).some((node) => {
    if (ts.isPropertyAccessExpression(node))
      return node.name.text === 'env' && /(?:^|\.)process$/.test(node.expression.getText());
    if (ts.isElementAccessExpression(node)) return node.getText() === "process['env']";
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
      const taken = node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env');
      return taken && node.initializer?.getText() === 'process';
    }
    const from = ts.isImportDeclaration(node) && /^['"](?:node:)?process['"]$/.test(node.moduleSpecifier.getText());
    return from && /\benv\b/.test(node.importClause?.getText() ?? '');
  });
}

/** The names of the states, as the type of a case lists them. */
function stateNames(file: ProjectFile): readonly string[] {
  const state = nodesOf(parsed(file)).find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'CaseState');
  return nodesOf(state ?? parsed({ path: 'empty.ts', text: '' })).flatMap((node) => {
    if (!ts.isPropertySignature(node) || node.name.getText() !== 'kind' || node.type === undefined) return [];
    return ts.isLiteralTypeNode(node.type) && ts.isStringLiteral(node.type.literal) ? [node.type.literal.text] : [];
  });
}

const code = filesIn(['src', 'demo', 'scripts', 'test'], CODE);
const everything = filesIn(
  [...topLevel()],
  /\.(?:[cm]?[jt]s|json|md|css|html|svg|ya?ml)$|(?:^|\/)(?:LICENSE|run|\.[a-z]+(?:rc|ignore|config)?)$/,
);

describe('The codebase', () => {
  it('has no file of code longer than 250 lines', () => {
    assert.ok(code.length > 80, 'the code was found');
    assert.deepEqual(
      code.filter((file) => lines(file) > CEILING_LINES).map((file) => `${file.path}: ${lines(file)}`),
      [],
    );
  });

  it('has a top level that does not grow', () => {
    const extra = topLevel().filter(
      (name) => !TOP.has(name) && !name.startsWith('.') && !/\.(?:config|conf)\.[cm]?js(?:on)?$/.test(name),
    );
    assert.deepEqual(extra, []);
  });

  it('has no file with a vague name, and every name in kebab-case', () => {
    assert.deepEqual(code.map(({ path }) => path).filter(saysNothing), []);
    const kebab = /^[a-z0-9]+(?:[-.][a-z0-9]+)*\.[a-z]+$/;
    assert.deepEqual(
      code.map(({ path }) => path).filter((path) => !kebab.test(baseName(path))),
      [],
    );
  });

  it('says at the top of each source file what it contains', () => {
    const files = filesIn(['src', 'demo'], /\.ts$/);
    assert.deepEqual(
      files.filter((file) => !startsWithDocblock(file)).map(({ path }) => path),
      [],
    );
  });

  it('reads the environment in one file only', () => {
    const readers = filesIn(['src'], /\.ts$/).filter(readsEnvironment);
    assert.deepEqual(
      readers.map(({ path }) => path).filter((path) => path !== 'src/config/config.ts'),
      [],
    );
  });

  it('holds no path of one machine and no host of one network', () => {
    assert.ok(everything.length > 120, 'the files were found');
    assert.deepEqual(
      everything.flatMap((file) => ofOneMachine(file).map((found) => `${file.path}: ${found}`)),
      [],
    );
  });

  it('lets one package run a script when it is installed, and it is the pinned runtime', () => {
    const [file] = filesIn(['package.json'], /./);
    const { allowScripts } = JSON.parse(file?.text ?? '{}') as { allowScripts?: unknown };
    assert.deepEqual(allowScripts, {
      node: true,
      'better-sqlite3': false,
      'botbuilder-dialogs': false,
      'dtrace-provider': false,
    });
  });

  it('has one card for each state of a case, and the file bears its name', () => {
    const [file] = filesIn(['src/procedure/case.ts'], /./);
    assert.ok(file);
    const states = stateNames(file);
    assert.ok(states.length >= 12, 'the states were found');
    const cards = new Set(filesIn(['adaptive-cards'], /\.json$/).map(({ path }) => baseName(path)));
    assert.deepEqual(
      states.filter((state) => !cards.has(`${state}.json`)),
      [],
    );
  });
});

describe('The rules of the codebase can fail', () => {
  const planted = (text: string, path = 'src/casework/planted.ts'): ProjectFile => ({ path, text });

  it('on a file that is one line too long', () => {
    assert.equal(lines(planted('x\n'.repeat(250))), 250);
    assert.equal(lines(planted('x\n'.repeat(251))), 251);
  });

  it('on a name that says nothing', () => {
    for (const name of [
      'helper.ts',
      'string-utils.ts',
      'case-manager.ts',
      'common.ts',
      'graph-service.ts',
      'util.test.ts',
    ]) {
      assert.ok(saysNothing(`src/cards/${name}`), name);
    }
    for (const name of ['self-service-card.ts', 'awaiting-manager.json', 'manager-question.json', 'ask-manager.ts']) {
      assert.ok(!saysNothing(`src/cards/${name}`), name);
    }
  });

  it('on a file without a word about itself', () => {
    assert.ok(!startsWithDocblock(planted("import x from 'y';\n/**\n * Late.\n */")));
    assert.ok(!startsWithDocblock(planted('/**\n *\n */')));
    assert.ok(startsWithDocblock(planted('#!/usr/bin/env node\n/**\n * Here.\n */')));
  });

  it('on an environment read, however it is spelled', () => {
    const spellings = [
      'const a = process.env.X;',
      "const a = process['env'];",
      'const { env } = process;',
      "import { env } from 'node:process';",
      'globalThis.process.env',
      'const { env: e } = process;',
    ];
    for (const text of spellings) assert.ok(readsEnvironment(planted(text)), text);
    assert.ok(!readsEnvironment(planted('// process.env\nconst env = given.env;')));
  });

  it('on a path of one machine, or a registry', () => {
    const paths = [
      '/wo' + 'rk/main/src',
      "'../sha" + "red/x'",
      '/ho' + 'me/tess/x',
      '/ro' + 'ot/.npmrc',
      'C:\\Us' + 'ers\\x',
    ];
    const hosts = [
      'regis' + 'try=https://x.example',
      '"resol' + 'ved": "https://x"',
      'https://regis' + 'try.npmjs.org/x',
    ];
    for (const text of [...paths, ...hosts]) assert.notDeepEqual(ofOneMachine(planted(text)), [], text);
    assert.deepEqual(ofOneMachine(planted('https://aka.ms/sspr and /users/1/')), []);
  });

  it('on a state without a card', () => {
    const type =
      "export type CaseState = | { readonly kind: 'a-b' } | { readonly kind: 'c'; readonly x: { kind: string } };";
    assert.deepEqual(stateNames(planted(type)), ['a-b', 'c']);
  });
});
