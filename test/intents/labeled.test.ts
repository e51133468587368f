// How well messages are understood: on the phrases that were learned from, and on the third that is held back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { recognize } from '../../src/intents/recognize.ts';
import { trainedModel } from '../../scripts/phrase-training.ts';
import { seededRandom } from '../../demo/tenant/seeded-random.ts';
import { withTypo } from '../../scripts/phrase-variants.ts';
import { itInFull, rowsOf } from '../lane.ts';
import { labeledPhrases } from './labeled.ts';
import { figuresOf, type PhraseFigures } from './phrase-figures.ts';

const all = labeledPhrases();
const learned = all.filter((phrase) => !phrase.heldBack);
const heldBack = all.filter((phrase) => phrase.heldBack);
const heldBackFirst = heldBack.filter((phrase) => phrase.written === 'first');
const heldBackLater = heldBack.filter((phrase) => phrase.written === 'later');
const resets = learned.filter((phrase) => phrase.kind === 'manual-reset').map((phrase) => phrase.text);

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  i: 'і',
  s: 'ѕ',
};
const OFFICE =
  `The coffee machine on the third floor was repaired this morning. Lunch is at noon, and the meeting room was moved. The
  quarterly figures look good. Please water the plants while the colleagues are on holiday. The elevator is slow again. `.replaceAll(
    /\s+/gu,
    ' ',
  );

/** What is made of the phrases that were held back first, counted once. */
let counted: PhraseFigures | undefined;
const figuresOfFirst = (): PhraseFigures => (counted ??= figuresOf(heldBackFirst, recognize));

function refusedOf(texts: readonly string[]): number {
  return texts.filter((text) => recognize(text).kind === 'manual-reset').length;
}

describe('Understanding phrases nobody tuned it on', () => {
  it('has at least 600 phrases in at least eight languages, a third of them held back', () => {
    assert.ok(all.length >= 600, `${all.length}`);
    assert.ok(new Set(all.map((phrase) => phrase.language)).size >= 8);
    assert.equal(
      new Set(all.map((phrase) => phrase.text.toLowerCase())).size,
      all.length,
      'no phrase stands there twice',
    );
    assert.ok(heldBack.length > 0.3 * all.length && heldBack.length < 0.37 * all.length, `${heldBack.length}`);
  });

  it('refuses every request for a manual reset that it learned from, and few harmless texts', () => {
    const figures = figuresOf(learned, recognize);
    assert.equal(figures.resetsMissed, 0);
    assert.equal(figures.harmlessRefused, 0);
  });
});

describe('Understanding the phrases that are held back', () => {
  // The aim is none missed, and at most 3 % of the harmless texts refused. These figures may only fall.
  it('misses at most 1 of the 260 requests for a manual reset that were written first, and none of them opens a case', () => {
    const { resets: asked, resetsMissed, resetsOpenedCase } = figuresOfFirst();
    assert.equal(asked, 260);
    assert.ok(resetsMissed <= 1, `${resetsMissed}`);
    assert.equal(resetsOpenedCase, 0);
  });

  it('refuses at most 7 of the 242 harmless texts, and looks somebody up for at most 1 that names nobody locked out', () => {
    const { harmless, harmlessRefused, searchedByMistake } = figuresOfFirst();
    assert.equal(harmless, 242);
    assert.ok(harmlessRefused <= 7, `${harmlessRefused}`);
    assert.ok(searchedByMistake <= 1, `${searchedByMistake}`);
  });

  it('understands at least 489 of all 502, and finds at least 87 of the 90 people named in them', () => {
    const { phrases, understood, named, namedRight } = figuresOfFirst();
    assert.deepEqual([phrases, named], [502, 90]);
    assert.ok(understood >= 489, `${understood}`);
    assert.ok(namedRight >= 87, `${namedRight}`);
  });

  it('misses none of the 61 requests written later, refuses at most 4 of 139 harmless texts, and understands at least 195 of all 200', () => {
    const figures = figuresOf(heldBackLater, recognize);
    assert.deepEqual([figures.resets, figures.harmless, figures.phrases], [61, 139, 200]);
    assert.equal(figures.resetsMissed, 0);
    assert.ok(figures.harmlessRefused <= 4, `${figures.harmlessRefused}`);
    assert.ok(figures.understood >= 195, `${figures.understood}`);
  });
});

describe('A request for a manual reset in disguise', () => {
  it('is refused in capitals and in lower case', () => {
    assert.equal(refusedOf(resets.map((text) => text.toUpperCase())), resets.length);
    assert.equal(refusedOf(resets.map((text) => text.toLowerCase())), resets.length);
  });

  it('is refused before, between and after 2,000 characters of other mail', () => {
    const some = resets.filter((_text, at) => at % 8 === 0);
    const mail = OFFICE.repeat(Math.ceil(2000 / OFFICE.length));
    for (const text of rowsOf(some, (_text, at) => at % 4 === 0)) {
      for (const padded of [`${text}\n\n${mail}`, `${mail}\n${text}`, `${mail}\n${text}\n${mail}`]) {
        assert.equal(recognize(padded).kind, 'manual-reset', text);
      }
    }
  });

  it('is refused with invisible characters, look-alikes and fullwidth letters in it', () => {
    const disguises: readonly ((text: string) => string)[] = [
      (text) => Array.from(text).join('\u200b'),
      (text) => text.replaceAll(/[aeopcxis]/gu, (letter) => LOOK_ALIKES[letter] ?? letter),
      (text) => text.replaceAll(/[a-z]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    ];
    for (const disguise of disguises) assert.equal(refusedOf(resets.map(disguise)), resets.length);
  });

  it('is nearly always refused with a slip of the keyboard in it', () => {
    const random = seededRandom(7);
    const refused = refusedOf(resets.map((text) => withTypo(random, text)));
    assert.ok(refused >= 0.99 * resets.length, `${refused} of ${resets.length}`);
  });
});

describe('The weights of the classifier', () => {
  itInFull('come out the same, byte for byte, whenever they are trained again', function () {
    this.timeout(120_000); // half a minute of work on a busy machine
    const file = new URL('../../src/intents/classifier/weights.json', import.meta.url);
    assert.ok(
      `${JSON.stringify(trainedModel(), null, 2)}\n` === readFileSync(file, 'utf8'),
      'run npm run train:phrases',
    );
  });
});

describe('A message that is only a name', () => {
  const names = [
    'Lena Hartmann',
    'Priya Nair',
    'dcole',
    'FERNHILL\\dcole',
    'lena.hartmann',
    'E1010',
    '004711-22',
    'Łukasz Wójcik',
  ];
  for (const name of [
    ...names,
    'lena.hartmann@fernhill.example',
    'Müller',
    "Seán O'Brien",
    'Anne-Marie van der Berg',
  ]) {
    it(`opens the look-up: "${name}"`, () => assert.deepEqual(recognize(name), { kind: 'open-case', who: name }));
  }
  for (const text of ['printer', 'thanks', 'ok', 'tomorrow', '0014', '12', 'the weather', '?', 'Danke', 'impresora']) {
    it(`is not every short message: "${text}"`, () => assert.notEqual(recognize(text).kind, 'open-case'));
  }
});

describe('A hostile message of a megabyte', () => {
  for (const piece of ['a', 'reset ', 'password. ', '\\', "'s ", 'x@y.z ', '"a" ', 'A1! ', '\u0301', 'p.a.s.s ']) {
    it(`is read to the same end as its first 30,000 characters: "${piece.trim()}" again and again`, () => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      assert.deepEqual(recognize(text), recognize(text.slice(0, 30_000)));
    });
  }
});
