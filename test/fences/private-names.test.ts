// The first version of this project spoke a language of its own. Its names are gone, and a new one does not come back by habit.
import assert from 'node:assert/strict';
import ts from 'typescript';
import { FILES, IDENTIFIERS, ORDINARY, PHRASES, WORDS, type PrivateName } from './private-names.ts';
import { filesIn, nodesOf, parsed, type ProjectFile } from './tree.ts';

const PLACES = ['src', 'demo', 'scripts', 'test', 'adaptive-cards', 'docs', 'README.md', 'CONTRIBUTING.md'];
const TEXT = /\.(?:[cm]?[jt]s|json|md|css|html|svg)$/;
const CODE = /\.[cm]?[jt]s$/;
/** These two hold the list. */
const THE_LIST = /^test\/fences\/private-names\.(?:test\.)?ts$/;
const baseName = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\..*$/, '');

/** `openDossier_2` as a reader takes it in: open Dossier 2. */
const apart = (text: string): string =>
  text.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').replaceAll('_', ' ');
/** Everything that is gone from texts. */
const GONE = [...WORDS, ...PHRASES];
const anyWord = new RegExp(`\\b(${GONE.map(({ gone }) => `${gone}(?:e?s)?`).join('|')})\\b`, 'gi');
const GONE_IDENTIFIERS = new Map(IDENTIFIERS.map((name) => [name.gone, name]));
/** Only what holds one of them at all is parsed. */
const anyIdentifier = new RegExp(`\\b(?:${IDENTIFIERS.map(({ gone }) => gone).join('|')})\\b`);
const GONE_FILES = new Map(FILES.map((name) => [name.gone, name]));

function wordIn(text: string): readonly PrivateName[] {
  return Array.from(apart(text).matchAll(anyWord), ([found]) => {
    const word = found.toLowerCase();
    return GONE.find(({ gone }) => word === gone || word === `${gone}s` || word === `${gone}es`);
  }).filter((name) => name !== undefined);
}

function ordinaryTakenOut(path: string, line: string): string {
  return ORDINARY.filter(({ where }) => where === undefined || where.test(path)).reduce(
    (text, { says }) => text.replaceAll(says, ' '),
    line,
  );
}

function identifiersIn(file: ProjectFile): readonly (readonly [PrivateName, number])[] {
  if (!CODE.test(file.path) || !anyIdentifier.test(file.text)) return [];
  const source = parsed(file);
  return nodesOf(source).flatMap((node) => {
    const name = ts.isIdentifier(node) ? GONE_IDENTIFIERS.get(node.text) : undefined;
    return name === undefined ? [] : [[name, source.getLineAndCharacterOfPosition(node.getStart()).line + 1] as const];
  });
}

/** Every private name in a file, with the line it stands in and what to say in its place. */
function privateNamesIn(file: ProjectFile): readonly string[] {
  const said = (line: number | null, { gone, say }: PrivateName): string =>
    `${file.path}${line === null ? '' : `:${line}`} ${gone} → ${say}`;
  const fileName = [GONE_FILES.get(baseName(file.path)) ?? [], wordIn(baseName(file.path))].flat();
  return [
    ...fileName.map((name) => said(null, name)),
    ...file.text
      .split('\n')
      .flatMap((line, at) => wordIn(ordinaryTakenOut(file.path, line)).map((name) => said(at + 1, name))),
    ...identifiersIn(file).map(([name, line]) => said(line, name)),
  ];
}

const files = filesIn(PLACES, TEXT).filter(({ path }) => !THE_LIST.test(path));
const planted = (path: string, text: string): readonly string[] => privateNamesIn({ path, text });

describe('The private names of the first version', () => {
  for (const place of PLACES) {
    it(`are gone from ${place}`, () => {
      const here = files.filter(({ path }) => path === place || path.startsWith(`${place}/`));
      assert.ok(here.length > 0);
      assert.deepEqual(here.flatMap(privateNamesIn), []);
    });
  }

  it('would be found in the name of a file', () => {
    assert.deepEqual(planted('src/cards/moments.ts', ''), ['src/cards/moments.ts moments → time-format.ts']);
    assert.equal(planted('src/casework/caller-dossier.ts', '').length, 1);
    assert.equal(planted('adaptive-cards/told.json', '').length, 1);
  });

  it('would be found as an identifier, also as one of several words in it', () => {
    assert.equal(planted('src/a.ts', 'const told = 1;').length, 1);
    assert.equal(planted('src/a.ts', 'export const openDossiers = 1;').length, 1);
    assert.equal(planted('src/a.ts', 'const PASS_LETTER = 1;').length, 1);
    assert.equal(planted('src/a.ts', 'house.tameConnector();').length, 2);
  });

  it('would be found in a comment, in a text, in a document and in a card', () => {
    assert.equal(planted('src/a.ts', '// The house answers.').length, 1);
    assert.equal(planted('src/a.ts', "const text = 'an outsider asks';").length, 1);
    assert.equal(planted('docs/a.md', 'The walls never touch each other, in whatever room.').length, 2);
    assert.equal(planted('adaptive-cards/a.json', '{ "text": "Four characters in one breath" }').length, 1);
  });

  it('are no names where they are ordinary English, and only there', () => {
    assert.deepEqual(planted('docs/a.md', 'Read it letter by letter at the front desk, in capital letters.'), []);
    assert.deepEqual(
      planted('src/a.ts', "// What the caller was told, and what happened elsewhere.\nconst a = 'worked';"),
      [],
    );
    assert.equal(planted('docs/a.md', 'A letter by letter reading of the letter.').length, 1);
    assert.deepEqual(planted('src/intents/a.ts', 'const letter = text[0];'), []);
    assert.equal(planted('src/teams/a.ts', 'const letter = text[0];').length, 1);
  });

  it('each come with the term to use, and no allowance is without a reason', () => {
    for (const { gone, say } of [...GONE, ...IDENTIFIERS, ...FILES]) assert.ok(say !== '' && say !== gone, gone);
    for (const { says, why } of ORDINARY) assert.ok(why.length > 5 && says.flags.includes('g'), String(says));
  });
});
