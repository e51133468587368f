import assert from 'node:assert/strict';
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
const issuing = caseIn({ kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, objected: false });

describe('A pass, once it is ordered', () => {
  it('deletes a pass unseen when the owner objected while it was being issued', () => {
    const objected = moved(
      step(issuing, { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED }, POLICY, NOW),
    );
    assert.deepEqual(objected.effects, ['end-sessions', 'alarm-leads']);
    const created = moved(step(objected.case, { kind: 'pass-created', orderId: 'o1', pass: PASS }, POLICY, NOW));
    assert.equal(created.case.state.kind, 'withdrawing-pass');
    assert.deepEqual(created.effects, ['delete-pass']);
    const end = moved(step(created.case, { kind: 'pass-deleted' }, POLICY, NOW)).case;
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
    const once = moved(step(uncertain.case, { kind: 'no-pass-found' }, POLICY, NOW)).case;
    assert.equal(once.state.kind, 'uncertain-pass');
    assert.equal(step(once, { kind: 'no-pass-found' }, POLICY, after(0.5)).kind, 'unchanged');
    assert.equal(moved(step(once, { kind: 'no-pass-found' }, POLICY, after(1))).case.state.kind, 'choosing-proof');
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

  it('keeps trying to delete a pass until it is gone or has run out', () => {
    const at = caseIn({ kind: 'withdrawing-pass', pass: PASS, since: NOW, then: 'choosing-proof' });
    const again = step(at, { kind: 'time-passed' }, POLICY, after(5));
    assert.deepEqual(again.kind === 'unchanged' && again.effects, [{ kind: 'delete-pass', passId: 'p1' }]);
    assert.equal(moved(step(at, { kind: 'time-passed' }, POLICY, after(60))).case.state.kind, 'choosing-proof');
  });
});
