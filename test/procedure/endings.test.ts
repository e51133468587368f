import assert from 'node:assert/strict';
import type { CaseState } from '../../src/procedure/case.ts';
import { openCase } from '../../src/procedure/lockout.ts';
import { leadsTo, take, STAYS } from './exactly.ts';
import {
  APPROVER,
  CALLER,
  COLLEAGUE,
  FACTS,
  MANAGER,
  NOW,
  ORDER,
  PASS,
  POLICY,
  PROOF,
  read,
  TECHNICIAN,
} from './people.ts';

const by = TECHNICIAN;
const OBJECTED = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;
const objected = { happened: 'caller-objected', by: CALLER } as const;
const ENDS_SESSIONS = { do: 'end-sessions' } as const;
const ALARMS = { do: 'alarm-leads', alarm: 'caller-objected' } as const;
const choosing = { name: 'choosing-proof', lastAttempt: null } as const;
const issuing = { name: 'issuing', proof: PROOF, approval: null, order: ORDER, objected: false } as const;
const waiting: CaseState = {
  name: 'awaiting-backup-method',
  pass: PASS,
  since: NOW,
  methodsBefore: ['app', 'mobile'],
  newMethods: [],
};

describe('What a case ends with', () => {
  it('is escalated or abandoned for the reason the technician gave', () => {
    const escalated = { outcome: 'escalated', because: 'technician-unsure', stops: [] } as const;
    assert.deepEqual(
      take(choosing, { happened: 'escalated', by, because: 'technician-unsure' }),
      leadsTo({ name: 'closed', at: NOW, closing: escalated }),
    );
    assert.deepEqual(
      take(choosing, { happened: 'abandoned', by, because: 'opened-by-mistake' }),
      leadsTo({ name: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'opened-by-mistake' } }),
    );
  });

  it('is escalated with an alarm when somebody else answers, and without one when an approver denies', () => {
    const dialing = { name: 'awaiting-callback', numberRef: 'office', since: NOW } as const;
    const other = { outcome: 'escalated', because: 'someone-else-answered', stops: [] } as const;
    assert.deepEqual(
      take(dialing, { happened: 'callback-recorded', by, outcome: 'answered-by-someone-else' }),
      leadsTo({ name: 'closed', at: NOW, closing: other }, { do: 'alarm-leads', alarm: 'someone-else-answered' }),
    );
    const asked = { name: 'awaiting-approval', proof: PROOF, reasons: ['vip'], subject: 's', since: NOW } as const;
    const no = {
      happened: 'approval-decided',
      by: APPROVER,
      approved: false,
      subject: 's',
      reasonGiven: true,
    } as const;
    const denied = { outcome: 'escalated', because: 'approval-denied', stops: [] } as const;
    assert.deepEqual(take(asked, no), leadsTo({ name: 'closed', at: NOW, closing: denied }));
  });

  it('is an alarm and the end of all sessions when the owner says that it was not them', () => {
    const closed = { name: 'closed', at: NOW, closing: OBJECTED } as const;
    assert.deepEqual(take(choosing, objected), leadsTo(closed, ENDS_SESSIONS, ALARMS));
    const withdrawing = { name: 'withdrawing-pass', pass: PASS, since: NOW, then: OBJECTED } as const;
    const deletes = { do: 'delete-pass', passId: 'p1' } as const;
    assert.deepEqual(take(waiting, objected), leadsTo(withdrawing, deletes, ENDS_SESSIONS, ALARMS));
    const late = { name: 'closed', at: NOW, closing: { outcome: 'expired', because: 'nobody-acted' } } as const;
    assert.deepEqual(take(late, objected), leadsTo(late, ENDS_SESSIONS, ALARMS));
  });

  it('is the same wherever the order stands: what is found is deleted, and the case does not go on', () => {
    const told = { ...issuing, objected: true } as const;
    assert.deepEqual(take(issuing, objected), leadsTo(told, ENDS_SESSIONS, ALARMS));
    assert.deepEqual(take(told, objected), STAYS, 'a second press alarms nobody');
    const closed = leadsTo({ name: 'closed', at: NOW, closing: OBJECTED });
    assert.deepEqual(take(told, { happened: 'pass-refused', orderId: 'o1' }), closed);
    const uncertain = { name: 'uncertain-pass', order: ORDER, then: OBJECTED, firstNotFoundAt: null } as const;
    const unanswered = take(told, { happened: 'pass-unanswered', orderId: 'o1' });
    assert.deepEqual(unanswered, leadsTo(uncertain, { do: 'look-for-pass', order: ORDER }));
    const calm = { ...uncertain, then: 'choosing-proof' } as const;
    assert.deepEqual(take(calm, objected), leadsTo(uncertain, ENDS_SESSIONS, ALARMS));
  });

  it('is only for the owner and the manager on record to object to, in every state', () => {
    const states: readonly CaseState[] = [
      choosing,
      issuing,
      { name: 'uncertain-pass', order: ORDER, then: 'choosing-proof', firstNotFoundAt: null },
      waiting,
      { name: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'caller-hung-up' } },
    ];
    for (const state of states) {
      for (const person of [TECHNICIAN, COLLEAGUE, APPROVER]) {
        assert.deepEqual(take(state, { ...objected, by: person }), { refused: 'not-the-owner' }, state.name);
      }
      const none = { facts: { manager: read(null) } };
      assert.deepEqual(take(state, { ...objected, by: MANAGER }, none), { refused: 'not-the-owner' }, state.name);
      assert.ok('to' in take(state, { ...objected, by: MANAGER }), state.name);
    }
  });

  it('goes back to Issue when Graph refused, and takes no answer to another order', () => {
    const ready = { name: 'ready-to-issue', proof: PROOF, approval: null } as const;
    assert.deepEqual(take(issuing, { happened: 'pass-refused', orderId: 'o1' }), leadsTo(ready));
    for (const happened of ['pass-refused', 'pass-unanswered'] as const) {
      assert.deepEqual(take(issuing, { happened, orderId: 'another' }), { refused: 'pass-order-mismatch' });
    }
  });

  it('tells the caller and their manager, if there is one, that a pass was issued', () => {
    const created = { happened: 'pass-created', orderId: 'o1', pass: PASS } as const;
    const caller = { do: 'notify-caller', notice: 'pass-issued' } as const;
    const manager = { do: 'notify-manager', manager: MANAGER, notice: 'pass-issued' } as const;
    assert.deepEqual(take(issuing, created), leadsTo(waiting, caller, manager));
    assert.deepEqual(take(issuing, created, { facts: { manager: read(null) } }), leadsTo(waiting, caller));
    const unread = { read: false, why: 'timeout' } as const;
    const unknown = { ...waiting, methodsBefore: [] };
    assert.deepEqual(take(issuing, created, { facts: { methods: unread } }), leadsTo(unknown, caller, manager));
  });

  it('calls one of several numbers that are good, and takes a meeting for what it is', () => {
    const old = (NOW - 400 * 24 * 60 * 60_000) as typeof NOW;
    const number = (ref: string) =>
      ({ ref, source: 'directory-office', lastDigits: '11', changedAt: old, exact: true }) as const;
    const facts = { numbers: read([number('office'), number('front-desk')]) };
    const dialing = { name: 'awaiting-callback', numberRef: 'front-desk', since: NOW } as const;
    assert.deepEqual(
      take(choosing, { happened: 'callback-chosen', by, numberRef: 'front-desk' }, { facts }),
      leadsTo(dialing),
    );
    const met = take(choosing, { happened: 'seen-in-person', by, place: 'Reception' });
    assert.ok('to' in met && met.to.name === 'awaiting-approval');
    assert.deepEqual(met.to.proof, { by: 'in-person', place: 'Reception', at: NOW });
    const { subject, reasons } = met.to;
    assert.deepEqual(met.effects, [{ do: 'ask-approvers', subject, reasons }]);
  });

  it('begins with nothing at hand', () => {
    const draft = openCase(CALLER, { happened: 'picture-read', by, facts: FACTS }, POLICY, NOW);
    assert.deepEqual([draft.atHand, draft.state], [[], { name: 'asking-methods', selfServiceFailure: null }]);
  });

  it('asks the manager on record by their own card', () => {
    const asked = { name: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
    const question = { do: 'ask-manager', manager: MANAGER } as const;
    assert.deepEqual(take(choosing, { happened: 'manager-asked', by }), leadsTo(asked, question));
  });

  it('goes back from Issue for the reason that is true: an old proof, or a number that changed', () => {
    const ready = { name: 'ready-to-issue', proof: PROOF, approval: null } as const;
    const facts = FACTS;
    const issue = { happened: 'issue-pressed', by, facts, orderId: 'o2' } as const;
    const back = (lastAttempt: 'proof-expired' | 'number-changed') => leadsTo({ name: 'choosing-proof', lastAttempt });
    const old = (NOW + (POLICY.proofValidMinutes * 60_000 + 1)) as typeof NOW;
    assert.deepEqual(take(ready, issue, { now: old }), back('proof-expired'));
    const gone = { ...issue, facts: { ...facts, numbers: read([]) } };
    assert.deepEqual(take(ready, gone), back('number-changed'));
    const settled = (NOW - 400 * 24 * 60 * 60_000) as typeof NOW;
    const other = {
      ref: 'other',
      source: 'directory-office',
      lastDigits: '11',
      changedAt: settled,
      exact: true,
    } as const;
    const replaced = { ...issue, facts: { ...facts, numbers: read([other]) } };
    assert.deepEqual(
      take(ready, replaced),
      back('number-changed'),
      'another usable number is not the one that was called',
    );
  });
});
