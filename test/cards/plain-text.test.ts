import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choiceText, mixesAlphabets, PLAIN_TEXT_MAX, plainText } from '../../src/cards/plain-text.ts';

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\{\{|\$\{/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const length = (text: string): number => Array.from(graphemes.segment(text)).length;

/** The code points of a text, each as a text. */
const signs = (text: string): readonly string[] => Array.from(text);

/** Any text at all, with the signs that do harm far more often than chance would bring them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(...signs('{}$[]()*_`~#\\/<>&"\'\r\n\t \u202E\u2066\u200B\u200D\u0301\uD800\uDC00👩é')),
    maxLength: 200,
  }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

describe('Text of people on a card', () => {
  it('never keeps a sign that hides, reorders, expands or breaks the line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.doesNotMatch(plainText(text), FORBIDDEN);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same when it is cleaned twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(plainText(plainText(text)), plainText(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is never longer than a line can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }), (text) => {
        assert.ok(length(plainText(text)) <= PLAIN_TEXT_MAX);
      }),
    );
    assert.ok(
      plainText(`a${'\u0301'.repeat(100_000)}`).length <= 8,
      'one letter cannot carry a hundred thousand marks',
    );
    assert.ok(plainText('👩‍👩‍👧‍👦'.repeat(10_000)).length <= PLAIN_TEXT_MAX * 2);
  });

  it('leaves ordinary names of any language as they are', () => {
    for (const name of [
      "Seán O'Brien",
      'Jörg Müller',
      'Nguyễn Văn Anh',
      '李小龍',
      'عمر خيام',
      'Αθηνά',
      'Anne-Marie (HR)',
    ])
      assert.equal(plainText(name), name.normalize('NFC'));
  });

  it('turns line breaks into a space and drops what cannot be seen', () => {
    assert.equal(plainText('Lena\r\n\tHart\u200Bmann\u202E '), 'Lena Hartmann');
    assert.equal(plainText('\u200B\u202E\uFEFF'), '');
  });

  it('breaks the macros of clients and templates apart', () => {
    assert.equal(plainText('{{DATE(x)}} ${title} {{{'), '{ {DATE(x)}} $ {title} { { {');
    assert.equal(plainText('{\u200B{x}} $\u200B{y}'), '{ {x}} $ {y}', 'also when something invisible stood between');
  });

  it('says with an ellipsis that it was cut', () => {
    const cut = plainText('x'.repeat(100));
    assert.equal(cut, `${'x'.repeat(63)}…`);
    assert.equal(plainText('x'.repeat(64)), 'x'.repeat(64));
  });
});

describe('The title of a choice', () => {
  it('holds nothing that a client could read as a format or a link', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.match(choiceText(text), /^[\p{L}\p{M}\p{N} ,…]*$/u);
      }),
    );
    assert.equal(choiceText('[Bay 4](https://evil.example)'), 'Bay 4 https evil example');
  });
});

describe('A look-alike name', () => {
  it('is noticed when one word mixes alphabets, and not when two words use two', () => {
    assert.equal(mixesAlphabets('Lеna Hartmann'), true, 'the first e is Cyrillic');
    assert.equal(mixesAlphabets('Lena Hartmann'), false);
    assert.equal(mixesAlphabets('Иван Petrov'), false);
    assert.equal(mixesAlphabets('Jörg Müller'), false);
  });
});
