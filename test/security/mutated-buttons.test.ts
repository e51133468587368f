/** Every button that people hold in any state of a case, with every field of it changed, and pressed by everybody else. */
import assert from 'node:assert/strict';
import { dataOf, readCard, type Button } from '../../demo/stories/card-reading.ts';
import { ACTIONS, isVerb } from '../../src/procedure/actions.ts';
import type { StateName } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, LENA, MARA, NAMES, STRANGER, TESS, TOM } from '../casework/fixtures.ts';
import { filling, type Harness } from '../casework/harness.ts';
import type { Message } from '../casework/chats-in-memory.ts';
import { harnessForEachTest, takeTo } from '../casework/take-case-to.ts';
import { rounds, rowsOf } from '../lane.ts';
import { mutationsOf, type Mutated } from './mutations.ts';
import { tally } from './tally.ts';

const STATES: readonly StateName[] = [
  'asking-methods',
  'choosing-proof',
  'awaiting-callback',
  'awaiting-manager',
  'awaiting-approval',
  'ready-to-issue',
  'awaiting-backup-method',
];
const PEOPLE = [TESS, TOM, ADA, ABEL, LENA, MARA];
/** Every change to every button, or one in ten where only a sample runs; other people press every button in both lanes. */
const PRESSES_AT_LEAST = rounds({ quick: 300, full: 2_000 });
/** Asked by other people than the technician, whose cards stay valid while the case goes on: their answer is bound otherwise. */
const KEPT_BY_OTHERS: ReadonlySet<string> = new Set(['manager-answer', 'decide-approval', 'not-me']);

interface Held {
  readonly by: PersonId;
  readonly button: Button;
  readonly on: Message;
}

function buttonsHeldBy(harness: Harness, by: PersonId): readonly Held[] {
  return harness.chats
    .of(by)
    .flatMap((on) => readCard(on.card).buttons.map((button) => ({ by, button, on })))
    .filter(({ button }) => isVerb(button.verb) && 'case' in button.data);
}

/** What must be the same before and after. */
async function world(harness: Harness): Promise<string> {
  const open = await harness.ledger().openCases();
  const cases = open.map(({ case: { id, state }, version }) => [id, version, state.kind]);
  return JSON.stringify([cases, harness.fixtures.writes.length, harness.shown.length, harness.auditLog.intents.size]);
}

/** An answer that a person can read: a card with a headline. */
function saysSomething(answer: Awaited<ReturnType<Harness['sends']>>): boolean {
  const card = answer.kind === 'show-pass' ? null : answer.cardMessage.card;
  return card !== null && readCard(card).headline !== '';
}

function fieldsOf(verb: string): ReadonlySet<string> {
  const row = isVerb(verb) ? ACTIONS[verb] : null;
  return new Set(['case', 'v', 'verb', ...Object.keys(row?.fields ?? {})]);
}

/** A "no" to a question of the case is one whatever else stands on the card: only a yes is bound to what the card showed. */
function isNo({ decision, speaking }: Mutated['data']): boolean {
  return decision === 'deny' || speaking === 'no';
}

function isWorthPressing(verb: string, honest: Mutated['data'], { what, data }: Mutated): boolean {
  if (isNo(data) && /^(subject|question) /.test(what)) return false;
  // That somebody else answered the callback is believed on an older card, too.
  const { outcome, v } = data;
  const isOlder = typeof v === 'number' && typeof honest['v'] === 'number' && v < honest['v'];
  const badNews = outcome === 'answered-by-someone-else' && isOlder;
  return !((KEPT_BY_OTHERS.has(verb) || badNews) && /^v as \d+$/.test(what));
}

describe('A button with a changed field', function () {
  this.timeout(120_000);
  const current = harnessForEachTest();
  let pressed = 0;
  let held = 0;
  const verbs = new Set<string>();
  const nothingHappens = async (harness: Harness, press: () => ReturnType<Harness['sends']>, what: string) => {
    const before = await world(harness);
    pressed += 1;
    assert.ok(saysSomething(await press()), `${what}: no answer in words`);
    await harness.whenIdle();
    assert.equal(await world(harness), before, what);
    held += 1;
  };

  for (const state of STATES) {
    it(`does nothing and is answered in words, whoever holds it while the case is in ${state}`, async () => {
      const harness = current();
      await takeTo(harness, state);
      for (const { by, button, on } of PEOPLE.flatMap((person) => buttonsHeldBy(harness, person))) {
        const { verb } = button;
        verbs.add(verb);
        const honest = dataOf(button, filling(button, {}));
        const own = fieldsOf(verb);
        const foreign = new Set(Object.keys(honest).filter((field) => !own.has(field)));
        const mutations = mutationsOf(honest, foreign).filter((one) => isWorthPressing(verb, honest, one));
        for (const mutated of rowsOf(mutations, (_one, n) => n % 10 === 0)) {
          const what = `${NAMES.get(by) ?? ''} in ${state}: ${verb}, ${mutated.what}`;
          await nothingHappens(harness, () => harness.sends(by, verb, mutated.data, on), what);
          harness.chats.turnInto(on, on.earlier.at(-1) ?? on.card);
        }
      }
    });

    it(`does nothing in the hands of anybody else while the case is in ${state}`, async () => {
      const harness = current();
      await takeTo(harness, state);
      for (const { by, button } of PEOPLE.flatMap((person) => buttonsHeldBy(harness, person))) {
        const data = dataOf(button, filling(button, {}));
        for (const other of [...PEOPLE, STRANGER].filter((person) => person !== by)) {
          const mayToo = (harness.fixtures.roles.get(other) ?? new Set()).has('approver');
          if (button.verb === 'decide-approval' && mayToo && other !== TESS) continue; // every approver was asked
          if (button.verb === 'not-me' && (other === LENA || other === MARA)) continue; // both were told
          const what = `${button.verb} of ${NAMES.get(by) ?? ''} pressed by ${NAMES.get(other) ?? ''} in ${state}`;
          await nothingHappens(harness, () => harness.sends(other, button.verb, data, null), what);
        }
      }
    });
  }

  after(() => {
    assert.ok(pressed > PRESSES_AT_LEAST, `only ${pressed} presses`);
    for (const verb of Object.keys(ACTIONS).filter((one) => !SELDOM.has(one))) assert.ok(verbs.has(verb), verb);
    tally({ section: 'Buttons with a changed field, or in other hands', held, of: pressed });
  });
});

/** Buttons without a case, and those that stand on cards of other states. */
const SELDOM: ReadonlySet<string> = new Set(['open-lockout', 'pick-caller', 'show-case', 'done', 'take-back-passes']);
