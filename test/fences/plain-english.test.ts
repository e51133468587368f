// Sentences that nobody would say aloud to a colleague, and the plain ones that took their place. They must not come back.
import assert from 'node:assert/strict';
import type { ProjectFile } from './tree.ts';
import { filesIn } from './tree.ts';

/** Each in two halves, so that this file does not find itself. */
const NOBODY_SAYS: readonly (readonly [string, string])[] = [
  ['takes the decision that can be talked into ', 'away from the person who is being talked to'],
  ['decide, write and claim, ', 'act, write, show'],
  ['what was meant: ', 'text and buttons'],
  ['the wa', 'lls never touch each other'],
  ['npm test # ', 'proves it'],
  ['Take a phone number from the caller, ', 'or believe an answer'],
  ['Guess, when something ', 'could not be read'],
  ['nobody knows whether ', 'the lock holds it back'],
  ['A reset by themselves ', 'ends the lock'],
  ['Go the way of ', 'the pass'],
  ['take the way of ', 'the pass'],
  ['Do not ', 'hear it'],
  ['if you only ', 'got locked'],
  ['it spares ', 'the wait'],
  ['they need none. ', 'Let them sign in again'],
  ['With it, one can sign in ', 'without the password'],
  ['No pass ', 'came of it'],
  ['One pass was ', 'asked for'],
  ['It stands on this card ', 'as soon as it is made'],
  ['The computer has not heard ', 'of the new password'],
  ['Nobody has written down ', 'what this means'],
  ["'In ", "order'"],
  ["'Password ", "kept'"],
  ["'To", "ok'"],
  ['Caller ', 'told?'],
  ['Leads ', 'alarmed?'],
  ['The leads were ', 'alarmed'],
  ['The directory refused ', 'to be read'],
  ['is being asked ', 'too often'],
  ['It is them. ', 'Issue the pass'],
  ['a button carries a wish, ', 'never a decision'],
  ['The code in br', 'eaths'],
  ['A colleague will ', 'take care of it'],
  ['Asking is fine; ', 'it changes nothing'],
];

/** The spaces, line ends and comment signs between two words do not matter, and neither do capitals. */
function plain(text: string): string {
  return text
    .replace(/\s*\n\s*(?:\*|\/\/|>)?\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('\\', '')
    .toLowerCase();
}

function foundIn(file: ProjectFile): readonly string[] {
  const text = plain(file.text);
  return NOBODY_SAYS.map((halves) => halves.join('')).filter((sentence) => text.includes(plain(sentence)));
}

describe('The wording', () => {
  const files = filesIn(
    ['src', 'adaptive-cards', 'demo', 'docs', 'appPackage', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
    /\.(?:[cm]?[jt]s|json|md|css|html)$/,
  );

  it('holds no sentence that was replaced because nobody would say it', () => {
    assert.ok(files.length > 200, 'the files were found');
    assert.deepEqual(
      files.flatMap((file) => foundIn(file).map((sentence) => `${file.path}: ${sentence}`)),
      [],
    );
  });

  it('would be found out, also across a line break and in a comment', () => {
    const planted = (text: string): readonly string[] => foundIn({ path: 'planted.ts', text });
    for (const [first, second] of NOBODY_SAYS) assert.equal(planted(`x ${first}${second} y`).length, 1, first + second);
    assert.equal(planted(` * No pass\n * came of it.`).length, 1);
    assert.deepEqual(planted('No pass was issued. The lookup took 3 seconds, in order.'), []);
  });
});
