/**
 * Every button, pressed by everybody, while something has just happened to whoever presses: their account was disabled, they left
 * a group, or the directory does not tell who they are. standing-now.ts says what each press must come to.
 */
import assert from 'node:assert/strict';
import { dataOf as filled, readCard } from '../../demo/stories/card-reading.ts';
import { ACTIONS, rowOf, type Verb } from '../../src/procedure/actions.ts';
import type { StateName } from '../../src/procedure/case.ts';
import type { ClickAnswer } from '../../src/casework/ports/turn.ts';
import { ADA, LENA, MARA, registers, SOFIA, TESS } from '../casework/fixtures.ts';
import { filling, type Harness } from '../casework/harness.ts';
import { harnesses, only, takeTo } from '../casework/take-case-to.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { rowsOf } from '../lane.ts';
import { outcomeOf, SENDERS, standingsOf, type Outcome, type Sender, type Happening } from './standing-now.ts';
import { tally } from './tally.ts';

const NO_CODES = ['access.refused', 'case.refused'];
const VERBS = Object.keys(ACTIONS) as readonly Verb[];

/** Where a case has to stand so that the button does something in the right hands. A new button does not compile without a row. */
const HONEST_IN: Readonly<Record<Verb, StateName>> = {
  'open-lockout': 'choosing-proof',
  'pick-caller': 'choosing-proof',
  'show-case': 'choosing-proof',
  'take-back-passes': 'awaiting-backup-method',
  'read-again': 'choosing-proof',
  'tick-methods': 'asking-methods',
  'go-back': 'choosing-proof',
  'choose-callback': 'choosing-proof',
  'record-callback': 'awaiting-callback',
  'seen-in-person': 'choosing-proof',
  'ask-manager': 'choosing-proof',
  'issue-pass': 'ready-to-issue',
  'pass-read-out': 'awaiting-backup-method',
  'withdraw-pass': 'awaiting-backup-method',
  done: 'awaiting-backup-method',
  escalate: 'choosing-proof',
  abandon: 'choosing-proof',
  'manager-answer': 'awaiting-manager',
  'decide-approval': 'awaiting-approval',
  'not-me': 'choosing-proof',
};

/** Who holds the honest button, where it is not the technician of the case. */
const HELD_BY: Readonly<Partial<Record<Verb, PersonId>>> = {
  'manager-answer': MARA,
  'decide-approval': ADA,
  'not-me': LENA,
};

/** Buttons that stand on cards of other moments: their data is written down here. */
const NO_BUTTON_NEEDED: Readonly<Partial<Record<Verb, Readonly<Record<string, unknown>>>>> = {
  'open-lockout': { query: 'Sofia Rossi' },
  'pick-caller': { caller: SOFIA },
  'show-case': { case: 1 },
  'take-back-passes': {},
};

type Data = Readonly<Record<string, unknown>>;

async function honestData(harness: Harness, verb: Verb): Promise<Data> {
  const fixed = NO_BUTTON_NEEDED[verb];
  if (fixed !== undefined) return fixed;
  const found = harness.find(HELD_BY[verb] ?? TESS, verb);
  if (found !== null) return filled(found.button, filling(found.button, {}));
  const { case: at, version } = await only(harness);
  assert.deepEqual(rowOf(verb).fields, {}, `no button ${verb} while the case is in ${at.state.kind}`);
  return { case: at.id, v: version };
}

/** What must be the same before and after a press that is refused. */
async function world(harness: Harness): Promise<string> {
  const open = await harness.ledger().openCases();
  const cases = open.map(({ case: { id, state }, version }) => [id, version, state.kind]);
  return JSON.stringify([cases, harness.fixtures.writes.length, harness.shown.length, harness.auditLog.intents.size]);
}

function wordsOf(answer: ClickAnswer): string {
  if (answer.kind === 'show-pass') return 'a pass';
  const { headline, lines } = readCard(answer.cardMessage.card);
  return [headline, ...lines].join('\n');
}

interface Cell {
  readonly verb: Verb;
  readonly by: Sender;
  readonly standing: Happening;
  readonly known: boolean;
}

const nameOf = ({ verb, by, standing, known }: Cell): string => {
  const keeps = standing.kind === 'left' ? `, keeping ${standing.keeps.join('+') || 'nothing'}` : '';
  return `${verb} by ${by.who}, ${standing.kind}${keeps}${known ? ', roles read a moment before' : ''}`;
};

/** All cells of one button, sender and age of the roles; the quick lane plays a fixed sample of them. */
const ROWS = rowsOf(
  VERBS.flatMap((verb) => SENDERS.flatMap((by) => [false, true].map((known) => ({ verb, by, known })))),
  (_, index) => index % 37 === 0,
);

describe('Whoever presses, as they stand now', function () {
  this.timeout(300_000);
  const open = harnesses();
  let cells = 0;
  let held = 0;
  const outcomes = new Map<Outcome, number>();

  async function prepared({ verb, by }: Pick<Cell, 'verb' | 'by'>): Promise<Harness> {
    const harness = await open();
    await takeTo(harness, HONEST_IN[verb]);
    if (verb === 'done') await registersMethod(harness);
    harness.fixtures.roles.set(by.person, new Set(by.roles));
    return harness;
  }

  async function registersMethod(harness: Harness): Promise<void> {
    await harness.presses(TESS, 'pass-read-out');
    registers(harness.fixtures, LENA, 'software-token');
    harness.passes(1);
    await harness.tick();
    await harness.whenIdle();
  }

  function happens({ fixtures }: Harness, { by, standing }: Cell): void {
    fixtures.disabled.delete(by.person);
    fixtures.unreadStanding.delete(by.person);
    fixtures.roles.set(by.person, new Set(standing.kind === 'left' ? standing.keeps : by.roles));
    if (standing.kind === 'disabled') fixtures.disabled.add(by.person);
    if (standing.kind === 'unread') fixtures.unreadStanding.add(by.person);
  }

  /** Plays one press, and says what it came to; throws when it came to anything else than one of the outcomes. */
  async function played(harness: Harness, cell: Cell): Promise<Outcome> {
    const { verb, by } = cell;
    const data = await honestData(harness, verb);
    happens(harness, { ...cell, standing: { kind: 'as-before' } });
    harness.passes(1.1); // what was read before is forgotten
    if (cell.known) await harness.says(by.person, 'mode');
    await harness.whenIdle();
    happens(harness, cell);
    const before = await world(harness);
    const earlier = harness.auditLog.kept.length;
    const orders = harness.fixtures.writes.length;
    const answer = await harness.sends(by.person, verb, data, null);
    await harness.whenIdle();
    const own = harness.auditLog.kept.slice(earlier).filter(({ actor }) => actor === by.person);
    const noes = own.filter(({ code }) => NO_CODES.includes(code));
    const said = wordsOf(answer);
    assert.ok(said !== '', 'no answer in words');
    const { audit } = rowOf(verb);
    const done = audit === null ? harness.fixtures.writes.length > orders : own.some(({ code }) => code === audit);
    if (done) {
      assert.deepEqual(noes, [], 'done, and a refusal was written');
      return 'done';
    }
    assert.equal(await world(harness), before, 'refused, and something changed');
    assert.equal(noes.length, 1, `${noes.length} entries for the refusal: ${said}`);
    const because = noes[0]?.detail['because'];
    if (because === 'account-disabled') assert.match(said, /Your account is disabled/);
    if (because === 'roles-unread') assert.match(said, /Microsoft Entra did not answer in time/);
    return because === 'account-disabled'
      ? 'refused-disabled'
      : because === 'roles-unread'
        ? 'refused-unread'
        : 'refused';
  }

  for (const verb of VERBS) {
    const rows = ROWS.filter((row) => row.verb === verb);
    if (rows.length === 0) continue;
    it(`${verb}: comes to what the table of actions says, whoever presses, whatever has just happened to them`, async () => {
      for (const { by, known } of rows) {
        let harness = await prepared({ verb, by });
        for (const standing of standingsOf(by)) {
          const cell = { verb, by, standing, known };
          const expected = outcomeOf(rowOf(verb), by, standing, known);
          cells += 1;
          assert.equal(await played(harness, cell).catch(failing(cell)), expected, nameOf(cell));
          assert.deepEqual(harness.violations, [], nameOf(cell));
          held += 1;
          outcomes.set(expected, (outcomes.get(expected) ?? 0) + 1);
          if (expected !== 'done') continue;
          await harness.close();
          harness = await prepared({ verb, by });
        }
        await harness.close();
      }
    });
  }

  const failing = (cell: Cell) => (error: unknown) => {
    throw new Error(`${nameOf(cell)}: ${String(error)}`, { cause: error });
  };

  it('was played with every outcome', () => {
    const found = (['done', 'refused', 'refused-disabled', 'refused-unread'] as const).map(
      (one) => `${outcomes.get(one) ?? 0} ${one}`,
    );
    for (const text of found) assert.doesNotMatch(text, /^0 /);
    tally({ section: 'Pressed while disabled, gone from a group or unread', held, of: cells, note: found.join(', ') });
  });
});
