import assert from 'node:assert/strict';
import type { CaseState } from '../../src/procedure/case.ts';
import { step } from '../../src/procedure/lockout.ts';
import { moved, refusal } from './answers.ts';
import {
  after,
  APPROVER,
  CALLER,
  caseIn,
  COLLEAGUE,
  MANAGER,
  NOW,
  ORDER,
  PASS,
  POLICY,
  PROOF,
  TECHNICIAN,
  NOBODY_ASKED,
} from './people.ts';

const by = TECHNICIAN;
const issuing = caseIn({ kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null });

describe('A pass, once it is ordered', () => {
  it('deletes a pass unseen when the owner objected while it was being issued', () => {
    const objected = moved(
      step(issuing, { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED }, POLICY, NOW),
    );
    assert.deepEqual(objected.effects, ['end-sessions', 'alarm-leads']);
    const created = moved(step(objected.case, { kind: 'pass-created', orderId: 'o1', pass: PASS }, POLICY, NOW));
    assert.equal(created.case.state.kind, 'withdrawing-pass');
    assert.deepEqual(created.effects, ['delete-pass']);
    const once = moved(step(created.case, { kind: 'pass-deleted', at: NOW }, POLICY, NOW)).case;
    const end = moved(step(once, { kind: 'pass-deleted', at: after(1) }, POLICY, after(1))).case;
    assert.ok(end.state.kind === 'closed' && end.state.closing.because === 'caller-objected');
  });

  it('takes an objection only from the owner of the account or their manager', () => {
    for (const person of [TECHNICIAN, COLLEAGUE, APPROVER]) {
      assert.equal(
        refusal(step(issuing, { kind: 'caller-objected', by: person, managerNow: NOBODY_ASKED }, POLICY, NOW)),
        'not-the-owner',
      );
    }
    assert.equal(
      moved(step(issuing, { kind: 'caller-objected', by: MANAGER, managerNow: NOBODY_ASKED }, POLICY, NOW)).case.state
        .kind,
      'issuing',
    );
  });

  it('never assumes that an unanswered order failed: it looks, twice, a minute apart', () => {
    const uncertain = moved(step(issuing, { kind: 'pass-unanswered', orderId: 'o1' }, POLICY, NOW));
    assert.deepEqual(uncertain.effects, ['look-for-pass']);
    const once = moved(step(uncertain.case, { kind: 'no-pass-found', at: NOW }, POLICY, NOW)).case;
    assert.equal(once.state.kind, 'uncertain-pass');
    assert.equal(step(once, { kind: 'no-pass-found', at: after(0.5) }, POLICY, after(0.5)).kind, 'unchanged');
    assert.equal(
      moved(step(once, { kind: 'no-pass-found', at: after(1) }, POLICY, after(1))).case.state.kind,
      'choosing-proof',
    );
    const found = moved(step(once, { kind: 'pass-found', pass: PASS }, POLICY, after(0.5)));
    assert.equal(found.case.state.kind, 'withdrawing-pass');
  });

  it('does not take an answer to another order', () => {
    assert.equal(
      refusal(step(issuing, { kind: 'pass-created', orderId: 'other', pass: PASS }, POLICY, NOW)),
      'pass-order-mismatch',
    );
  });

  it('closes as resolved only when enough methods are registered or the reset succeeded', () => {
    const waiting = caseIn({
      kind: 'awaiting-backup-method',
      pass: PASS,
      issuedOn: null,
      since: NOW,
      methodsBefore: [
        { ref: 'app', digest: null },
        { ref: 'mobile', digest: null },
      ],
      newMethods: [],
    });
    assert.equal(refusal(step(waiting, { kind: 'done-pressed', by }, POLICY, NOW)), 'not-resolved-yet');
    const selfService = caseIn({
      kind: 'awaiting-self-service',
      since: NOW,
      progress: { step: 'verifying', reason: null, at: NOW },
      pass: null,
    });
    assert.equal(refusal(step(selfService, { kind: 'done-pressed', by }, POLICY, NOW)), 'not-resolved-yet');
  });

  it('keeps trying to delete a pass until it is certainly gone, also when its time is over by our clock', () => {
    const at = caseIn(WITHDRAWING);
    for (const now of [after(5), after(60), after(600)]) {
      const again = step(at, { kind: 'time-passed' }, POLICY, now);
      assert.deepEqual(again.kind === 'unchanged' && again.effects, [{ kind: 'delete-pass', passId: 'p1' }]);
    }
  });

  it('is gone when two looks a minute apart say so; one that still sees it begins the count again', () => {
    const gone = (minutes: number) => ({ kind: 'pass-deleted', at: after(minutes) }) as const;
    const once = moved(step(caseIn(WITHDRAWING), gone(0), POLICY, NOW)).case;
    assert.equal(once.state.kind, 'withdrawing-pass');
    assert.equal(step(once, gone(0.9), POLICY, after(0.9)).kind, 'unchanged');
    assert.equal(moved(step(once, gone(1), POLICY, after(1))).case.state.kind, 'choosing-proof');
    const back = moved(step(once, { kind: 'pass-still-there' }, POLICY, after(0.5))).case;
    assert.deepEqual(back.state, WITHDRAWING);
    assert.equal(moved(step(back, gone(1), POLICY, after(1))).case.state.kind, 'withdrawing-pass');
    assert.equal(step(back, { kind: 'pass-still-there' }, POLICY, after(1)).kind, 'unchanged');
  });

  it('measures the minute by the clock of Microsoft: ours may be set between the looks', () => {
    const once = moved(step(caseIn(WITHDRAWING), { kind: 'pass-deleted', at: NOW }, POLICY, NOW)).case;
    const soon = { kind: 'pass-deleted', at: after(0.2) } as const;
    assert.equal(step(once, soon, POLICY, after(60)).kind, 'unchanged', 'our clock went an hour ahead');
    const late = { kind: 'pass-deleted', at: after(1) } as const;
    assert.equal(moved(step(once, late, POLICY, after(-60))).case.state.kind, 'choosing-proof', 'or an hour back');
  });

  it('is not asked about between the two looks, unless our clock was set meanwhile', () => {
    const once = moved(step(caseIn(WITHDRAWING), { kind: 'pass-deleted', at: NOW }, POLICY, NOW)).case;
    const asks = (minutes: number): boolean => {
      const passed = step(once, { kind: 'time-passed' }, POLICY, after(minutes));
      return passed.kind === 'unchanged' && passed.effects.length > 0;
    };
    assert.deepEqual([0, 0.9, 1, 60, -0.9, -1].map(asks), [false, false, true, true, false, true]);
  });

  it('is asked about at every turn until a first look finds it gone', () => {
    const passed = step(caseIn(WITHDRAWING), { kind: 'time-passed' }, POLICY, after(0.1));
    assert.deepEqual(passed, { kind: 'unchanged', effects: [{ kind: 'delete-pass', passId: 'p1' }] });
  });

  it('that the technician withdraws leads to a new proof, and the card says why', () => {
    const shown = { kind: 'awaiting-backup-method', pass: PASS, issuedOn: null, since: NOW } as const;
    const at = caseIn({ ...shown, methodsBefore: [], newMethods: [] });
    const withdrawn = moved(step(at, { kind: 'withdraw-pressed', by }, POLICY, NOW));
    assert.deepEqual([withdrawn.case.state, withdrawn.effects], [WITHDRAWING, ['delete-pass']]);
    const once = { ...WITHDRAWING, firstGoneAt: NOW };
    const gone = moved(step(caseIn(once), { kind: 'pass-deleted', at: after(1) }, POLICY, after(1)));
    assert.deepEqual(gone.case.state, { kind: 'choosing-proof', lastAttempt: 'pass-withdrawn' });
    assert.deepEqual(gone.effects, []);
  });

  it('is taken back by any lead, whoever works the case, and the case waits for a new proof', () => {
    const event = { kind: 'pass-taken-back', by: APPROVER } as const;
    const progress = { step: 'link-sent', reason: null, at: NOW } as const;
    const shown = { kind: 'awaiting-backup-method', pass: PASS, issuedOn: null, since: NOW } as const;
    const states: readonly CaseState[] = [
      { ...shown, methodsBefore: [], newMethods: [] },
      { kind: 'awaiting-self-service', since: NOW, progress, pass: PASS },
    ];
    for (const state of states) {
      const taken = moved(step(caseIn(state), event, POLICY, NOW));
      assert.deepEqual([taken.case.state, taken.effects], [WITHDRAWING, ['delete-pass']]);
    }
    for (const state of [WITHDRAWING, { ...states[1], pass: null }, issuing.state] as const)
      assert.equal(step(caseIn(state as CaseState), event, POLICY, NOW).kind, 'unchanged', 'nothing to take back');
  });
});

const WITHDRAWING = {
  ...{ kind: 'withdrawing-pass', pass: PASS, since: NOW },
  ...{ then: 'choosing-proof', firstGoneAt: null },
} as const satisfies CaseState;
