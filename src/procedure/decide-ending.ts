/**
 * How a case ends: closed at once where no pass can be alive, and through the withdrawal of the pass where one may be.
 * The one rule kept here: no case closes while a pass of ours may still work.
 */
import type { Case, Closing, IssuedPass } from './case.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import type { Policy } from './policy.ts';
import type { Stop } from './stops.ts';
import { move, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const OBJECTED: Closing = { outcome: 'escalated', because: 'caller-objected', stops: [] };
const OBJECTION_EFFECTS: readonly Effect[] = [
  { kind: 'end-sessions' },
  { kind: 'alarm-leads', alarm: 'caller-objected' },
];

/** Closes a case that holds no pass. */
export function close(from: Case, closing: Closing, now: Instant, effects: readonly Effect[] = []): Step {
  return move(from, { kind: 'closed', at: now, closing }, now, effects);
}

/** Closes because guards stand in the way. */
export function escalateStopped(from: Case, stops: readonly Stop[], now: Instant): Step {
  return close(from, { outcome: 'escalated', because: 'stopped', stops }, now);
}

/** Takes the pass back and goes on to `then`; at once when its lifetime is over. */
export function withdraw(
  from: Case,
  pass: IssuedPass,
  then: Closing | 'choosing-proof',
  now: Instant,
  effects: readonly Effect[] = [],
): Step {
  if (now >= pass.usableUntil) return arrive(from, then, now, effects);
  const state = { kind: 'withdrawing-pass', pass, since: now, then } as const;
  return move(from, state, now, [{ kind: 'delete-pass', passId: pass.passId }, ...effects]);
}

/** Goes where a withdrawal or an unanswered order was meant to lead, now that no pass is alive. */
export function arrive(
  from: Case,
  then: Closing | 'choosing-proof',
  now: Instant,
  effects: readonly Effect[] = [],
  lastAttempt: 'pass-withdrawn' | 'pass-unconfirmed' = 'pass-withdrawn',
): Step {
  if (then === 'choosing-proof') return move(from, { kind: 'choosing-proof', lastAttempt }, now, effects);
  return close(from, then, now, effects);
}

/** The pass is gone: on to where the withdrawal leads. */
export function passDeleted(at: CaseAt<'withdrawing-pass'>, _event: unknown, _policy: Policy, now: Instant): Step {
  return arrive(at, at.state.then, now);
}

type WithoutPass =
  | 'asking-methods'
  | 'choosing-proof'
  | 'awaiting-callback'
  | 'awaiting-manager'
  | 'awaiting-approval'
  | 'ready-to-issue';
type WithPass = 'awaiting-backup-method' | 'awaiting-self-service';

/** The technician hands the case on. */
export function escalated(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'escalated'>,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, { outcome: 'escalated', because: event.because, stops: [] }, now);
}

/** The technician gives the case up. */
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

/** "This was not me", while no order is under way. Only the owner of the account or their manager can say so. */
export function callerObjected(
  at: CaseAt<WithoutPass | WithPass>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, OBJECTED, now, OBJECTION_EFFECTS);
}

/** "This was not me", while Graph is being asked: whatever comes back is deleted unseen. */
export function objectedWhileIssuing(at: CaseAt<'issuing'>, _event: unknown, _policy: Policy, now: Instant): Step {
  if (at.state.objected) return unchanged();
  return move(at, { ...at.state, objected: true }, now, OBJECTION_EFFECTS);
}

/** "This was not me", while a pass is being taken back or looked for: the case will not go on afterwards. */
export function objectedWhileSettling(
  at: CaseAt<'withdrawing-pass' | 'uncertain-pass'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return move(at, { ...at.state, then: OBJECTED }, now, OBJECTION_EFFECTS);
}

/** "This was not me", after the case closed: nothing to take back, but the leads must know and new passes wait. */
export function objectedAfterwards(at: CaseAt<'closed'>, _event: unknown, _policy: Policy, now: Instant): Step {
  return move(at, at.state, now, OBJECTION_EFFECTS);
}

/** Where an order that was objected to must lead. */
export function afterOrder(objected: boolean): Closing | 'choosing-proof' {
  return objected ? OBJECTED : 'choosing-proof';
}
