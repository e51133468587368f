/**
 * Verifying who is calling: a callback to a number on record, meeting in person, or the manager vouching. Where a risk reason
 * applies, a second person decides as well. Nothing the caller knows or says counts as proof, and no free text moves a case.
 */
import type { Approval, Case, Proof } from './case.ts';
import { close, escalateStopped } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { usableNumbers } from './numbers.ts';
import { passIsOneTime, passLifetime, within, type Policy } from './policy.ts';
import { riskReasonsFor } from './risk.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

/** The technician picks a number on record to call back. */
export function callbackChosen(
  at: CaseAt<'choosing-proof'>,
  event: EventOf<'callback-chosen'>,
  policy: Policy,
  now: Instant,
): Step {
  const usable = usableNumbers(at.facts, policy, now).filter((opinion) => opinion.usable);
  if (usable.length === 0) return refuse('no-usable-number');
  if (!usable.some((opinion) => opinion.number.ref === event.numberRef)) return refuse('number-not-usable');
  return move(at, { kind: 'awaiting-callback', numberRef: event.numberRef, since: now }, now);
}

/** The technician called the number on record and reports who answered. */
export function callbackRecorded(
  at: CaseAt<'awaiting-callback'>,
  event: EventOf<'callback-recorded'>,
  policy: Policy,
  now: Instant,
): Step {
  const { numberRef, since } = at.state;
  if (!within(since, policy.proofValidMinutes, now)) return refuse('callback-is-stale');
  switch (event.outcome) {
    case 'answered-by-caller':
      return proven(at, { kind: 'callback', numberRef, at: now }, policy, now);
    case 'answered-by-someone-else':
      return close(at, { outcome: 'escalated', because: 'someone-else-answered', stops: [] }, now, [
        { kind: 'alarm-leads', alarm: 'someone-else-answered' },
      ]);
    default:
      return move(at, { kind: 'choosing-proof', lastAttempt: event.outcome }, now);
  }
}

/** The technician sees the caller and their badge, at a place on the list. */
export function seenInPerson(
  at: CaseAt<'choosing-proof'>,
  event: EventOf<'seen-in-person'>,
  policy: Policy,
  now: Instant,
): Step {
  if (!policy.places.includes(event.place)) return refuse('place-not-on-the-list');
  return proven(at, { kind: 'in-person', place: event.place, at: now }, policy, now);
}

/** The manager on record is asked whether they are speaking with the caller now. */
export function managerAsked(at: CaseAt<'choosing-proof'>, _event: unknown, _policy: Policy, now: Instant): Step {
  const manager = at.facts.manager.kind === 'read' ? at.facts.manager.value : null;
  if (manager === null) return refuse('no-manager-on-record');
  if (manager === at.technician) return refuse('manager-is-the-technician');
  return move(at, { kind: 'awaiting-manager', manager, since: now }, now, [{ kind: 'ask-manager', manager }]);
}

/** The manager answered on their own card. */
export function managerAnswered(
  at: CaseAt<'awaiting-manager'>,
  event: EventOf<'manager-answered'>,
  policy: Policy,
  now: Instant,
): Step {
  if (!within(at.state.since, policy.managerAnswerMinutes, now)) return refuse('proof-is-stale');
  if (!event.speakingNow) {
    // Somebody claims to be speaking with the manager right now, and the manager denies it. The leads should know.
    const declined = { kind: 'choosing-proof', lastAttempt: 'manager-declined' } as const;
    return move(at, declined, now, [{ kind: 'alarm-leads', alarm: 'manager-declined' }]);
  }
  return proven(at, { kind: 'manager', manager: event.by, at: now }, policy, now);
}

/** The technician goes back to choose another proof. */
export function backToProof(
  at: CaseAt<'awaiting-callback' | 'awaiting-manager' | 'awaiting-approval' | 'ready-to-issue'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return move(at, { kind: 'choosing-proof', lastAttempt: null }, now);
}

/** The caller is verified. Next comes the pass, or first a second person, unless something stops it. */
function proven(at: Case, proof: Proof, policy: Policy, now: Instant): Step {
  const stops = stopsFor(at.facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(at, stops, now);
  return towardsPass(at, proof, null, policy, now);
}

/** Ready to issue when no risk reason applies, or when the approval covers exactly this pass. Otherwise the approvers are asked. */
export function towardsPass(at: Case, proof: Proof, approval: Approval | null, policy: Policy, now: Instant): Moved {
  const reasons = riskReasonsFor(at.facts, proof, policy, now);
  const subject = approvalSubject(at, proof, policy, now);
  const covered = reasons.length === 0 || approval?.subject === subject;
  if (covered) return move(at, { kind: 'ready-to-issue', proof, approval, lastAttempt: null }, now);
  const state = { kind: 'awaiting-approval', proof, reasons, subject, since: now } as const;
  return move(at, state, now, [{ kind: 'ask-approvers', subject, reasons }]);
}

/**
 * Everything an approval covers, as one text: the case, the caller, the technician, the proof, the risk, the registered methods and
 * the pass to be issued. When any of it changes, the text changes, and the approval no longer counts.
 */
export function approvalSubject(at: Case, proof: Proof, policy: Policy, now: Instant): string {
  const methods =
    at.facts.methods.kind === 'read' ? at.facts.methods.value.map((method) => method.ref).sort() : ['unread'];
  const risk = at.facts.risk.kind === 'read' ? at.facts.risk.value.level : 'unread';
  return JSON.stringify([
    at.id,
    at.caller,
    at.technician,
    proof,
    riskReasonsFor(at.facts, proof, policy, now),
    risk,
    methods,
    passLifetime(at.facts, policy),
    passIsOneTime(at.facts, policy),
  ]);
}

/** An approver decided. The decision counts only for what their card showed, and never from the manager who vouched. */
export function approvalDecided(
  at: CaseAt<'awaiting-approval'>,
  event: EventOf<'approval-decided'>,
  policy: Policy,
  now: Instant,
): Step {
  const { proof, subject, since } = at.state;
  if (proof.kind === 'manager' && proof.manager === event.by) return refuse('approver-has-vouched');
  if (!event.reasonGiven) return refuse('reason-missing');
  if (!within(since, policy.approvalValidMinutes, now)) return refuse('approval-has-expired');
  if (event.subject !== subject) return refuse('approval-is-void');
  if (!event.approved) return close(at, { outcome: 'escalated', because: 'approval-denied', stops: [] }, now);
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(at, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  return move(
    at,
    { kind: 'ready-to-issue', proof, approval: { by: event.by, at: now, subject }, lastAttempt: null },
    now,
  );
}
