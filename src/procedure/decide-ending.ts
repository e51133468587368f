/**
 * How a case ends. Without a pass it closes at once. With one, the pass is deleted first: no case closes while a pass that was
 * created for it may still work.
 */
import type { AfterPass, Case, Closing, IssuedPass } from './case.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import { within, type Policy } from './policy.ts';
import type { Stop } from './stops.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

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

const DAY_MINUTES = 24 * 60;

/**
 * "This was not me", after the case was closed: there is no pass to delete, but the leads are alarmed, and the objection blocks
 * new passes for this caller. The owner's button is good for `objectionDays`; the manager's only while the case is open, because
 * afterwards it protects no pass any more and would only keep the caller out.
 */
export function objectedAfterwards(
  at: CaseAt<'closed'>,
  event: EventOf<'caller-objected'>,
  policy: Policy,
  now: Instant,
): Step {
  if (event.by !== at.caller) return refuse('objection-after-the-case');
  if (!within(at.state.at, policy.objectionDays * DAY_MINUTES, now)) return refuse('objection-is-too-late');
  return move(at, at.state, now, OBJECTION_EFFECTS);
}

const SOMEONE_ELSE: Closing = { outcome: 'escalated', because: 'someone-else-answered', stops: [] };
const SOMEONE_ELSE_EFFECTS: readonly Effect[] = [{ kind: 'alarm-leads', alarm: 'someone-else-answered' }];

/**
 * Somebody else answered the number on record. The technician may report it late, after they went back, chose another proof or
 * even issued the pass: bad news never expires, so the case ends, its pass is deleted, and the leads are alarmed. Any other outcome
 * belongs to the callback that is under way, and there is none.
 */
export function someoneElseAnswered(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'callback-recorded'>,
  _policy: Policy,
  now: Instant,
): Step {
  return isBadNews(event) ? end(at, SOMEONE_ELSE, now, SOMEONE_ELSE_EFFECTS) : refuse('not-in-this-state');
}

/** The same while a pass is being deleted or looked for: the case ends afterwards instead of going on. */
export function someoneElseWhileSettling(
  at: CaseAt<'withdrawing-pass' | 'uncertain-pass'>,
  event: EventOf<'callback-recorded'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (!isBadNews(event)) return refuse('not-in-this-state');
  // Pressed twice, the leads are alarmed once; and an objection that was recorded before stays the reason.
  if (endsWith(at.state.then)) return unchanged();
  return move(at, { ...at.state, then: SOMEONE_ELSE }, now, SOMEONE_ELSE_EFFECTS);
}

/** The same after the case was closed: the card was pressed late, and the leads hear of it all the same. */
export function someoneElseAfterwards(
  at: CaseAt<'closed'>,
  event: EventOf<'callback-recorded'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (!isBadNews(event)) return refuse('not-in-this-state');
  if (endsWith(at.state.closing)) return unchanged();
  return move(at, { ...at.state, closing: SOMEONE_ELSE }, now, SOMEONE_ELSE_EFFECTS);
}

function isBadNews({ outcome }: EventOf<'callback-recorded'>): boolean {
  return outcome === 'answered-by-someone-else';
}

/** Whether a case ends, or ended, for a reason of which the leads were told. */
function endsWith(then: AfterPass): boolean {
  if (typeof then === 'string' || 'kind' in then) return false;
  return then.because === 'someone-else-answered' || then.because === 'caller-objected';
}

/** Where a case goes when its order ends without a usable pass: it closes after an objection, otherwise a new proof is needed. */
export function afterOrder(objected: boolean): Closing | 'choosing-proof' {
  return objected ? OBJECTED : 'choosing-proof';
}
