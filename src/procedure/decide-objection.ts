/**
 * "This was not me": the case ends, its pass is deleted and the leads are alarmed, in whatever state the case is. Whoever had the
 * pass may have registered a method with it, which stays: those methods are read, remembered and named as what must be removed.
 */
import type { Case, Closing } from './case.ts';
import { closingIn, end, type WithoutPass, type WithPass } from './decide-ending.ts';
import type { Effect } from './effects.ts';
import type { Instant, Reading } from './facts.ts';
import { isSameMethod, registeredSince } from './issued-passes.ts';
import { isOlder, type Policy } from './policy.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const OBJECTED: Closing = { outcome: 'escalated', because: 'caller-objected', stops: [] };

function effectsOf({ issued }: Case): readonly Effect[] {
  const effects: Effect[] = [{ kind: 'end-sessions' }, { kind: 'alarm-leads', alarm: 'caller-objected' }];
  if (issued !== null) effects.push({ kind: 'read-new-methods' });
  return effects;
}

/** "This was not me", while no pass is being created or deleted: the case ends, and so does its pass. */
export function callerObjected(
  at: CaseAt<WithoutPass | WithPass>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return end(at, OBJECTED, now, effectsOf(at));
}

/** "This was not me", while Graph creates the pass: it is deleted without being shown. */
export function objectedWhileIssuing(at: CaseAt<'issuing'>, _event: unknown, _policy: Policy, now: Instant): Step {
  if (closingIn(at.state.then)?.because === 'caller-objected') return unchanged();
  return move(at, { ...at.state, then: OBJECTED }, now, effectsOf(at));
}

/** "This was not me", while a pass is being deleted or looked for: the case closes afterwards instead of going on. */
export function objectedWhileSettling(
  at: CaseAt<'withdrawing-pass' | 'uncertain-pass'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return move(at, { ...at.state, then: OBJECTED }, now, effectsOf(at));
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
  if (isOlder(at.state.at, policy.objectionDays * DAY_MINUTES, now)) return refuse('objection-is-too-late');
  return move(at, at.state, now, effectsOf(at));
}

/**
 * The methods were read after an objection. The leads hear of what was registered since the pass was ordered, or that it could not
 * be read. A later read that fails takes nothing back, and one that brings nothing new alarms nobody twice.
 */
export function newMethodsRead(
  at: CaseAt<'issuing' | 'uncertain-pass' | 'withdrawing-pass' | 'closed'>,
  event: EventOf<'new-methods-read'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { issued, leftBehind: before } = at;
  if (issued === null) return unchanged();
  const leftBehind = mapped(event.methods, (methods) => registeredSince(issued, methods));
  if (leftBehind.kind === 'unread' && before !== null) return unchanged();
  const known = before?.kind === 'read' ? before.value : [];
  const news =
    leftBehind.kind === 'unread' || leftBehind.value.some((one) => !known.some((other) => isSameMethod(one, other)));
  const alarm: Effect = { kind: 'alarm-leads', alarm: 'methods-left-behind' };
  return move({ ...at, leftBehind }, at.state, now, news ? [alarm] : []);
}

function mapped<T>(reading: Reading<T>, change: (value: T) => T): Reading<T> {
  return reading.kind === 'read' ? { kind: 'read', value: change(reading.value) } : reading;
}
