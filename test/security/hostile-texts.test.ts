/** Hostile texts in every place where the bot takes a text in. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseFilter } from '../../demo/tenant/filter-parse.ts';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { Cards } from '../../src/casework/ports/cards.ts';
import { literal, path, searchClause } from '../../src/graph/odata.ts';
import { readAction } from '../../src/intents/read-action.ts';
import { recognize } from '../../src/intents/recognize.ts';
import { ACTIONS, isVerb, type Verb } from '../../src/procedure/actions.ts';
import { everyCard } from '../cards/every-card.ts';
import type { Texts } from '../cards/example-views.ts';
import { CANARY } from '../cards/hostile-texts.ts';
import { lint } from '../cards/lint.ts';
import { complaints } from '../cards/microsoft-parser.ts';
import { rounds } from '../lane.ts';
import { generated, LISTED } from './hostile-strings.ts';
import { tally } from './tally.ts';

const STRINGS = [...LISTED, ...generated(rounds({ quick: 30, full: 10_000 }))];
const SECTION = 'Hostile texts in every text field';

/** Goes through all of them; the first that fails ends the test. */
function withEvery(what: string, check: (text: string, index: number) => void): void {
  let held = 0;
  for (const [index, text] of STRINGS.entries()) {
    try {
      check(text, index);
    } catch (error) {
      const cause = error instanceof Error ? error.message : 'unknown';
      throw new Error(`${JSON.stringify(text).slice(0, 300)}\n${cause}`, { cause: error });
    }
    held += 1;
  }
  tally({ section: SECTION, held, of: STRINGS.length, note: what });
}

/** The calls by which every card is drawn, with the texts given, so that one of them can be made at a time. */
function drawings(cards: Cards, texts: Texts): readonly (() => unknown)[] {
  const calls: (() => unknown)[] = [];
  const recorder = new Proxy(cards, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...given: unknown[]) => Record<string, unknown>;
      return (...given: unknown[]) => {
        calls.push(() => {
          const drawn = method.apply(target, given);
          return drawn['card'] ?? drawn['passCard'];
        });
        return { card: {}, summary: '', passCard: {} };
      };
    },
  });
  everyCard(recorder, texts);
  return calls;
}

describe('Hostile texts', function () {
  this.timeout(10 * 60_000);
  const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');

  it('are more than two hundred by hand and the rest by chance, no two listed ones alike', () => {
    assert.ok(LISTED.length >= 200, `${LISTED.length} listed`);
    assert.equal(new Set(LISTED).size, LISTED.length);
  });

  it('stay plain text on every card, in whichever field of the directory they stand', () => {
    const harmless = drawings(cards, (_field, ordinary) => ordinary).length;
    withEvery('on cards: every field of a directory entry', (text, index) => {
      const all = drawings(cards, () => `${CANARY} ${text}`);
      assert.equal(all.length, harmless);
      for (const turn of [index, index * 7 + 3]) {
        const card = all[turn % all.length]?.();
        assert.deepEqual(lint(card), []);
        assert.equal(complaints(card), '');
      }
    });
  });

  it('are understood as some intent when they are written, and never break the reading', () => {
    withEvery('as a message', (text) => {
      for (const written of [text, `${text} is locked out`, `reset the password of ${text}`, `case ${text}`]) {
        const { kind } = recognize(written);
        assert.equal(typeof kind, 'string');
      }
    });
  });

  it('in a request to reset a password do not keep it from being refused', () => {
    withEvery('beside a request to reset a password', (text) => {
      // A line of their own: what stands in the same sentence may change what the sentence means.
      if (text.length > 500) return;
      assert.equal(recognize(`Please reset the password of Lena Hartmann.\n${text}`).kind, 'manual-reset');
    });
  });

  it('in a field of a button are taken as they are, or the button is forged', () => {
    const fields = Object.entries(ACTIONS).flatMap(([verb, row]) =>
      ['case', 'v', 'verb', ...Object.keys(row.fields)].map((field) => [verb as Verb, field] as const),
    );
    withEvery(`in each of the ${fields.length} fields of buttons`, (text) => {
      for (const [verb, field] of fields) {
        const honest = {
          case: 12,
          v: 3,
          ...Object.fromEntries(Object.keys(ACTIONS[verb].fields).map((one) => [one, 'x'])),
        };
        const action = readAction(verb, { ...honest, [field]: text });
        assert.ok(action.kind === 'forged' || isVerb(action.kind));
        if ('caseId' in action) assert.equal(action.caseId, 12);
      }
      assert.equal(readAction(text, { case: 12, v: 3 }).kind === 'forged', !isVerb(text));
    });
  });

  it('stay inside the quotes of a question to Graph', () => {
    withEvery('in a question to Graph', (text) => {
      const well = text.toWellFormed(); // what is no text at all is cleaned where it comes in (graph/text.ts)
      const filter = parseFilter(`displayName eq ${literal(well)}`);
      assert.deepEqual(filter, { kind: 'compare', path: ['displayName'], operator: 'eq', value: well });
      const asked = new URL(
        path('/users', { $filter: literal(well), $search: searchClause('displayName', well) }),
        'https://graph.example',
      );
      assert.equal(asked.pathname, '/users');
      assert.deepEqual([...asked.searchParams.keys()], ['$filter', '$search']);
      assert.equal(asked.searchParams.get('$filter'), `'${well.replaceAll("'", "''")}'`);
    });
  });
});
