import assert from 'node:assert/strict';
import type { CaseState, Proof } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import { step } from '../../src/procedure/lockout.ts';
import { leadsTo, PASSED, STAYS, take } from './exactly.ts';
import {
  after,
  APPROVER,
  CALLER,
  caseIn,
  FACTS,
  NOBODY_ASKED,
  NOW,
  ORDER,
  PASS,
  POLICY,
  PROOF,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';

const approvals = [{ by: APPROVER, as: 'approver', at: NOW, subject: 's' }] as const;
const issuing = { kind: 'issuing', proof: PROOF, approvals, order: ORDER, then: null } as const;
const unseen: CaseEvent = { kind: 'pass-unseen', orderId: 'o1', pass: PASS };
const deletes = { kind: 'delete-pass', passId: 'p1' } as const;
const again = { kind: 'issue-again', proof: PROOF, approvals } as const;
const withdrawing = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then: again, firstGoneAt: null } as const;
const goneOnce = { ...withdrawing, firstGoneAt: NOW } as const;
const gone: CaseEvent = { kind: 'pass-deleted', at: after(1) };
const OBJECTED = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;
const neverShown = { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: 'pass-never-shown' } as const;

function shown(issuedOn: { readonly proof: Proof; readonly approvals: typeof approvals } | null): CaseState {
  return { kind: 'awaiting-backup-method', pass: PASS, issuedOn, since: NOW, methodsBefore: [], newMethods: [] };
}

describe('A pass that nobody saw', () => {
  it('is deleted, and the proof and the approval are kept for the next one', () => {
    assert.deepEqual(take(issuing, unseen), leadsTo(withdrawing, deletes));
    assert.deepEqual(take(goneOnce, gone), leadsTo(neverShown));
  });

  it('is deleted also when our clock says that it has expired', () => {
    const late = take(issuing, unseen, { now: after(61) });
    assert.deepEqual(late, leadsTo({ ...withdrawing, since: after(61) }, deletes));
  });

  it('is deleted also when its answer was lost after the case had taken it for shown', () => {
    const issuedOn = { proof: PROOF, approvals };
    assert.deepEqual(take(shown(issuedOn), unseen), leadsTo(withdrawing, deletes));
    const older = { ...withdrawing, then: 'choosing-proof' } as const;
    assert.deepEqual(take(shown(null), unseen), leadsTo(older, deletes), 'a case of an older version kept no proof');
  });

  it('remembers what it was issued on', () => {
    const created = take(issuing, { kind: 'pass-created', orderId: 'o1', pass: PASS });
    assert.ok('to' in created && created.to.kind === 'awaiting-backup-method');
    assert.deepEqual(created.to.issuedOn, { proof: PROOF, approvals });
  });

  it('asks for a new proof when the old one is over by the time it is gone', () => {
    const expired = leadsTo({ kind: 'choosing-proof', lastAttempt: 'proof-expired' });
    assert.deepEqual(take(goneOnce, gone, { now: after(10) }), leadsTo(neverShown));
    assert.deepEqual(take(goneOnce, gone, { now: after(10.1) }), expired);
    const again = { stays: true, effects: [deletes] };
    assert.deepEqual(take(withdrawing, PASSED, { now: after(60) }), again, 'however long it takes');
  });

  it('ends the case as ever when the owner objected, before or after', () => {
    const closing = { ...withdrawing, then: OBJECTED } as const;
    assert.deepEqual(take({ ...issuing, then: OBJECTED }, unseen), leadsTo(closing, deletes));
    const objected = take(withdrawing, { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED });
    assert.ok('to' in objected);
    assert.deepEqual(objected.to, closing);
    const uncertain = { kind: 'uncertain-pass', order: ORDER, then: OBJECTED, firstNotFoundAt: null } as const;
    assert.deepEqual(take(uncertain, unseen), leadsTo(closing, deletes));
  });

  it('is deleted once: a second report of it changes nothing, and one about another pass is refused', () => {
    assert.deepEqual(take(withdrawing, unseen), STAYS);
    const another = { ...unseen, orderId: 'o9', pass: { ...PASS, passId: 'p9' } };
    for (const state of [issuing, withdrawing, shown(null)])
      assert.deepEqual(take(state, another), { refused: 'pass-order-mismatch' }, state.kind);
    const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
    assert.deepEqual(take(choosing, unseen), { refused: 'not-in-this-state' });
  });

  it('is deleted also when the caller went on to the reset page meanwhile', () => {
    const progress = { step: 'link-sent', reason: null, at: NOW } as const;
    const atThePage = { kind: 'awaiting-self-service', since: NOW, progress, pass: PASS } as const;
    assert.deepEqual(take(atThePage, unseen), leadsTo({ ...withdrawing, then: 'choosing-proof' }, deletes));
    assert.deepEqual(take({ ...atThePage, pass: null }, unseen), { refused: 'pass-order-mismatch' });
  });
});

describe('A press on Issue with too little time left', () => {
  const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;
  const press = {
    kind: 'issue-pressed',
    by: TECHNICIAN,
    facts: FACTS,
    stillMay: STILL_MAY,
    orderId: 'o1',
  } as const;

  it('orders nothing, keeps the proof, and works when it is pressed again in time', () => {
    const slow = step(caseIn(ready), { ...press, timeLeft: 'too-little' }, POLICY, NOW);
    assert.ok(slow.kind === 'refused' && slow.refusal.code === 'too-slow');
    const inTime = take(ready, { ...press, timeLeft: 'enough' });
    assert.ok('to' in inTime && inTime.to.kind === 'issuing');
  });

  it('still acts on bad news, which needs no order', () => {
    const account = { enabled: false, kind: 'member', synced: false, managementRestricted: false } as const;
    const facts = { ...FACTS, account: { kind: 'read', value: account } as const };
    const ended = take(ready, { ...press, facts, timeLeft: 'too-little' });
    assert.ok('to' in ended && ended.to.kind === 'closed');
  });
});
