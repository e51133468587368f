import assert from 'node:assert/strict';
import type { Case, StateName } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { PersonId, RegisteredMethod } from '../../src/procedure/facts.ts';
import { isAt, PROCEDURE, step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import type { Policy } from '../../src/procedure/policy.ts';
import type { Step } from '../../src/procedure/step.ts';
import { moved, refusal } from './answers.ts';
import {
  after,
  APPROVER,
  CALLER,
  caseIn,
  COLLEAGUE,
  FACTS,
  GLOBAL_ADMIN,
  MANAGER,
  managerSays,
  NOW,
  STILL_MAY,
} from './people.ts';
import { ONE_OF_EACH, PASS, POLICY, PROOF, read, TECHNICIAN } from './people.ts';

const by = TECHNICIAN;

/** Plays events a minute apart; each must move the case. */
function play(start: Case, events: readonly CaseEvent[], policy: Policy = POLICY): Case {
  return events.reduce((at, event, nth) => moved(step(at, event, policy, after(nth))).case, start);
}

function subjectOf(at: Case): string {
  return at.state.kind === 'awaiting-approval' ? at.state.subject : '';
}

const asking = caseIn({ kind: 'asking-methods', selfServiceFailure: null });
const choosing = caseIn({ kind: 'choosing-proof', lastAttempt: null });
const ready = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null });

describe('The lockout procedure', () => {
  it('refuses a manual reset in every state', () => {
    for (const state of ONE_OF_EACH) {
      const answer = step(caseIn(state), { kind: 'manual-reset-asked', by }, POLICY, NOW);
      assert.equal(refusal(answer), 'manual-reset-never', state.kind);
    }
  });

  it('knows the story of the phone left at home, from the question to the closed case', () => {
    const newMethods: readonly RegisteredMethod[] = [
      ...(FACTS.methods.kind === 'read' ? FACTS.methods.value : []),
      { ref: 'mail', kind: 'email', masked: 'l•', digest: null, registeredAt: after(5) },
      { ref: 'token', kind: 'software-token', masked: '', digest: null, registeredAt: after(6) },
    ];
    const end = play(asking, [
      { kind: 'methods-ticked', by, atHand: [] },
      { kind: 'callback-chosen', by, numberRef: 'office' },
      { kind: 'callback-recorded', by, outcome: 'answered-by-caller' },
      { kind: 'issue-pressed', by, facts: FACTS, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY },
      { kind: 'pass-created', orderId: 'o1', pass: PASS },
      { kind: 'methods-seen', methods: newMethods },
      { kind: 'self-service-progressed', progress: { step: 'succeeded', reason: null, at: after(9) } },
      { kind: 'pass-deleted', at: after(10) },
      { kind: 'pass-deleted', at: after(11) },
    ]);
    assert.deepEqual(end.state.kind === 'closed' && end.state.closing, {
      outcome: 'resolved',
      because: 'self-service-succeeded',
    });
  });

  it('sends a caller with two methods at hand to self-service, and a caller with one to the proof', () => {
    const two = moved(step(asking, { kind: 'methods-ticked', by, atHand: ['app', 'mobile'] }, POLICY, NOW));
    assert.equal(two.case.state.kind, 'awaiting-self-service');
    assert.deepEqual(two.effects, ['push-self-service-link']);
    const one = moved(step(asking, { kind: 'methods-ticked', by, atHand: ['app'] }, POLICY, NOW));
    assert.equal(one.case.state.kind, 'choosing-proof');
    assert.deepEqual(one.effects, ['notify-caller']);
  });

  it('goes back from a proof to the choice of one, and from there to the methods', () => {
    const back = { kind: 'went-back', by } as const;
    for (const state of ONE_OF_EACH)
      if (['awaiting-callback', 'awaiting-manager', 'awaiting-approval', 'ready-to-issue'].includes(state.kind))
        assert.deepEqual(moved(step(caseIn(state), back, POLICY, NOW)).case, choosing, state.kind);
    assert.deepEqual(moved(step(choosing, back, POLICY, NOW)).case, asking);
    assert.deepEqual([isAt(choosing, 'choosing-proof'), isAt(choosing, 'closed')], [true, false]);
  });

  it('does not take a method that is not registered', () => {
    assert.equal(
      refusal(step(asking, { kind: 'methods-ticked', by, atHand: ['app', 'pigeon'] }, POLICY, NOW)),
      'unknown-method',
    );
  });

  it('lets only the technician of the case handle it', () => {
    const answer = step(asking, { kind: 'methods-ticked', by: COLLEAGUE, atHand: [] }, POLICY, NOW);
    assert.equal(refusal(answer), 'not-your-case');
  });

  it('closes at once when the technician asks for themselves', () => {
    const { draft } = openCase(TECHNICIAN, { kind: 'snapshot-read', by, facts: FACTS }, POLICY, NOW);
    assert.ok(draft.state.kind === 'closed' && draft.state.closing.outcome === 'escalated');
    assert.equal(draft.state.closing.stops[0]?.code, 'caller-is-the-technician');
  });

  it('lets an administrator use self-service with two methods, and never gives them a pass', () => {
    const admin = { activeRoles: read([{ templateId: GLOBAL_ADMIN, name: 'Global Administrator', how: 'active' }]) };
    const at = caseIn({ kind: 'asking-methods', selfServiceFailure: null }, admin as Partial<typeof FACTS>);
    const enough = moved(step(at, { kind: 'methods-ticked', by, atHand: ['app', 'mobile'] }, POLICY, NOW));
    assert.equal(enough.case.state.kind, 'awaiting-self-service');
    const tooFew = moved(step(at, { kind: 'methods-ticked', by, atHand: [] }, POLICY, NOW));
    assert.ok(tooFew.case.state.kind === 'closed' && tooFew.case.state.closing.outcome === 'escalated');
  });

  it('calls only numbers that are old enough, and of known age', () => {
    for (const [numberRef, code] of [
      ['new', 'number-not-usable'],
      ['unknown', 'facts-unread'],
      ['+1 555 made up', 'number-not-usable'],
    ] as const) {
      assert.equal(refusal(step(choosing, { kind: 'callback-chosen', by, numberRef }, POLICY, NOW)), code);
    }
    const none = caseIn({ kind: 'choosing-proof', lastAttempt: null }, { numbers: read([]) });
    assert.equal(
      refusal(step(none, { kind: 'callback-chosen', by, numberRef: 'office' }, POLICY, NOW)),
      'no-usable-number',
    );
  });

  it('raises an alarm and ends the case when somebody else answers the callback', () => {
    const at = caseIn({ kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: NOW });
    const { case: end, effects } = moved(
      step(at, { kind: 'callback-recorded', by, outcome: 'answered-by-someone-else' }, POLICY, NOW),
    );
    assert.equal(end.state.kind, 'closed');
    assert.deepEqual(effects, ['alarm-leads']);
  });

  it('does not take a callback recorded more than ten minutes after the number was shown', () => {
    const at = caseIn({ kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: NOW });
    const late = step(at, { kind: 'callback-recorded', by, outcome: 'answered-by-caller' }, POLICY, after(10.1));
    assert.equal(refusal(late), 'callback-is-stale');
  });

  it('asks for a second person when the proof is not a callback', () => {
    const { case: at, effects } = moved(
      step(choosing, { kind: 'seen-in-person', by, place: 'Reception' }, POLICY, NOW),
    );
    assert.equal(at.state.kind, 'awaiting-approval');
    assert.deepEqual(effects, ['ask-approvers']);
    assert.equal(
      refusal(step(choosing, { kind: 'seen-in-person', by, place: 'a bar' }, POLICY, NOW)),
      'place-not-on-the-list',
    );
  });

  it('never lets the requester or the caller approve, nor anybody without a reason, late, or of something else', () => {
    const waiting = moved(step(choosing, { kind: 'seen-in-person', by, place: 'Reception' }, POLICY, NOW)).case;
    const subject = waiting.state.kind === 'awaiting-approval' ? waiting.state.subject : '';
    const decide = (person: PersonId, change: object = {}, now = NOW) =>
      step(
        waiting,
        {
          kind: 'approval-decided',
          by: person,
          roles: ['approver'],
          approved: true,
          subject,
          reasonGiven: true,
          ...change,
        },
        POLICY,
        now,
      );
    assert.equal(refusal(decide(TECHNICIAN)), 'approver-is-the-requester');
    assert.equal(refusal(decide(CALLER)), 'approver-is-the-caller');
    assert.equal(refusal(decide(APPROVER, { reasonGiven: false })), 'reason-missing');
    assert.equal(refusal(decide(APPROVER, { subject: 'another' })), 'approval-is-void');
    assert.equal(refusal(decide(APPROVER, {}, after(15.1))), 'approval-has-expired');
    assert.equal(moved(decide(APPROVER)).case.state.kind, 'ready-to-issue');
    assert.equal(moved(decide(APPROVER, { approved: false })).case.state.kind, 'closed');
  });

  it('raises an alarm when the manager says that they are not speaking with the caller', () => {
    const asked = moved(step(choosing, { kind: 'manager-asked', by, facts: FACTS }, POLICY, NOW)).case;
    const no = moved(step(asked, managerSays(asked, false), POLICY, NOW));
    assert.equal(no.case.state.kind, 'choosing-proof');
    assert.deepEqual(no.effects, ['alarm-leads']);
  });

  it('does not let the manager who vouched be the second person too', () => {
    const asked = moved(step(choosing, { kind: 'manager-asked', by, facts: FACTS }, POLICY, NOW)).case;
    const vouched = moved(step(asked, managerSays(asked, true), POLICY, NOW)).case;
    assert.ok(vouched.state.kind === 'awaiting-approval');
    const approve = (person: PersonId): Step =>
      step(
        vouched,
        {
          kind: 'approval-decided',
          by: person,
          roles: ['approver'],
          approved: true,
          subject: subjectOf(vouched),
          reasonGiven: true,
        },
        POLICY,
        NOW,
      );
    assert.equal(refusal(approve(MANAGER)), 'approver-has-vouched');
    assert.equal(moved(approve(APPROVER)).case.state.kind, 'ready-to-issue');
  });

  it('does not issue when anything changed for the worse since the proof', () => {
    const pressed = (facts: Partial<typeof FACTS>, now = NOW) =>
      moved(
        step(
          ready,
          {
            kind: 'issue-pressed',
            by,
            facts: { ...FACTS, ...facts },
            orderId: 'o1',
            timeLeft: 'enough',
            stillMay: STILL_MAY,
          },
          POLICY,
          now,
        ),
      );
    assert.equal(pressed({}).case.state.kind, 'issuing');
    assert.equal(pressed({}, after(10.1)).case.state.kind, 'choosing-proof', 'a stale proof');
    assert.equal(pressed({ numbers: read([]) }).case.state.kind, 'choosing-proof', 'the number is gone');
    assert.equal(
      pressed({ risk: read({ level: 'medium', confirmedCompromised: false }) }).case.state.kind,
      'awaiting-approval',
      'risk has risen',
    );
  });

  it('has a row for every state and lists in each row where it may lead', () => {
    const states = new Set(ONE_OF_EACH.map((state) => state.kind));
    assert.deepEqual(new Set(Object.keys(PROCEDURE) as StateName[]), states);
  });
});
