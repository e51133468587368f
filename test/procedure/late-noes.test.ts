/** A "no" that comes when the case is elsewhere already: it counts in every state of an open case, and a yes in none. */
import assert from 'node:assert/strict';
import type { AfterPass, Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { PROCEDURE, step } from '../../src/procedure/lockout.ts';
import { noesThatCount } from '../../src/procedure/risk.ts';
import {
  after as later,
  APPROVER,
  caseIn,
  COLLEAGUE,
  LEAD,
  MANAGER,
  NOW,
  ONE_OF_EACH,
  ORDER,
  PASS,
  POLICY,
  PROOF,
  read,
  unread,
} from './people.ts';

const DENIED = { outcome: 'escalated', because: 'approval-denied', stops: [] } as const;
const ALARM = { kind: 'alarm-leads', alarm: 'manager-declined' } as const;
const DELETES = { kind: 'delete-pass', passId: 'p1' } as const;
const OPEN = ONE_OF_EACH.filter(({ kind }) => kind !== 'closed');
const CLOSED = ONE_OF_EACH.filter(({ kind }) => kind === 'closed');

const decided = (approved: boolean, by: PersonId = APPROVER, reasonGiven = true): CaseEvent => ({
  kind: 'approval-decided',
  ...{ by, roles: ['approver'], approved, subject: 'what an older card showed', reasonGiven },
});
const answered = (speakingNow: boolean, by: PersonId = MANAGER): CaseEvent => ({
  kind: 'manager-answered',
  ...{ by, speakingNow, question: 'an older one', facts: caseIn(CLOSED[0] ?? assert.fail()).facts },
});

/** A case in which an approver and the manager were asked before. */
const askedBefore = (state: CaseState): Case => ({
  ...caseIn(state),
  reasonsFound: ['vip'],
  managersAsked: [MANAGER],
});
const after = (at: Case, event: CaseEvent) => step(at, event, POLICY, NOW);
const moved = (at: Case, event: CaseEvent) => {
  const result = after(at, event);
  assert.ok(result.kind === 'moved', `${at.state.kind}: ${JSON.stringify(result)}`);
  const to = result.case.state.kind;
  const isListed = to === at.state.kind || PROCEDURE[at.state.kind][event.kind]?.to.includes(to);
  assert.ok(isListed, `${at.state.kind} + ${event.kind} led to ${to}, which its row does not list`);
  return result;
};
const refusal = (at: Case, event: CaseEvent, now = NOW) => {
  const result = step(at, event, POLICY, now);
  return result.kind === 'refused' ? result.refusal.code : result.kind;
};

describe('An approver who says no, wherever the case is by then', () => {
  it('ends the case, and has its pass deleted first', () => {
    for (const state of OPEN) {
      const { case: next, effects } = moved(askedBefore(state), decided(false));
      const { state: to } = next;
      if (state.kind === 'issuing' || state.kind === 'uncertain-pass' || state.kind === 'withdrawing-pass') {
        assert.deepEqual(to, { ...state, then: DENIED });
      } else if ('pass' in state && state.pass !== null) {
        assert.deepEqual([to.kind, 'then' in to && to.then, effects], ['withdrawing-pass', DENIED, [DELETES]]);
      } else assert.deepEqual(to, { kind: 'closed', at: NOW, closing: DENIED }, state.kind);
    }
  });

  it('gives a reason, is no technician of the case, and was asked in it', () => {
    for (const state of OPEN) {
      const at = askedBefore(state);
      assert.equal(refusal(at, decided(false, APPROVER, false)), 'reason-missing', state.kind);
      assert.equal(refusal(at, decided(false, at.technician)), 'approver-is-the-requester', state.kind);
      if (state.kind === 'awaiting-approval') continue;
      assert.equal(refusal({ ...at, reasonsFound: [] }, decided(false)), 'not-in-this-state', state.kind);
    }
  });

  it('is remembered for a day after the case was closed, and the case stays as it ended', () => {
    for (const state of CLOSED) {
      const at = askedBefore(state);
      const no = decided(false);
      for (const minutes of [0, 24 * 60]) {
        const result = step(at, no, POLICY, later(minutes));
        assert.ok(result.kind === 'moved');
        assert.deepEqual([result.case.state, result.effects], [state, []]);
      }
      assert.equal(refusal(at, no, later(24 * 60 + 1)), 'not-in-this-state');
      assert.equal(refusal({ ...at, reasonsFound: [] }, no), 'not-in-this-state');
      assert.equal(after(askedBefore({ kind: 'closed', at: NOW, closing: DENIED }), no).kind, 'unchanged');
    }
  });

  it('is the only answer that counts late: a yes means nothing anywhere but where it was asked', () => {
    for (const state of ONE_OF_EACH)
      if (state.kind !== 'awaiting-approval')
        assert.equal(refusal(askedBefore(state), decided(true)), 'not-in-this-state', state.kind);
  });

  it('does not take the place of an ending that alarmed the leads', () => {
    for (const because of ['caller-objected', 'someone-else-answered'] as const) {
      const then = { outcome: 'escalated', because, stops: [] } as const;
      const settling: readonly CaseState[] = [
        { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then },
        { kind: 'uncertain-pass', order: ORDER, then, firstNotFoundAt: null },
        { kind: 'withdrawing-pass', pass: PASS, since: NOW, then, firstGoneAt: null },
      ];
      for (const state of settling) assert.equal(after(askedBefore(state), decided(false)).kind, 'unchanged');
    }
  });

  it('takes the place of an ending that looked good, and of every way on', () => {
    const ways: readonly AfterPass[] = [
      'choosing-proof',
      { outcome: 'resolved', because: 'methods-registered' },
      { kind: 'issue-again', proof: PROOF, approvals: [] },
    ];
    for (const then of ways) {
      const state = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then, firstGoneAt: null } as const;
      assert.deepEqual(moved(askedBefore(state), decided(false)).case.state, { ...state, then: DENIED });
    }
  });
});

describe('A manager who says no, wherever the case is by then', () => {
  it('alarms the leads once, and the no stays with the case', () => {
    for (const state of OPEN) {
      const { case: next, effects } = moved(askedBefore(state), answered(false));
      const alarms = effects.filter(({ kind }) => kind === 'alarm-leads');
      assert.deepEqual(alarms, [ALARM], state.kind);
      assert.deepEqual(noesThatCount(next.facts, POLICY, NOW), [{ kind: 'manager-declined', at: NOW }]);
      assert.ok(next.reasonsFound.includes('earlier-no'));
      const again = refusal(next, answered(false));
      assert.equal(again, 'not-in-this-state', `${state.kind}: said twice`);
    }
  });

  it('leaves no pass at work, and none that is shown or issued again', () => {
    const issuing = { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null } as const;
    const ordered = moved(askedBefore(issuing), answered(false)).case;
    const created = moved(ordered, { kind: 'pass-created', orderId: 'o1', pass: PASS });
    assert.equal(created.case.state.kind, 'withdrawing-pass');
    assert.deepEqual(created.effects, [DELETES]);
    const refused = moved(ordered, { kind: 'pass-refused', orderId: 'o1' }).case.state;
    assert.deepEqual(refused, { kind: 'choosing-proof', lastAttempt: 'manager-declined' });

    const then = { kind: 'issue-again', proof: PROOF, approvals: [] } as const;
    const unseen = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then, firstGoneAt: null } as const;
    const withoutProof = moved(askedBefore(unseen), answered(false)).case.state;
    assert.deepEqual(withoutProof, { ...unseen, then: 'choosing-proof' });

    for (const state of OPEN) {
      if (!('pass' in state) || state.pass === null || state.kind === 'withdrawing-pass') continue;
      const { case: next, effects } = moved(askedBefore(state), answered(false));
      assert.deepEqual([next.state.kind, effects], ['withdrawing-pass', [DELETES, ALARM]]);
    }
  });

  it('keeps an ending that was decided, and a reset that the caller has begun', () => {
    const ways: readonly AfterPass[] = [
      { outcome: 'resolved', because: 'methods-registered' },
      { kind: 'follow-reset', since: NOW, progress: { step: 'id-entered', reason: null, at: NOW } },
    ];
    for (const then of ways) {
      const state = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then, firstGoneAt: null } as const;
      assert.deepEqual(moved(askedBefore(state), answered(false)).case.state, state);
    }
    const noPass = OPEN.find((state) => state.kind === 'awaiting-self-service' && state.pass === null) ?? assert.fail();
    assert.deepEqual(moved(askedBefore(noPass), answered(false)).case.state, noPass);
  });

  it('makes a second person decide about another proof, a lead and somebody else, also while the history is unread', () => {
    const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;
    for (const history of [askedBefore(ready).facts.history, unread]) {
      const at = askedBefore(ready);
      const { state } = moved({ ...at, facts: { ...at.facts, history } }, answered(false)).case;
      assert.ok(state.kind === 'awaiting-approval');
      assert.deepEqual([state.needs, state.proof], ['lead-and-another', PROOF]);
    }
  });

  it('voids the approvals that were given before it', () => {
    const given = { by: LEAD, as: 'lead', at: NOW, subject: 's' } as const;
    const waiting = OPEN.find((state) => state.kind === 'awaiting-approval') ?? assert.fail();
    const { state } = moved(askedBefore({ ...waiting, approvals: [given] }), answered(false)).case;
    assert.ok(state.kind === 'awaiting-approval' && state.approvals.length === 0 && state.subject !== waiting.subject);
  });

  it('takes back their own yes', () => {
    const proof = { kind: 'manager', manager: MANAGER, at: NOW } as const;
    const ready = { kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null } as const;
    const { state } = moved(askedBefore(ready), answered(false)).case;
    assert.deepEqual(state, { kind: 'choosing-proof', lastAttempt: 'manager-declined' });
  });

  it('is somebody who was asked in this case, also when the directory names another manager by now', () => {
    for (const state of OPEN) {
      const at = askedBefore(state);
      const replaced = { ...at, facts: { ...at.facts, manager: read(COLLEAGUE) } };
      assert.equal(after(replaced, answered(false)).kind, 'moved', state.kind);
      if (state.kind === 'awaiting-manager') continue;
      const nobodyAsked = { ...at, managersAsked: [] };
      assert.equal(refusal(nobodyAsked, answered(false)), 'not-in-this-state', state.kind);
      assert.equal(refusal(at, answered(false, COLLEAGUE)), 'not-the-manager', state.kind);
    }
  });

  it('alarms the leads for a day after the case was closed, once, and the case stays as it ended', () => {
    for (const state of CLOSED) {
      const at = askedBefore(state);
      for (const minutes of [0, 24 * 60]) {
        const result = step(at, answered(false), POLICY, later(minutes));
        assert.ok(result.kind === 'moved');
        assert.deepEqual([result.case.state, result.effects], [state, [ALARM]]);
        assert.equal(refusal(result.case, answered(false)), 'not-in-this-state');
      }
      assert.equal(refusal(at, answered(false), later(24 * 60 + 1)), 'not-in-this-state');
    }
  });

  it('is the only answer that counts late: a yes means nothing anywhere but where it was asked', () => {
    for (const state of ONE_OF_EACH)
      if (state.kind !== 'awaiting-manager')
        assert.equal(refusal(askedBefore(state), answered(true)), 'not-in-this-state', state.kind);
  });
});

describe('Bad news about an order that Graph has not answered', () => {
  it('is never lost: whatever comes of the order, no pass is shown', () => {
    const issuing = askedBefore({ kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null });
    const { technician: by } = issuing;
    const someoneElse = { kind: 'callback-recorded', by, outcome: 'answered-by-someone-else' } as const;
    for (const event of [decided(false), answered(false), someoneElse]) {
      const at = moved(issuing, event).case;
      const created = moved(at, { kind: 'pass-created', orderId: 'o1', pass: PASS }).case.state;
      assert.ok(created.kind === 'withdrawing-pass');
      const uncertain = moved(at, { kind: 'pass-unanswered', orderId: 'o1' }).case.state;
      assert.ok(uncertain.kind === 'uncertain-pass');
      assert.deepEqual(uncertain.then, created.then);
      const unseen = moved(at, { kind: 'pass-unseen', orderId: 'o1', pass: PASS }).case.state;
      assert.ok(unseen.kind === 'withdrawing-pass');
      assert.deepEqual(unseen.then, uncertain.then);
    }
  });
});
