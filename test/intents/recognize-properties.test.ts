// What holds for every message, not only for those in the table.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOrdinary } from '../../src/intents/classifier/classify.ts';
import { featuresOf } from '../../src/intents/classifier/features.ts';
import { windowsOf } from '../../src/intents/classifier/windows.ts';
import { readItems } from '../../src/intents/lexicon.ts';
import type { Intent } from '../../src/intents/intent.ts';
import { recognize } from '../../src/intents/recognize.ts';
import { extractPerson } from '../../src/intents/extract-person.ts';
import { readWords } from '../../src/intents/words.ts';
import { IN_FULL, rounds, SAMPLE_SEED } from '../lane.ts';
import phrasings from './phrasings.json' with { type: 'json' };

/** The sample of the quick lane is the same in every run. */
const SAMPLED = IN_FULL ? {} : { seed: SAMPLE_SEED };

const KINDS = new Set([
  'manual-reset',
  'open-case',
  'send-link',
  'explain-error',
  'set-mode',
  'show-mode',
  'help',
  'list-cases',
  'show-case',
  'show-log',
  'greeting',
  'unknown',
]);
const texts = phrasings.map((row) => row.text);
const phrasing = fc.constantFrom(...texts);
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 1500 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(fc.constantFrom(...texts, '"', "'s", '\u202e', '${x}', '[a](b)', '\ud800', '\n'), { maxLength: 30 })
    .map((parts) => parts.join(' ')),
);

/** The intent with the name and the reason in lower case: how they were typed is not what was meant. */
function meaning(text: string): unknown {
  const intent: Intent = recognize(text);
  if (intent.kind === 'set-mode') return { ...intent, reason: intent.reason?.toLowerCase() ?? null };
  return 'who' in intent ? { ...intent, who: intent.who?.toLowerCase() ?? null } : intent;
}

describe('Understanding, whatever is typed', () => {
  it('gives one of the known intents for any text, and never throws', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const intent = recognize(text);
        assert.ok(KINDS.has(intent.kind));
        if ('who' in intent && intent.who !== null) {
          assert.ok(intent.who.length > 0 && intent.who.length <= 200);
          assert.doesNotMatch(intent.who, /[\p{Cc}\p{Cf}]/u, 'a name holds no invisible characters');
          assert.ok(intent.who.isWellFormed());
        }
        if (intent.kind === 'set-mode' && intent.reason !== null) {
          assert.ok(intent.reason.length > 0 && intent.reason.length <= 200);
          assert.doesNotMatch(intent.reason, /[\p{Cc}\p{Cf}]/u);
        }
        if ('id' in intent && intent.id !== null) assert.ok(Number.isSafeInteger(intent.id) && intent.id > 0);
      }),
      { numRuns: rounds({ quick: 150, full: 3000 }), ...SAMPLED },
    );
  });

  it('understands the same in lower case and in capitals', () => {
    for (const text of texts) {
      assert.deepEqual(meaning(text.toUpperCase()), meaning(text.toLowerCase()), text);
    }
  });

  it('understands the same however it is spaced', () => {
    const gap = fc.array(fc.constantFrom(' ', '\t', '\u00a0', '\u2003', '\u200b '), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(phrasing, gap, (text, spaces) => {
        const spaced = text.replaceAll(' ', spaces.join('') + ' ');
        assert.deepEqual(meaning(`  ${spaced}  `), meaning(text));
      }),
    );
  });

  it('understands the same however politely it is asked', () => {
    const before = ['please', 'bitte', 's’il vous plaît', 'por favor', 'Sorry, could you please'];
    const after = ['please', ', thanks!', 'bitte', ', merci', 'por favor', 'asap'];
    const polite = texts.filter((text) => recognize(text).kind !== 'unknown' && recognize(text).kind !== 'greeting');
    for (const text of polite) {
      for (const word of before) assert.deepEqual(meaning(`${word} ${text}`), meaning(text), `${word} ${text}`);
      for (const word of after) assert.deepEqual(meaning(`${text} ${word}`), meaning(text), `${text} ${word}`);
    }
  });

  it('sees through invisible characters, fullwidth letters and look-alikes in a request for a manual reset', () => {
    const lookAlikes: Readonly<Record<string, string>> = {
      a: 'а',
      e: 'е',
      o: 'о',
      p: 'р',
      s: 'ѕ',
      c: 'с',
      x: 'х',
      i: 'і',
    };
    const disguises: readonly ((letter: string) => string)[] = [
      (letter) => `${letter}\u200b`,
      (letter) => `\u2060${letter}`,
      (letter) => `${letter}\u0336`,
      (letter) => `${letter}\u00ad`,
      (letter) => (/[a-z]/.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0) : letter),
      (letter) => (/[a-z]/.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 97) - 97 + 0x1d5ee) : letter),
      (letter) => lookAlikes[letter] ?? letter,
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(disguises.length - 1), { minLength: 18, maxLength: 18 }), (choices) => {
        const disguised = Array.from('reset the password', (letter, at) =>
          letter === ' ' ? letter : (disguises[choices[at] ?? 0]?.(letter) ?? letter),
        ).join('');
        assert.equal(recognize(disguised).kind, 'manual-reset', disguised);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the name in a request, whatever ordinary name it is', () => {
    const first = fc.constantFrom(
      'Lena',
      'Jörg',
      'Seán',
      'Zoë',
      'Anne-Marie',
      'Nguyễn',
      'Wolfgang',
      'Iñaki',
      'Svetlana',
    );
    const last = fc.constantFrom(
      'Hartmann',
      "O'Brien",
      'Müller',
      'Łukasik',
      'Smith-Jones',
      'Ivanov',
      'García',
      'Sørensen',
    );
    fc.assert(
      fc.property(first, last, (one, two) => {
        const name = `${one} ${two}`;
        assert.deepEqual(recognize(`reset ${name}'s password`), { kind: 'manual-reset', who: name });
        assert.deepEqual(recognize(`Passwort von ${name} zurücksetzen`), { kind: 'manual-reset', who: name });
        assert.deepEqual(recognize(`${name} is locked out`), { kind: 'open-case', who: name });
        assert.deepEqual(recognize(`réinitialiser le mot de passe de ${name}`), { kind: 'manual-reset', who: name });
      }),
    );
  });

  it('refuses a manual reset whatever error of the page is quoted before or after it', () => {
    const errors = texts.filter((text) => recognize(text).kind === 'explain-error');
    const resets = texts.filter((text) => recognize(text).kind === 'manual-reset');
    const glue = fc.constantFrom('. ', ' ', ', so ', ', please ', ': ', '\n');
    fc.assert(
      fc.property(fc.constantFrom(...errors), fc.constantFrom(...resets), glue, (error, reset, between) => {
        assert.equal(recognize(`${error}${between}${reset}`).kind, 'manual-reset');
        assert.equal(recognize(`${reset}. ${error}`).kind, 'manual-reset');
      }),
      { numRuns: rounds({ quick: 150, full: 3000 }), ...SAMPLED },
    );
  });

  it('changes the mode only by a command at the start that asks nothing', () => {
    const commands = texts.filter((text) => recognize(text).kind === 'set-mode');
    for (const text of commands) {
      assert.notEqual(recognize(`${text}?`).kind, 'set-mode', text);
      assert.notEqual(recognize(`Lena Hartmann says ${text}`).kind, 'set-mode', text);
    }
  });

  it('never takes a made-up password for a name', () => {
    fc.assert(
      fc.property(fc.constantFrom('Welcome', 'Sommer', 'Fernhill', 'Passw0rd'), fc.nat(9999), (word, number) => {
        for (const text of [`set the password to ${word}${number}!`, `make it ${word}${number}`]) {
          const intent = recognize(text);
          assert.equal(intent.kind, 'manual-reset');
          assert.doesNotMatch(JSON.stringify(intent), new RegExp(word));
        }
      }),
    );
  });

  it('reads the whole of a pasted mail, and 30,000 characters at most', () => {
    const mail = 'The weather is nice today and the meeting is at three.\n';
    const before = mail.repeat(Math.floor(29_900 / mail.length));
    assert.equal(recognize(`${before}Please reset the password.`).kind, 'manual-reset');
    assert.equal(recognize(`${before}${mail.repeat(5)}Please reset the password.`).kind, 'unknown');
    assert.equal(recognize(`reset the password ${'x'.repeat(100_000)}`).kind, 'manual-reset');
  });
});

describe('The work of understanding', () => {
  const families = [
    'set ',
    'reset Lena ',
    'password ',
    'give it ',
    'von der ',
    '"a" "b" ',
    'new ',
    'link to ',
    'cannot ',
    'mot de ',
    'Lena ',
    'not enabled ',
    'sspr ',
    'contact your ',
    'lockdown on ',
  ];

  /** Counts every look at an element of a list. */
  function counted<T>(list: readonly T[]): { list: readonly T[]; looks: () => number } {
    let looks = 0;
    const watched = new Proxy(list, {
      get(target, name, receiver) {
        if (typeof name === 'string' && /^-?\d+$/.test(name)) looks += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    return { list: watched, looks: () => looks };
  }

  function steps(family: string, times: number): number {
    const once = readWords(family);
    const words = counted(Array.from({ length: times }, () => once).flat());
    const items = counted(readItems(words.list));
    extractPerson(items.list);
    const parts = windowsOf(words.list);
    const features = parts.reduce((all, part) => all + part.length + featuresOf(part, isOrdinary).size, 0);
    return words.looks() + items.looks() + features;
  }

  for (const family of families) {
    it(`grows with the length of the message and no faster: "${family.trim()}" again and again`, () => {
      const [short, long] = [steps(family, 200), steps(family, 400)];
      assert.ok(long <= 2.2 * short, `${short} looks became ${long}`);
      assert.ok(long < 400 * 3 * 150, `${long} looks`);
    });
  }
});
