/**
 * How a case ends. Without a pass it closes at once. With one, the pass is deleted first: no case closes while a pass that was
 * created for it may still work.
 */
import type { AfterPass, Case, Closing, IssuedPass } from './case.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import { within, type Policy } from './policy.ts';
import type { Stop } from './stops.ts';
import { move, unchanged, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

const OBJECTED: Closing = { outcome: 'escalated', because: 'caller-objected', stops: [] };
const OBJECTION_EFFECTS: readonly Effect[] = [
  { kind: 'end-sessions' },
  { kind: 'alarm-leads', alarm: 'caller-objected' },
];

/** Closes a case that holds no pass. */
export function close(from: Case, closing: Closing, now: Instant, effects: readonly Effect[] = []): Moved {
  return move(from, { kind: 'closed', at: now, closing }, now, effects);
}

/** Closes a case because of stops: a colleague outside the helpdesk has to take over. */
export function escalateStopped(from: Case, stops: readonly Stop[], now: Instant): Moved {
  return close(from, { outcome: 'escalated', because: 'stopped', stops }, now);
}

/** Has the pass deleted and then continues with `then`. A pass whose lifetime is over needs no deletion. */
export function withdraw(
  from: Case,
  pass: IssuedPass,
  then: Closing | 'choosing-proof',
  now: Instant,
  effects: readonly Effect[] = [],
): Step {
  if (now >= pass.usableUntil) return arriveWithoutPass(from, then, now, effects);
  const state = { kind: 'withdrawing-pass', pass, since: now, then } as const;
  return move(from, state, now, [{ kind: 'delete-pass', passId: pass.passId }, ...effects]);
}

/** Continues where a deleted pass was meant to lead. A proof that is too old by now has to be given again. */
export function arrive(from: Case, then: AfterPass, policy: Policy, now: Instant): Step {
  if (typeof then === 'string' || !('kind' in then)) return arriveWithoutPass(from, then, now);
  const { proof, approvals } = then;
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(from, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  return move(from, { kind: 'ready-to-issue', proof, approvals, lastAttempt: 'pass-never-shown' }, now);
}

/** Continues where an order was meant to lead that ended without a usable pass: it closes, or a proof has to be chosen again. */
export function arriveWithoutPass(
  from: Case,
  then: Closing | 'choosing-proof',
  now: Instant,
  effects: readonly Effect[] = [],
  lastAttempt: 'pass-withdrawn' | 'pass-unconfirmed' = 'pass-withdrawn',
): Step {
  if (then === 'choosing-proof') return move(from, { kind: 'choosing-proof', lastAttempt }, now, effects);
  return close(from, then, now, effects);
}

/** The pass is deleted, so the case goes on. */
export function passDeleted(at: CaseAt<'withdrawing-pass'>, _event: unknown, policy: Policy, now: Instant): Step {
  return arrive(at, at.state.then, policy, now);
}

type WithoutPass =
  | 'asking-methods'
  | 'choosing-proof'
  | 'awaiting-callback'
  | 'awaiting-manager'
  | 'awaiting-approval'
  | 'ready-to-issue';
type WithPass = 'awaiting-backup-method' | 'awaiting-self-service';

/** The technician escalates the case. */
export function escalated(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'escalated'>,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, { outcome: 'escalated', because: event.because, stops: [] }, now);
}

/** The technician ends the case without a solution. */
export function abandoned(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'abandoned'>,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, { outcome: 'abandoned', because: event.because }, now);
}

function end(
  at: CaseAt<WithoutPass | WithPass>,
  closing: Closing,
  now: Instant,
  effects: readonly Effect[] = [],
): Step {
  const pass = 'pass' in at.state ? at.state.pass : null;
  return pass === null ? close(at, closing, now, effects) : withdraw(at, pass, closing, now, effects);
}

/** "This was not me", while no pass is being created or deleted: the case ends, and so does its pass. */
export function callerObjected(
  at: CaseAt<WithoutPass | WithPass>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, OBJECTED, now, OBJECTION_EFFECTS);
}

/** "This was not me", while Graph creates the pass: it is deleted without being shown. */
export function objectedWhileIssuing(at: CaseAt<'issuing'>, _event: unknown, _policy: Policy, now: Instant): Step {
  if (at.state.objected) return unchanged();
  return move(at, { ...at.state, objected: true }, now, OBJECTION_EFFECTS);
}

/** "This was not me", while a pass is being deleted or looked for: the case closes afterwards instead of going on. */
export function objectedWhileSettling(
  at: CaseAt<'withdrawing-pass' | 'uncertain-pass'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return move(at, { ...at.state, then: OBJECTED }, now, OBJECTION_EFFECTS);
}

/**
 * "This was not me", after the case was closed: there is no pass to delete, but the leads are alarmed, and the objection blocks
 * new passes for this caller.
 */
export function objectedAfterwards(at: CaseAt<'closed'>, _event: unknown, _policy: Policy, now: Instant): Step {
  return move(at, at.state, now, OBJECTION_EFFECTS);
}

/** Where a case goes when its order ends without a usable pass: it closes after an objection, otherwise a new proof is needed. */
export function afterOrder(objected: boolean): Closing | 'choosing-proof' {
  return objected ? OBJECTED : 'choosing-proof';
}
