/**
 * How a case ends. Without a pass it closes at once. With one, the pass is deleted first: no case closes while a pass that was
 * created for it may still work. Our clock has no say in that: a pass whose time seems to be over is deleted like any other.
 */
import type { AfterPass, Case, Closing, IssuedPass } from './case.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import { within, type Policy } from './policy.ts';
import type { Stop } from './stops.ts';
import { move, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

/** Closes a case that holds no pass. */
export function close(from: Case, closing: Closing, now: Instant, effects: readonly Effect[] = []): Moved {
  return move(from, { kind: 'closed', at: now, closing }, now, effects);
}

/** Closes a case because of stops: a colleague outside the helpdesk has to take over. */
export function escalateStopped(from: Case, stops: readonly Stop[], now: Instant): Moved {
  return close(from, { outcome: 'escalated', because: 'stopped', stops }, now);
}

/** Has the pass deleted, and continues with `then` once it is certain that it is gone. */
export function withdraw(
  from: Case,
  pass: IssuedPass,
  then: AfterPass,
  now: Instant,
  effects: readonly Effect[] = [],
): Step {
  const state = { kind: 'withdrawing-pass', pass, since: now, then, firstGoneAt: null } as const;
  return move(from, state, now, [{ kind: 'delete-pass', passId: pass.passId }, ...effects]);
}

/** Continues where a deleted pass was meant to lead. A proof that is too old by now has to be given again. */
export function arrive(from: Case, then: AfterPass, policy: Policy, now: Instant): Step {
  if (typeof then === 'string' || !('kind' in then)) return arriveWithoutPass(from, then, now, lastLook(from, then));
  if (then.kind === 'follow-reset') {
    const { since, progress } = then;
    return move(from, { kind: 'awaiting-self-service', since, progress, pass: null }, now);
  }
  const { proof, approvals } = then;
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(from, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  return move(from, { kind: 'ready-to-issue', proof, approvals, lastAttempt: 'pass-never-shown' }, now);
}

/** The closing among what comes after a pass, or null when the case goes on from there. */
export function closingIn(then: AfterPass | null): Closing | null {
  return then === null || typeof then === 'string' || 'kind' in then ? null : then;
}

/** After "This was not me": with the pass gone, nothing more can be registered with it, so what is there now is what is left. */
function lastLook({ issued }: Case, then: Closing | 'choosing-proof'): readonly Effect[] {
  const objected = closingIn(then)?.because === 'caller-objected';
  return objected && issued !== null ? [{ kind: 'read-new-methods' }] : [];
}

/** Continues where an order was meant to lead that ended without a usable pass: it closes, or a proof has to be chosen again. */
export function arriveWithoutPass(
  from: Case,
  then: Closing | 'choosing-proof',
  now: Instant,
  effects: readonly Effect[],
  lastAttempt: 'pass-withdrawn' | 'pass-unconfirmed' | 'manager-declined' = 'pass-withdrawn',
): Step {
  if (then === 'choosing-proof') return move(from, { kind: 'choosing-proof', lastAttempt }, now, effects);
  return close(from, then, now, effects);
}

/** The states of a case that has no pass. */
export type WithoutPass =
  | 'asking-methods'
  | 'choosing-proof'
  | 'awaiting-callback'
  | 'awaiting-manager'
  | 'awaiting-approval'
  | 'ready-to-issue';
/** The states of a case whose pass was shown. */
export type WithPass = 'awaiting-backup-method' | 'awaiting-self-service';

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

/** Closes the case, or has its pass deleted first. */
export function end(
  at: CaseAt<WithoutPass | WithPass>,
  closing: Closing,
  now: Instant,
  effects: readonly Effect[] = [],
): Step {
  const pass = 'pass' in at.state ? at.state.pass : null;
  return pass === null ? close(at, closing, now, effects) : withdraw(at, pass, closing, now, effects);
}
