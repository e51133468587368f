/**
 * The press on *Issue*: every check is repeated with facts that were read for it. What was read and forbids a pass ends the case;
 * what was read and takes the proof away leads back to the choice of a proof; what could not be read leaves everything as it is.
 */
import { escalateStopped } from './decide-ending.ts';
import { towardsPass } from './decide-approval.ts';
import type { Instant, MissingPart } from './facts.ts';
import { withoutOwnPass } from './issued-passes.ts';
import { missingForPass } from './missing.ts';
import { within, passIsOneTime, passLifetime, type Policy } from './policy.ts';
import { checkProof } from './proof-check.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, refuseUnread, type CaseAt, type EventOf, type Step } from './step.ts';

/**
 * *Issue* was pressed. A refusal keeps state, proof and approval, and the facts that were read, so that the card shows what is
 * missing. Too little time left refuses only the order itself: whatever else the facts lead to needs no answer from Graph.
 */
export function issuePressed(
  at: CaseAt<'ready-to-issue'>,
  event: EventOf<'issue-pressed'>,
  policy: Policy,
  now: Instant,
): Step {
  const facts = withoutOwnPass(event.facts, at);
  const { proof } = at.state;
  const fresh = { ...at, facts };
  const stops = stopsFor(facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(fresh, stops, now);
  const missingOfAnyPass = missingForPass(facts, policy);
  // Without the time, nobody knows how old the proof is: it is neither taken nor taken away.
  if (missingOfAnyPass.some(({ part }) => part === 'clock')) return refuseUnread(missingOfAnyPass, fresh);
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(fresh, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  const checked = checkProof(proof, fresh, policy, now);
  if (checked.kind === 'fallen') return move(fresh, { kind: 'choosing-proof', lastAttempt: checked.why }, now);
  const missing = [...missingOfAnyPass, ...checked.missing, ...missingOfApprovals(at, event)];
  if (missing.length > 0) return refuseUnread(missing, fresh);
  const inTime = at.state.approvals.filter((given) => within(given.at, policy.approvalValidMinutes, now));
  const approvals = inTime.filter(({ by }) => event.stillMay.kind === 'read' && event.stillMay.value.includes(by));
  const next = towardsPass(fresh, proof, approvals, policy, now);
  const { state: nextState } = next.case;
  if (nextState.kind === 'awaiting-approval' && approvals.length < inTime.length) {
    return { ...next, case: { ...next.case, state: { ...nextState, lastAttempt: 'approver-gone' } } };
  }
  if (nextState.kind !== 'ready-to-issue') return next;
  if (event.timeLeft === 'too-little') return refuse('too-slow', fresh);
  const order = {
    orderId: event.orderId,
    lifetimeMinutes: passLifetime(facts, policy),
    oneTime: passIsOneTime(facts, policy),
    orderedAt: now,
    passBefore: facts.existingPass.kind === 'read' ? (facts.existingPass.value?.passId ?? null) : null,
  };
  const state = { kind: 'issuing', proof, approvals: nextState.approvals, order, then: null } as const;
  return move(fresh, state, now, [{ kind: 'create-pass', order }]);
}

/** Whoever approved has to be read again: somebody who was dismissed since does not approve anything. */
function missingOfApprovals(
  at: CaseAt<'ready-to-issue'>,
  { stillMay }: EventOf<'issue-pressed'>,
): readonly MissingPart[] {
  return at.state.approvals.length === 0 || stillMay.kind === 'read' ? [] : [{ part: 'approvers', why: stillMay.why }];
}
