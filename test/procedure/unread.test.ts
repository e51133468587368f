/**
 * Each part unread, for each reason, at each press, in each state without a pass: nothing is lost, nothing ends, nobody is
 * accused, and the press works once the part is read.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Case } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, FactPart, Instant } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { comesByItself, missingIn, unreadParts } from '../../src/procedure/missing.ts';
import type { Step } from '../../src/procedure/step.ts';
import { IN_FULL, SAMPLE_SEED } from '../lane.ts';
import {
  after,
  APPROVER,
  CALLER,
  caseIn,
  FACTS,
  managerSays,
  NOW,
  POLICY as DEFAULTS,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';
import { ALL_READ, PARTS, PRESSES, PROOFS, READS_FACTS, REASONS, STATES } from './unread-parts.ts';

const by = TECHNICIAN;
/** With nothing that is unread asking for a second person. */
const POLICY = { ...DEFAULTS, whenNotLicensed: { risk: 'go-on', eligibility: 'go-on' } } as const;

/** Where a press leads, without what only says when or why. */
function leadsTo(result: Step, at: Case): string {
  if (result.kind === 'refused') return `refused: ${result.refusal.code}`;
  return result.kind === 'moved' ? result.case.state.kind : at.state.kind;
}

const proofOf = ({ state }: Case): unknown => ('proof' in state ? state.proof : null);
const afterwards = (result: Step, at: Case): Case => {
  if (result.kind === 'moved') return result.case;
  return result.kind === 'refused' ? (result.keep ?? at) : at;
};

describe('A part that could not be read', () => {
  let tried = 0;
  let refused = 0;

  for (const state of STATES) {
    const proof = 'proof' in state ? ` after ${state.proof.kind}` : '';
    it(`loses nothing, ends nothing and accuses nobody in ${state.kind}${proof}, whatever is pressed, and is made good`, () => {
      for (const [press, event] of Object.entries(PRESSES)) {
        const known = caseIn(state);
        const usual = step(known, event(known, FACTS), POLICY, NOW);
        if (usual.kind === 'refused') continue; // not a press of this state
        for (const [part, without] of PARTS) {
          for (const why of REASONS) {
            tried += 1;
            const where = `${press} with ${part} ${why}`;
            const lacking = without(FACTS, why);
            const at = caseIn(state, READS_FACTS.has(press) ? FACTS : lacking);
            const result = step(at, event(at, lacking), POLICY, NOW);
            if (result.kind === 'refused') refused += 1;
            assertHarmless(result, at, usual, part, where);

            // Once the part is read, the same press leads where it usually leads.
            const left = afterwards(result, at);
            const mended = step(left, { kind: 'snapshot-read-again', by: 'hardline', facts: ALL_READ }, POLICY, NOW);
            const whole = afterwards(mended, left);
            assert.notEqual(whole.state.kind, 'closed', where);
            if (result.kind !== 'refused') continue;
            const again = step(whole, event(whole, ALL_READ), POLICY, NOW);
            assert.equal(leadsTo(again, whole), leadsTo(usual, known), where);
            assert.deepEqual(proofOf(afterwards(again, whole)), proofOf(afterwards(usual, known)), where);
          }
        }
      }
    });
  }

  function assertHarmless(result: Step, at: Case, usual: Step, part: FactPart, where: string): void {
    if (result.kind === 'refused') {
      assert.ok(result.refusal.code === 'facts-unread', `${where}: ${result.refusal.code}`);
      assert.ok(
        result.refusal.missing.some((one) => one.part === part),
        `${where}: the missing part is not named`,
      );
      if (result.keep !== null) assert.deepEqual(result.keep.state, at.state, where);
      return;
    }
    const { state } = afterwards(result, at);
    assert.notEqual(state.kind, 'closed', where);
    assert.equal(leadsTo(result, at), leadsTo(usual, at), where);
    assert.deepEqual(proofOf(afterwards(result, at)), proofOf(afterwards(usual, at)), where);
    if (state.kind === 'choosing-proof') assert.ok(state.lastAttempt === null || state.lastAttempt === 'nobody', where);
  }

  it('was tried 10,032 times, and the 984 presses that were refused kept everything', () => {
    assert.deepEqual([tried, refused], [10032, 984]);
  });

  it('that the proof does not need keeps no pass back', () => {
    for (const proof of PROOFS) {
      const needed = new Set<FactPart>(['account', 'methods', 'activeRoles', 'eligibleRoles', 'groups', 'passPolicy']);
      for (const part of ['risk', 'history', 'closeToTechnician', 'existingPass', 'clock'] as const) needed.add(part);
      if (proof.kind === 'callback') {
        needed.add('numbers').add('number-age:directory-office').add('number-sharing').add('technicianNumbers');
      }
      if (proof.kind === 'manager') needed.add('manager').add('manager-age').add('manager-account');
      const state = STATES.find((one) => one.kind === 'ready-to-issue' && one.proof === proof);
      assert.ok(state !== undefined);
      for (const [part, without] of PARTS) {
        const facts = without(FACTS, 'timeout');
        const press = {
          kind: 'issue-pressed',
          by,
          facts,
          orderId: 'o1',
          timeLeft: 'enough',
          stillMay: STILL_MAY,
        } as const;
        const result = step(caseIn(state), press, POLICY, NOW);
        const expected = needed.has(part) ? 'refused: facts-unread' : 'issuing';
        assert.equal(leadsTo(result, caseIn(state)), expected, `${proof.kind}, ${part}`);
      }
    }
  });

  it('is named with its reason, one by one, also in the age of numbers, and by no digit', () => {
    for (const [part, without] of PARTS)
      for (const why of REASONS) {
        const names = unreadParts(without(FACTS, why)).filter((one) => !one.part.startsWith('number-age:registered'));
        assert.deepEqual(names, [{ part, why }]);
      }
  });

  it('is waited for as long as it may come by itself and the case may still need it', () => {
    const comes = REASONS.filter((why) => comesByItself({ part: 'risk', why }));
    assert.deepEqual([...comes].sort(), [
      'clock-differs',
      'denied',
      'not-asked',
      'not-confirmed',
      'stale',
      'throttled',
      'timeout',
      'unknown-shape',
      'unreachable',
    ]);
    const risk = { risk: { kind: 'unread', why: 'timeout' } } as const;
    for (const state of STATES) assert.ok(missingIn(caseIn(state, risk), POLICY).length > 0, state.kind);
    const pass = { passId: 'p1', usableFrom: NOW, usableUntil: NOW, oneTime: false } as const;
    const withdrawing = {
      kind: 'withdrawing-pass',
      pass,
      since: NOW,
      then: 'choosing-proof',
      firstGoneAt: null,
    } as const;
    assert.deepEqual(missingIn(caseIn(withdrawing, risk), POLICY), []);
  });

  it('because the tenant has no license or permission for it asks for an approver, and for nothing else', () => {
    for (const part of ['risk', 'eligibleRoles'] as const) {
      for (const why of ['not-licensed', 'not-granted'] as const) {
        const facts: CallerFacts = { ...FACTS, [part]: { kind: 'unread', why } };
        const at = caseIn(
          { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: after(-1) },
          facts,
        );
        const answered = { kind: 'callback-recorded', by, outcome: 'answered-by-caller' } as const;
        const asked = afterwards(step(at, answered, DEFAULTS, NOW), at);
        assert.ok(asked.state.kind === 'awaiting-approval', `${part} ${why}`);
        assert.equal(asked.state.needs, 'approver');
        assert.deepEqual(asked.state.reasons, [part === 'risk' ? 'risk-unknown' : 'eligibility-unknown']);
        const { subject } = asked.state;
        const yes = { kind: 'approval-decided', by: APPROVER, roles: ['approver'], approved: true, subject } as const;
        const ready = afterwards(step(asked, { ...yes, reasonGiven: true }, DEFAULTS, NOW), asked);
        const order = { orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY } as const;
        const press = { kind: 'issue-pressed', by, facts, ...order } as const;
        assert.equal(leadsTo(step(ready, press, DEFAULTS, NOW), ready), 'issuing', `${part} ${why}`);
      }
    }
  });
});

describe('Whatever is unread, and whenever', () => {
  const lacking = fc
    .array(fc.tuple(fc.constantFrom(...PARTS), fc.constantFrom(...REASONS)), { maxLength: 5 })
    .map((missing) => missing.reduce<CallerFacts>((facts, [[, without], why]) => without(facts, why), FACTS));
  const presses = fc.array(fc.tuple(fc.constantFrom(...Object.values(PRESSES)), lacking), {
    maxLength: 25,
    size: 'max',
  });

  it('no case closes, no proof is lost, nobody is accused, and the pass is ordered in the end', () => {
    let ordered = 0;
    fc.assert(
      fc.property(lacking, presses, (first, events) => {
        let at: Case = {
          ...openCase(CALLER, { kind: 'snapshot-read', by, facts: first }, DEFAULTS, NOW).draft,
          id: 1 as Case['id'],
        };
        for (const [event, facts] of events) {
          const before = proofOf(at);
          const result = step(at, event(at, { ...facts, readAt: (at.facts.readAt + 1) as Instant }), DEFAULTS, NOW);
          if (result.kind === 'moved' && result.case.state.kind === 'issuing') continue; // ordered below
          at = afterwards(result, at);
          assert.notEqual(at.state.kind, 'closed');
          if (before !== null) assert.deepEqual(proofOf(at), before);
          if (at.state.kind === 'choosing-proof') {
            assert.ok(at.state.lastAttempt === null || at.state.lastAttempt === 'nobody', at.state.lastAttempt ?? '');
          }
        }
        const read = { ...FACTS, readAt: (at.facts.readAt + 1) as Instant };
        at = afterwards(step(at, { kind: 'snapshot-read-again', by: 'hardline', facts: read }, DEFAULTS, NOW), at);
        for (let steps = 0; steps < 6 && at.state.kind !== 'issuing'; steps += 1)
          at = onward(at, read, after(steps + 1));
        if (at.state.kind === 'awaiting-self-service') return; // they reset it themselves
        assert.equal(at.state.kind, 'issuing');
        ordered += 1;
      }),
      { numRuns: IN_FULL ? 20_000 : 800, ...(IN_FULL ? {} : { seed: SAMPLE_SEED }) },
    );
    assert.ok(ordered > (IN_FULL ? 500 : 200), `only ${ordered} passes were ordered`);
  });

  /** What usually comes next, with everything read; a minute after the step before, because a call takes its time. */
  function onward(at: Case, facts: CallerFacts, now: Instant): Case {
    const { state } = at;
    const next: Partial<Record<typeof state.kind, CaseEvent>> = {
      'asking-methods': { kind: 'methods-ticked', by, atHand: [] },
      'choosing-proof': { kind: 'callback-chosen', by, numberRef: 'office' },
      'awaiting-callback': { kind: 'callback-recorded', by, outcome: 'answered-by-caller' },
      'awaiting-manager': managerSays(at, true, facts),
      'awaiting-approval': {
        ...{ kind: 'approval-decided', by: APPROVER, roles: ['approver'], approved: true, reasonGiven: true },
        subject: state.kind === 'awaiting-approval' ? state.subject : '',
      },
      'ready-to-issue': { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY },
    };
    const event = next[state.kind];
    if (event === undefined) return at;
    return afterwards(step(at, event, DEFAULTS, now), at);
  }
});
