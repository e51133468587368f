// Every caller of callers.json, played through the procedure. The table says what must come out; it describes its own format.
import assert from 'node:assert/strict';
import type { Case } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import { step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { recommend, type Policy } from '../../src/procedure/policy.ts';
import { readinessOf } from '../../src/procedure/readiness.ts';
import type { Step } from '../../src/procedure/step.ts';
import { stopsFor, type StopCode } from '../../src/procedure/stops.ts';
import { CALLERS, factsOf, licenseFactsOf, type CallerRow } from './callers-table.ts';
import { after, CALLER, managerSays, NOW, POLICY, STILL_MAY, TECHNICIAN } from './people.ts';

const sorted = (codes: readonly string[]): readonly string[] => [...codes].sort();

/** A step in the words of the table. */
function summary(at: Step): string {
  if (at.kind !== 'moved') return at.kind === 'refused' ? `refused: ${at.refusal.code}` : 'unchanged';
  const { state } = at.case;
  if (state.kind === 'closed') return `closed: ${'because' in state.closing ? state.closing.because : ''}`;
  return state.kind === 'awaiting-approval' ? `${state.kind}: ${state.reasons.join(', ')}` : state.kind;
}

/** What a technician does to prove who is calling. */
function proofEvents({ proof, place }: CallerRow, by: Case['technician']): readonly Act[] {
  switch (proof) {
    case 'in-person':
      return [{ kind: 'seen-in-person', by, place: place ?? 'Reception' }];
    case 'manager':
      return [({ facts }) => ({ kind: 'manager-asked', by, facts }), (at) => managerSays(at, true)];
    default:
      return [
        { kind: 'callback-chosen', by, numberRef: 'office' },
        { kind: 'callback-recorded', by, outcome: 'answered-by-caller' },
      ];
  }
}

/** What happens, or what happens depending on the case. */
type Act = CaseEvent | ((at: Case) => CaseEvent);

/** Everything a minute after the one before: nobody dials in less. */
function play(from: Case, acts: readonly Act[], policy: Policy): Step {
  let at = from;
  let last: Step = { kind: 'unchanged', effects: [] };
  for (const [nth, act] of acts.entries()) {
    last = step(at, typeof act === 'function' ? act(at) : act, policy, after(nth));
    if (last.kind !== 'moved') return last;
    at = last.case;
  }
  return last;
}

function caseOf(row: CallerRow, policy: Policy): Case {
  const caller = row.technician === undefined ? CALLER : TECHNICIAN;
  const snapshotRead = { kind: 'snapshot-read', by: TECHNICIAN, facts: factsOf(row.facts) } as const;
  return { ...openCase(caller, snapshotRead, policy, NOW).draft, id: 1 as Case['id'] };
}

function closingStops(at: Step): readonly string[] | null {
  if (at.kind !== 'moved' || at.case.state.kind !== 'closed') return null;
  const { closing } = at.case.state;
  return closing.outcome === 'escalated' ? closing.stops.map((stop) => stop.code) : null;
}

describe('A caller', () => {
  for (const row of CALLERS) {
    it(`${row.who}: ${row.verdict ?? 'the case ends at once'}; ${row.then}`, () => {
      const policy = { ...POLICY, ...row.policy };
      const opened = caseOf(row, policy);
      const { facts, technician, caller } = opened;
      const stops = stopsFor(facts, technician, caller, policy);
      assert.deepEqual(sorted(stops.map((stop) => stop.code)), sorted(row.stops));
      const missing = missingForPass(facts, policy).map(({ part }) => part);
      assert.deepEqual(sorted(missing), sorted(row.missing ?? []));
      assert.equal(opened.state.kind, row.verdict === undefined ? 'closed' : 'asking-methods');
      const { route, because } = recommend(opened, policy, licenseFactsOf(row));
      assert.equal(`${route}: ${because}`, row.recommend);
      if (row.verdict !== undefined) {
        const readiness = readinessOf(facts, licenseFactsOf(row), policy, NOW);
        assert.equal(readiness.verdict, row.verdict);
        if (stops.length + missing.length === 0) assert.equal(readiness.route, route);
      }

      const ticked = step(opened, { kind: 'methods-ticked', by: technician, atHand: row.ticks }, policy, NOW);
      assert.equal(summary(ticked), row.then);
      if (row.then === 'closed: stopped') assert.deepEqual(sorted(closingStops(ticked) ?? []), sorted(row.stops));
      if (row.proof === undefined || ticked.kind !== 'moved') return;

      const proven = play(ticked.case, proofEvents(row, technician), policy);
      assert.equal(summary(proven), row.after);
      if (row.issue === undefined || proven.kind !== 'moved') return;

      const now = { ...factsOf(row.atIssue ?? {}, facts), readAt: NOW };
      const press = {
        kind: 'issue-pressed',
        by: technician,
        facts: now,
        orderId: 'o1',
        timeLeft: 'enough',
        stillMay: STILL_MAY,
      } as const;
      const issued = step(proven.case, press, policy, NOW);
      assert.equal(summary(issued), row.issue);
      const orders = issued.kind === 'moved' && issued.effects.some((effect) => effect.kind === 'create-pass');
      assert.equal(orders, row.issue === 'issuing');
    });
  }
});

/** Every stop there is; the compiler asks for a new one. */
const STOPS: Readonly<Record<StopCode, true>> = {
  'caller-is-the-technician': true,
  'account-disabled': true,
  'external-guest': true,
  'caller-objected': true,
  'confirmed-compromised': true,
  'high-risk': true,
  'privileged-role': true,
  'eligible-for-privileged-role': true,
  'role-assignable-group': true,
  'protected-group': true,
  'helpdesk-account': true,
  'management-restricted': true,
  'pass-policy-off': true,
  'outside-pass-policy': true,
  'foreign-pass': true,
  lockdown: true,
};

describe('The table of callers', () => {
  it('holds at least 120 callers, no two alike', () => {
    assert.ok(CALLERS.length >= 120, `${CALLERS.length} rows`);
    const distinct = new Set(CALLERS.map(({ who: _who, ...row }) => JSON.stringify(row)));
    assert.equal(distinct.size, CALLERS.length, 'two rows say the same');
    assert.equal(new Set(CALLERS.map((row) => row.who)).size, CALLERS.length);
  });

  it('has a row for every stop that alone prevents a pass, and refuses it', () => {
    for (const code of Object.keys(STOPS)) {
      const alone = CALLERS.filter((row) => row.stops.join() === code);
      const refused = alone.filter((row) => ['closed: stopped', 'refused: not-in-this-state'].includes(row.then));
      assert.ok(refused.length > 0, code);
    }
  });

  it('has each part that a pass needs unread in each way there is: the press is refused, and the case stays open', () => {
    const ways = ['denied', 'throttled', 'timeout', 'unreachable', 'unknown-shape', 'missing', 'not-licensed'];
    for (const part of ['account', 'methods', 'roles', 'eligible', 'groups', 'passPolicy', 'risk', 'history']) {
      for (const why of ways) {
        const rows = CALLERS.filter(
          (row) => Object.keys(row.facts).join() === part && row.facts[part] === `unread: ${why}`,
        );
        assert.ok(
          rows.some((row) => row.then === 'refused: facts-unread'),
          `${part}: ${why}`,
        );
      }
    }
  });

  it('never issues where a guard stands or a needed part is unread, in any row', () => {
    for (const row of CALLERS) {
      if (row.stops.length > 0 || row.missing !== undefined) assert.equal(row.after, undefined, row.who);
    }
  });
});
