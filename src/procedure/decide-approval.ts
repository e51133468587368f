/**
 * The second person: when one is needed, what exactly they approve, and what their decision does.
 */
import type { Approval, Case, Proof } from './case.ts';
import { denied } from './decide-denial.ts';
import type { Instant } from './facts.ts';
import { passIsOneTime, passLifetime, within, type Policy } from './policy.ts';
import { alarmOnce } from './helpdesk-account.ts';
import { reasonsToShow, secondPersonsFor, standingReasons } from './risk.ts';
import { agreesAs, stillNeeded } from './second-persons.ts';
import { move, refuse, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

const MINUTE_MS = 60_000;

/**
 * Ready to issue when no risk reason applies, or when everybody who has to has approved exactly this pass. Otherwise the second
 * persons are asked. `given`: the approvals that are not too old; those of another pass do not count.
 */
export function towardsPass(at: Case, proof: Proof, given: readonly Approval[], policy: Policy, now: Instant): Moved {
  const reasonsFound = standingReasons(at, proof, policy, now);
  const needs = secondPersonsFor(reasonsFound);
  const subject = approvalSubject(at, proof, policy, now);
  const approvals = given.filter((approval) => approval.subject === subject);
  if (needs === null || stillNeeded(needs, approvals).length === 0) {
    return move(at, { kind: 'ready-to-issue', proof, approvals, lastAttempt: null }, now);
  }
  const reasons = reasonsToShow(at, proof, policy, now);
  const asking = { proof, reasons, needs, approvals, subject, since: now, lastAttempt: null } as const;
  const state = { kind: 'awaiting-approval', ...asking } as const;
  const asked = alarmOnce(move(at, state, now, [{ kind: 'ask-approvers', subject, reasons, needs }]));
  return { ...asked, case: { ...asked.case, reasonsFound } };
}

/**
 * Everything an approval covers, as one text: the case, the caller, the technician, the proof, the risk, the registered methods and
 * the pass to be issued. When any of it changes, the text changes, and the approval no longer counts.
 */
export function approvalSubject(at: Case, proof: Proof, policy: Policy, now: Instant): string {
  const methods =
    at.facts.methods.kind === 'read'
      ? at.facts.methods.value.map(({ ref, digest }) => `${ref} ${digest ?? ''}`).sort()
      : ['unread'];
  // A risk that is unread is no change by itself: *Issue* needs it read, and asks again where it is then another one.
  const risk = at.facts.risk.kind === 'read' ? at.facts.risk.value.level : 'none';
  return JSON.stringify([
    at.id,
    at.caller,
    at.technician,
    proof,
    standingReasons(at, proof, policy, now),
    risk,
    methods,
    passLifetime(at.facts, policy),
    passIsOneTime(at.facts, policy),
  ]);
}

/** Until when the question to the second persons can be answered: an approval is never valid longer than its proof. */
export function approvalEndsAt(
  { since, proof }: CaseAt<'awaiting-approval'>['state'],
  { approvalValidMinutes, proofValidMinutes }: Pick<Policy, 'approvalValidMinutes' | 'proofValidMinutes'>,
): Instant {
  return Math.min(since + approvalValidMinutes * MINUTE_MS, proof.at + proofValidMinutes * MINUTE_MS) as Instant;
}

/** An approver decided. A yes counts only for what their card showed, and never from the manager who vouched; a no always counts. */
export function approvalDecided(
  at: CaseAt<'awaiting-approval'>,
  event: EventOf<'approval-decided'>,
  policy: Policy,
  now: Instant,
): Step {
  const { proof, subject, since, needs } = at.state;
  if (!event.approved) return denied(at, event, policy, now);
  if (proof.kind === 'manager' && proof.manager === event.by) return refuse('approver-has-vouched');
  if (!event.reasonGiven) return refuse('reason-missing');
  if (event.subject !== subject) return refuse('approval-is-void');
  if (!within(since, policy.approvalValidMinutes, now)) return refuse('approval-has-expired');
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(at, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  if (at.state.approvals.some(({ by }) => by === event.by)) return refuse('approver-has-approved');
  const as = agreesAs(event.roles, stillNeeded(needs, at.state.approvals));
  if (as === null) return refuse(event.roles.includes('lead') ? 'approver-needed' : 'lead-needed');
  const approvals = [...at.state.approvals, { by: event.by, as, at: now, subject }];
  if (stillNeeded(needs, approvals).length > 0) return move(at, { ...at.state, approvals }, now);
  return move(at, { kind: 'ready-to-issue', proof, approvals, lastAttempt: null }, now);
}
