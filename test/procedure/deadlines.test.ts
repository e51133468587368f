import assert from 'node:assert/strict';
import type { CaseState, Closing } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { leadsTo, PASSED, seconds, STAYS, take } from './exactly.ts';
import {
  after,
  APPROVER,
  ASKED,
  caseIn,
  MANAGER,
  managerSays,
  MINUTE,
  NOW,
  ORDER,
  PASS,
  PROOF,
  TECHNICIAN,
} from './people.ts';

/** A deadline: up to and with `minutes` nothing happens, one millisecond later the case moves. */
function holdsFor(minutes: number, state: CaseState, then: (at: Instant) => CaseState): void {
  const last = after(minutes);
  const late = (last + 1) as Instant;
  assert.deepEqual(take(state, PASSED, { now: last }), STAYS, `${state.kind} at ${minutes} minutes`);
  assert.deepEqual(take(state, PASSED, { now: late }), leadsTo(then(late)), `${state.kind} past ${minutes} minutes`);
}

const closed = (closing: Closing) => (at: Instant) => ({ kind: 'closed', at, closing }) as const;
const NOBODY: Closing = { outcome: 'expired', because: 'nobody-acted' };

describe('Deadlines, to the millisecond', () => {
  it('an idle case closes after an hour', () => {
    holdsFor(60, { kind: 'asking-methods', selfServiceFailure: null }, closed(NOBODY));
    holdsFor(60, { kind: 'choosing-proof', lastAttempt: null }, closed(NOBODY));
    holdsFor(
      60,
      { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: NOW },
      closed(NOBODY),
    );
  });

  it('a manager has ten minutes, an approver fifteen but never longer than the proof, and a proof is good for ten', () => {
    const back = (lastAttempt: 'manager-silent' | 'approval-expired' | 'proof-expired') => () =>
      ({ kind: 'choosing-proof', lastAttempt }) as const;
    holdsFor(10, { kind: 'awaiting-manager', manager: MANAGER, since: NOW }, back('manager-silent'));
    holdsFor(10, ASKED, back('approval-expired'));
    holdsFor(15, { ...ASKED, proof: { ...PROOF, at: after(5) } }, back('approval-expired'));
    holdsFor(10, { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }, back('proof-expired'));
  });

  it('an approval of a proof that got old meanwhile leads back to the choice of a proof', () => {
    const asked = { ...ASKED, since: after(8) } as const;
    const yes: CaseEvent = {
      kind: 'approval-decided',
      by: APPROVER,
      roles: ['approver'],
      approved: true,
      subject: 's',
      reasonGiven: true,
    };
    const approvals = [{ by: APPROVER, as: 'approver', at: after(10), subject: 's' } as const];
    const ready = { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null } as const;
    assert.deepEqual(take(asked, yes, { now: after(10) }), leadsTo(ready));
    const old = leadsTo({ kind: 'choosing-proof', lastAttempt: 'proof-expired' });
    assert.deepEqual(take(asked, yes, { now: after(10.1) }), old);
  });

  it("the manager's yes counts to the last moment of their ten minutes, and not after; their no always does", () => {
    const asked = { kind: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
    const no = managerSays(caseIn(asked), false);
    const back = { kind: 'choosing-proof', lastAttempt: 'manager-declined' } as const;
    const declined = leadsTo(back, { kind: 'alarm-leads', alarm: 'manager-declined' });
    assert.deepEqual(take(asked, no, { now: after(10) }), declined);
    assert.deepEqual(take(asked, no, { now: after(600) }), declined);
    const yes = managerSays(caseIn(asked), true);
    assert.ok('to' in take(asked, yes, { now: after(10) }));
    assert.deepEqual(take(asked, yes, { now: after(10.1) }), { refused: 'proof-is-stale' });
    assert.deepEqual(take(asked, { ...no, by: APPROVER }), { refused: 'not-the-manager' });
  });

  it('an order is waited for a minute, then the pass is looked for', () => {
    const issuing = { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null } as const;
    assert.deepEqual(take(issuing, PASSED, { now: seconds(60) }), STAYS);
    const uncertain = { kind: 'uncertain-pass', order: ORDER, then: 'choosing-proof', firstNotFoundAt: null } as const;
    const looks = leadsTo(uncertain, { kind: 'look-for-pass', order: ORDER });
    assert.deepEqual(take(issuing, PASSED, { now: (seconds(60) + 1) as Instant }), looks);
    const again = { stays: true, effects: [{ kind: 'look-for-pass', order: ORDER }] };
    assert.deepEqual(take(uncertain, PASSED, { now: seconds(90) }), again);
    const seenOnce = { ...uncertain, firstNotFoundAt: NOW };
    assert.deepEqual(take(seenOnce, { kind: 'no-pass-found', at: seconds(59) }, { now: seconds(59) }), STAYS);
    const settled = leadsTo({ kind: 'choosing-proof', lastAttempt: 'pass-unconfirmed' });
    assert.deepEqual(take(seenOnce, { kind: 'no-pass-found', at: seconds(60) }, { now: seconds(60) }), settled);
  });

  it('the time of a pass is over when its lifetime ends, and it is deleted all the same: our clock may be wrong', () => {
    const end = PASS.usableUntil;
    const before = (end - 1) as Instant;
    const waiting: CaseState = {
      kind: 'awaiting-backup-method',
      pass: PASS,
      issuedOn: null,
      since: NOW,
      methodsBefore: [],
      newMethods: [],
    };
    const withdrawing = { kind: 'withdrawing-pass', pass: PASS, since: end, firstGoneAt: null } as const;
    const deletes = { kind: 'delete-pass', passId: 'p1' } as const;
    const expired = { ...withdrawing, then: { outcome: 'expired', because: 'pass-expired' } } as const;
    assert.deepEqual(take(waiting, PASSED, { now: before }), STAYS);
    assert.deepEqual(take(waiting, PASSED, { now: end }), leadsTo(expired, deletes));

    const abandoned = { outcome: 'abandoned', because: 'caller-hung-up' } as const;
    const giveUp = { kind: 'abandoned', by: TECHNICIAN, because: 'caller-hung-up' } as const;
    for (const now of [before, end]) {
      const ending = { ...withdrawing, since: now, then: abandoned } as const;
      assert.deepEqual(take(waiting, giveUp, { now }), leadsTo(ending, deletes));
    }
    const back = { ...withdrawing, since: before, then: 'choosing-proof' } as const;
    assert.deepEqual(take(back, PASSED, { now: end }), { stays: true, effects: [deletes] });
  });

  it('the reset page has an hour; a pass that ends in that time is deleted, and the reset is followed without it', () => {
    const progress = { step: 'link-sent', reason: null, at: NOW } as const;
    const at = { kind: 'awaiting-self-service', since: NOW, progress, pass: null } as const;
    holdsFor(60, at, closed(NOBODY));
    const long = { ...PASS, usableUntil: after(90) };
    const late = after(60.1);
    const withdrawing = { kind: 'withdrawing-pass', pass: long, since: late, then: NOBODY, firstGoneAt: null } as const;
    const deletes = { kind: 'delete-pass', passId: 'p1' } as const;
    assert.deepEqual(take({ ...at, pass: long }, PASSED, { now: late }), leadsTo(withdrawing, deletes));
    const short = { ...PASS, usableUntil: after(30) };
    const over = after(30);
    assert.deepEqual(take({ ...at, pass: short }, PASSED, { now: (over - 1) as Instant }), STAYS);
    const then = { kind: 'follow-reset', since: NOW, progress } as const;
    const dropping = { ...withdrawing, pass: short, since: over, then } as const;
    assert.deepEqual(take({ ...at, pass: short }, PASSED, { now: over }), leadsTo(dropping, deletes));
    const goneTwice = { kind: 'pass-deleted', at: after(31) } as const;
    assert.deepEqual(take({ ...dropping, firstGoneAt: over }, goneTwice, { now: after(31) }), leadsTo(at));
    assert.deepEqual(
      take({ ...at, pass: short }, PASSED, { now: late }),
      leadsTo({ ...withdrawing, pass: short }, deletes),
    );
  });

  it('a callback recorded at the tenth minute counts', () => {
    const dialing = {
      kind: 'awaiting-callback',
      numberRef: 'office',
      numberDigest: 'digest-office',
      since: NOW,
    } as const;
    const answered = { kind: 'callback-recorded', by: TECHNICIAN, outcome: 'answered-by-caller' } as const;
    const now = (NOW + 10 * MINUTE) as Instant;
    const proof = { kind: 'callback', numberRef: 'office', numberDigest: 'digest-office', at: now } as const;
    assert.deepEqual(
      take(dialing, answered, { now }),
      leadsTo({ kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null }),
    );
  });
});
