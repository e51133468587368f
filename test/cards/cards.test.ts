import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import { TEMPLATE_NAMES } from '../../src/cards/templates.ts';
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import type { CallerFacts } from '../../src/procedure/facts.ts';
import { rowsOf } from '../lane.ts';
import { EXAMPLE_PASS, everyCard } from './every-card.ts';
import { everyState } from './example-states.ts';
import { facts, noFacts, stored, viewOf, profile } from './example-views.ts';
import { hostile, hostileInTurn } from './hostile-texts.ts';
import { lint } from './lint.ts';
import { complaints } from './microsoft-parser.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const drawn = everyCard(cards);

describe('Every card', () => {
  it('is drawn by an example, so that every template is looked at', () => {
    const templates = new Set(drawn.map((one) => one.template));
    assert.deepEqual(
      TEMPLATE_NAMES.filter((name) => !templates.has(name)),
      [],
    );
    assert.equal(new Set(drawn.map((one) => one.name)).size, drawn.length);
  });

  for (const one of drawn) {
    it(`keeps the rules of a card: ${one.name}`, () => {
      assert.deepEqual(lint(one.card), []);
    });

    it(`is content to Microsoft's own parser: ${one.name}`, () => {
      assert.equal(complaints(one.card), '');
    });
  }

  it('holds text of people only as plain text, whatever the directory says', () => {
    for (const texts of [hostile, ...rowsOf(hostileInTurn, (_texts, n) => n % 4 === 0)])
      for (const one of everyCard(cards, texts)) {
        assert.deepEqual(lint(one.card), [], one.name);
        assert.equal(complaints(one.card), '', one.name);
      }
  });

  it('carries a line for notifications that names nobody', () => {
    for (const one of everyCard(cards, hostile).filter((cardMessage) => cardMessage.name !== 'pass')) {
      assert.notEqual(one.summary, '', one.name);
      assert.ok(!one.summary.includes('Canary'), one.name);
    }
  });

  it('would be caught by the rules if it broke them', () => {
    const bad = {
      ...drawn[0]?.card,
      body: [{ type: 'TextBlock', text: 'Canary {{x}} https://evil.example' }, { type: 'FactSet' }],
    };
    assert.ok(lint(bad).length >= 5);
    assert.notEqual(complaints({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok' }] }), '');
  });
});

describe('Every state', () => {
  const states = Object.entries(everyState());

  for (const [name, state] of states) {
    it(`can be shown when any one part could not be read: ${name}`, () => {
      for (const part of Object.keys(facts()).filter((key) => key !== 'readAt') as (keyof CallerFacts)[])
        for (const why of ['denied', 'not-licensed'] as const) {
          const partly: CallerFacts = { ...facts(), [part]: noFacts(why)[part] };
          assert.deepEqual(lint(cards.caseCard({ ...viewOf(state), stored: stored(state, partly) }).card), [], part);
        }
    });

    it(`can be shown when names, numbers or anything optional is missing: ${name}`, () => {
      const person = { ...profile().person, department: null, jobTitle: null, displayName: '', userPrincipalName: '' };
      const missing: readonly Partial<CaseView>[] = [
        { profile: null },
        { profile: { person, managerName: null, managerNumber: null, numbers: [] } },
        { technicianName: null },
        { plannedPass: null },
        { methods: [] },
        { numbers: [] },
        { places: [] },
        { managerCanVouch: false },
        { profile: null, technicianName: null, plannedPass: null, methods: [], numbers: [], places: [] },
      ];
      for (const change of missing) assert.deepEqual(lint(cards.caseCard(viewOf(state, undefined, change)).card), []);
    });
  }

  it('never shows a pass: the code is in the answer to the click and nowhere else', () => {
    const holding = drawn.filter((one) => JSON.stringify(one).includes(EXAMPLE_PASS));
    assert.deepEqual(
      holding.map((one) => one.name),
      ['pass'],
    );
  });
});
