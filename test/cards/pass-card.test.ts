import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import { spelled } from '../../src/cards/pass-card.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import type { CaseState } from '../../src/procedure/case.ts';
import { everyState } from './example-states.ts';
import { viewOf } from './example-views.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const issued = everyState()['awaiting-backup-method'] as CaseState;

describe('The card that shows a pass', () => {
  it('shows the code exactly as it is, also with signs that templates or clients use', () => {
    for (const code of ['W+d9K0xO', 'a${b}c{{d}}', '<b>&"\\n*_`[x](y)', '🔑🔑🔑🔑🔑🔑🔑🔑']) {
      const { passCard } = cards.pass(viewOf(issued), new Secret(code));
      const runs = JSON.stringify(passCard).includes(JSON.stringify(code).slice(1, -1));
      assert.ok(runs, code);
    }
  });

  it('shows the code in one place: no button, no notification line and no fallback repeats it', () => {
    const { passCard } = cards.pass(viewOf(issued), new Secret('W+d9K0xO'));
    const found: string[] = [];
    JSON.stringify(passCard, function (this: { type?: string }, key, value: unknown) {
      if (typeof value === 'string' && value.includes('W+d9K0xO')) found.push(`${this.type ?? ''} ${key}`);
      return value;
    });
    assert.deepEqual(found, ['TextRun text']);
  });

  it('spells it in groups of four, with capitals, small letters, digits and signs told apart', () => {
    assert.deepEqual(spelled('P+d90Oo-x', english), [
      { characters: 'P+d9', spoken: 'capital PAPA, plus, small delta, digit nine' },
      { characters: '0Oo-', spoken: 'digit zero, capital OSCAR, small oscar, hyphen' },
      { characters: 'x', spoken: 'small x-ray' },
    ]);
    assert.deepEqual(spelled('é', english), [{ characters: 'é', spoken: 'the sign é' }]);
  });

  it('spells every letter and digit there is with a word of its own', () => {
    const small = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
    const digits = Array.from({ length: 10 }, (_, index) => `${index}`);
    const all = [...small, ...small.map((sign) => sign.toUpperCase()), ...digits].join('');
    const words = spelled(all, english).flatMap((part) => (part as { spoken: string }).spoken.split(', '));
    assert.equal(new Set(words).size, 62);
    for (const [index, sign] of small.entries()) assert.equal(english.spelling.alphabet[index]?.[0], sign);
  });

  it('shows it once: the second time there is nothing left to show', () => {
    const secret = new Secret('W+d9K0xO');
    cards.pass(viewOf(issued), secret);
    assert.throws(() => cards.pass(viewOf(issued), secret), /shown before/);
  });

  it('keeps the code back when the case holds no pass, and does not use it up', () => {
    const secret = new Secret('W+d9K0xO');
    assert.throws(
      () => cards.pass(viewOf(everyState()['choosing-proof'] as CaseState), secret),
      (error: Error) => !error.message.includes('W+d9K0xO'),
    );
    assert.equal(secret.reveal(), 'W+d9K0xO');
  });

  it('says how long a one-time pass leaves to register', () => {
    const oneTime = JSON.stringify(cards.pass(viewOf(issued), new Secret('x')));
    assert.match(oneTime, /10 minutes/);
    const many = everyState()['awaiting-backup-method.registered'] as CaseState;
    assert.doesNotMatch(JSON.stringify(cards.pass(viewOf(many), new Secret('x'))), /10 minutes/);
  });
});
