import assert from 'node:assert/strict';
import type { CaseState } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { leadsTo, take, STAYS } from './exactly.ts';
import {
  APPROVER,
  ASKED,
  CALLER,
  caseIn,
  COLLEAGUE,
  DAY,
  FACTS,
  MANAGER,
  NOW,
  ORDER,
  PASS,
  POLICY,
  PROOF,
  read,
  STILL_MAY,
  TECHNICIAN,
  NOBODY_ASKED,
  OF_THEIR_OWN,
} from './people.ts';

const by = TECHNICIAN;
const OBJECTED = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;
const objected = { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED } as const;
const ENDS_SESSIONS = { kind: 'end-sessions' } as const;
const ALARMS = { kind: 'alarm-leads', alarm: 'caller-objected' } as const;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const issuing = { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null } as const;
const WAITING = {
  kind: 'awaiting-backup-method',
  pass: PASS,
  issuedOn: null,
  since: NOW,
  methodsBefore: [
    { ref: 'app', digest: null },
    { ref: 'mobile', digest: null },
  ],
  newMethods: [],
} as const satisfies CaseState;

describe('What a case ends with', () => {
  it('is escalated or abandoned for the reason the technician gave', () => {
    const escalated = { outcome: 'escalated', because: 'technician-unsure', stops: [] } as const;
    assert.deepEqual(
      take(choosing, { kind: 'escalated', by, because: 'technician-unsure' }),
      leadsTo({ kind: 'closed', at: NOW, closing: escalated }),
    );
    assert.deepEqual(
      take(choosing, { kind: 'abandoned', by, because: 'opened-by-mistake' }),
      leadsTo({ kind: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'opened-by-mistake' } }),
    );
  });

  it('is escalated with an alarm when somebody else answers, and without one when an approver denies', () => {
    const dialing = {
      kind: 'awaiting-callback',
      numberRef: 'office',
      numberDigest: 'front-desk',
      since: NOW,
    } as const;
    const other = { outcome: 'escalated', because: 'someone-else-answered', stops: [] } as const;
    assert.deepEqual(
      take(dialing, { kind: 'callback-recorded', by, outcome: 'answered-by-someone-else' }),
      leadsTo({ kind: 'closed', at: NOW, closing: other }, { kind: 'alarm-leads', alarm: 'someone-else-answered' }),
    );
    const no = {
      kind: 'approval-decided',
      by: APPROVER,
      roles: ['approver'],
      approved: false,
      subject: 's',
      reasonGiven: true,
    } as const;
    const denied = { outcome: 'escalated', because: 'approval-denied', stops: [] } as const;
    assert.deepEqual(take(ASKED, no), leadsTo({ kind: 'closed', at: NOW, closing: denied }));
  });

  it('is an alarm and the end of all sessions when the owner says that it was not them', () => {
    const closed = { kind: 'closed', at: NOW, closing: OBJECTED } as const;
    assert.deepEqual(take(choosing, objected), leadsTo(closed, ENDS_SESSIONS, ALARMS));
    const withdrawing = {
      kind: 'withdrawing-pass',
      pass: PASS,
      since: NOW,
      then: OBJECTED,
      firstGoneAt: null,
    } as const;
    const deletes = { kind: 'delete-pass', passId: 'p1' } as const;
    assert.deepEqual(take(WAITING, objected), leadsTo(withdrawing, deletes, ENDS_SESSIONS, ALARMS));
    const late = { kind: 'closed', at: NOW, closing: { outcome: 'expired', because: 'nobody-acted' } } as const;
    assert.deepEqual(take(late, objected), leadsTo(late, ENDS_SESSIONS, ALARMS));
  });

  it('is the same wherever the order stands: what is found is deleted, and the case does not go on', () => {
    const afterObjection = { ...issuing, then: OBJECTED } as const;
    assert.deepEqual(take(issuing, objected), leadsTo(afterObjection, ENDS_SESSIONS, ALARMS));
    assert.deepEqual(take(afterObjection, objected), STAYS, 'a second press alarms nobody');
    const closed = leadsTo({ kind: 'closed', at: NOW, closing: OBJECTED });
    assert.deepEqual(take(afterObjection, { kind: 'pass-refused', orderId: 'o1' }), closed);
    const uncertain = { kind: 'uncertain-pass', order: ORDER, then: OBJECTED, firstNotFoundAt: null } as const;
    const unanswered = take(afterObjection, { kind: 'pass-unanswered', orderId: 'o1' });
    assert.deepEqual(unanswered, leadsTo(uncertain, { kind: 'look-for-pass', order: ORDER }));
    const calm = { ...uncertain, then: 'choosing-proof' } as const;
    assert.deepEqual(take(calm, objected), leadsTo(uncertain, ENDS_SESSIONS, ALARMS));
  });

  it('is only for the owner and for whoever is the manager now to object to, as long as the case is open', () => {
    const states: readonly CaseState[] = [
      choosing,
      issuing,
      { kind: 'uncertain-pass', order: ORDER, then: 'choosing-proof', firstNotFoundAt: null },
      WAITING,
    ];
    for (const state of states) {
      for (const person of [TECHNICIAN, COLLEAGUE, APPROVER]) {
        assert.deepEqual(take(state, { ...objected, by: person }), { refused: 'not-the-owner' }, state.kind);
      }
      const none = { facts: { manager: read(null) } };
      assert.deepEqual(take(state, { ...objected, by: MANAGER }, none), { refused: 'not-the-owner' }, state.kind);
      assert.ok('to' in take(state, { ...objected, by: MANAGER }), state.kind);
      assert.ok('to' in take(state, { ...objected, by: MANAGER, managerNow: read(MANAGER) }), state.kind);
      for (const managerNow of [read(COLLEAGUE), read(null)]) {
        const former = { ...objected, by: MANAGER, managerNow };
        assert.deepEqual(take(state, former), { refused: 'not-the-owner' }, `${state.kind}: an ex-manager`);
        const issued = { passIds: ['p1'], methodsBefore: [], managersTold: [MANAGER] };
        assert.ok('to' in take(state, former, { issued }), `${state.kind}: an ex-manager who was told of its pass`);
        const other = { ...former, by: COLLEAGUE, managerNow: read(null) };
        assert.deepEqual(
          take(state, other, { issued }),
          { refused: 'not-the-owner' },
          `${state.kind}: who was not told`,
        );
      }
    }
  });

  it('is for the owner alone to object to once it is closed, for seven days', () => {
    const closed = { kind: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'caller-hung-up' } } as const;
    const days = (count: number): Instant => (NOW + count * DAY) as Instant;
    assert.deepEqual(take(closed, objected, { now: days(7) }), leadsTo(closed, ENDS_SESSIONS, ALARMS));
    assert.deepEqual(take(closed, objected, { now: (days(7) + 1) as Instant }), { refused: 'objection-is-too-late' });
    assert.deepEqual(take(closed, objected, { now: days(100) }), { refused: 'objection-is-too-late' });
    assert.ok('to' in take(closed, objected, { now: days(100), policy: { objectionDays: 100 } }));
    const byManager = { ...objected, by: MANAGER };
    for (const managerNow of [NOBODY_ASKED, read(MANAGER)])
      assert.deepEqual(take(closed, { ...byManager, managerNow }), { refused: 'objection-after-the-case' });
    assert.deepEqual(take(closed, { ...byManager, managerNow: read(null) }), { refused: 'not-the-owner' });
    const issued = { passIds: ['p1'], methodsBefore: [], managersTold: [MANAGER] };
    assert.deepEqual(take(closed, { ...byManager, managerNow: read(null) }, { issued }), { refused: 'not-the-owner' });
    for (const person of [TECHNICIAN, COLLEAGUE, APPROVER])
      assert.deepEqual(take(closed, { ...objected, by: person }), { refused: 'not-the-owner' });
  });

  it('goes back to Issue when Graph refused, and takes no answer to another order', () => {
    const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;
    assert.deepEqual(take(issuing, { kind: 'pass-refused', orderId: 'o1' }), leadsTo(ready));
    for (const happened of ['pass-refused', 'pass-unanswered'] as const) {
      assert.deepEqual(take(issuing, { kind: happened, orderId: 'another' }), { refused: 'pass-order-mismatch' });
    }
  });

  it('tells the caller and their manager, if there is one, that a pass was issued', () => {
    const created = { kind: 'pass-created', orderId: 'o1', pass: PASS } as const;
    const caller = { kind: 'notify-caller', notice: 'pass-issued' } as const;
    const manager = { kind: 'notify-manager', manager: MANAGER, notice: 'pass-issued' } as const;
    const waiting = { ...WAITING, issuedOn: { proof: PROOF, approvals: [] } };
    assert.deepEqual(take(issuing, created), leadsTo(waiting, caller, manager));
    assert.deepEqual(take(issuing, created, { facts: { manager: read(null) } }), leadsTo(waiting, caller));
    const unread = { kind: 'unread', why: 'timeout' } as const;
    assert.deepEqual(take(issuing, created, { facts: { manager: unread } }), leadsTo(waiting, caller));
    const unknown = { ...waiting, methodsBefore: [] };
    assert.deepEqual(take(issuing, created, { facts: { methods: unread } }), leadsTo(unknown, caller, manager));
  });

  it('offers the good numbers for the callback, and accepts a meeting in person', () => {
    const age = read({ since: (NOW - 400 * 24 * 60 * 60_000) as typeof NOW, changed: true });
    const number = (ref: string) =>
      ({ ref, source: 'directory-office', lastDigits: '11', digest: ref, ...OF_THEIR_OWN, age }) as const;
    const facts = { numbers: read([number('office'), number('front-desk')]) };
    const dialing = {
      kind: 'awaiting-callback',
      numberRef: 'front-desk',
      numberDigest: 'front-desk',
      since: NOW,
    } as const;
    assert.deepEqual(
      take(choosing, { kind: 'callback-chosen', by, numberRef: 'front-desk' }, { facts }),
      leadsTo(dialing),
    );
    const met = take(choosing, { kind: 'seen-in-person', by, place: 'Reception' });
    assert.ok('to' in met && met.to.kind === 'awaiting-approval');
    assert.deepEqual(met.to.proof, { kind: 'in-person', place: 'Reception', at: NOW });
    const { subject, reasons } = met.to;
    assert.deepEqual(met.effects, [{ kind: 'ask-approvers', subject, reasons, needs: 'approver' }]);
  });

  it('begins with no method at hand', () => {
    const { draft, effects } = openCase(CALLER, { kind: 'snapshot-read', by, facts: FACTS }, POLICY, NOW);
    const asking = caseIn({ kind: 'asking-methods', selfServiceFailure: null });
    assert.deepEqual({ ...draft, id: asking.id }, asking, 'nor anything else that has happened yet');
    assert.deepEqual(effects, []);
  });

  it('asks the manager on record by their own card', () => {
    const asked = { kind: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
    const question = { kind: 'ask-manager', manager: MANAGER } as const;
    assert.deepEqual(take(choosing, { kind: 'manager-asked', by, facts: FACTS }), leadsTo(asked, question));
  });

  it('goes back from Issue for the reason that is true: an old proof, or a number that changed', () => {
    const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;
    const facts = FACTS;
    const issue = { kind: 'issue-pressed', by, facts, orderId: 'o2', timeLeft: 'enough', stillMay: STILL_MAY } as const;
    const back = (lastAttempt: 'proof-expired' | 'number-changed') => leadsTo({ kind: 'choosing-proof', lastAttempt });
    const old = (NOW + (POLICY.proofValidMinutes * 60_000 + 1)) as typeof NOW;
    assert.deepEqual(take(ready, issue, { now: old }), back('proof-expired'));
    const gone = { ...issue, facts: { ...facts, numbers: read([]) } };
    assert.deepEqual(take(ready, gone), back('number-changed'));
    const age = read({ since: (NOW - 400 * 24 * 60 * 60_000) as typeof NOW, changed: true });
    const other = {
      ref: 'other',
      source: 'directory-office',
      lastDigits: '11',
      digest: 'other',
      ...OF_THEIR_OWN,
      age,
    } as const;
    const replaced = { ...issue, facts: { ...facts, numbers: read([other]) } };
    assert.deepEqual(
      take(ready, replaced),
      back('number-changed'),
      'another usable number is not the one that was called',
    );
  });
});
