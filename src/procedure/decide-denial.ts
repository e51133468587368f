/**
 * An approver's no. It ends the case in whatever state it is: the technician may have gone back meanwhile, asked somebody else, or
 * issued the pass. Nobody gets around a no by being quicker than it.
 */
import type { Case, Closing } from './case.ts';
import { closingIn, end, type WithoutPass, type WithPass } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { isOlder, type Policy } from './policy.ts';
import type { PlainRefusalCode } from './refusals.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const DENIED: Closing = { outcome: 'escalated', because: 'approval-denied', stops: [] };

/** An approver decided while no pass is being created or deleted. A no ends the case, and its pass; a yes belongs to an open question. */
export function denied(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'approval-decided'>,
  _policy: Policy,
  now: Instant,
): Step {
  const refusal = whyNoDenial(at, event);
  return refusal === null ? end(at, DENIED, now) : refuse(refusal);
}

/** The same while a pass is being created, deleted or looked for: the case ends afterwards instead of going on. */
export function deniedWhileSettling(
  at: CaseAt<'issuing' | 'withdrawing-pass' | 'uncertain-pass'>,
  event: EventOf<'approval-decided'>,
  _policy: Policy,
  now: Instant,
): Step {
  const refusal = whyNoDenial(at, event);
  if (refusal !== null) return refuse(refusal);
  // An ending that looked good gives way to a no; one that was bad news keeps its reason.
  return closingIn(at.state.then)?.outcome === 'escalated' ? unchanged() : move(at, { ...at.state, then: DENIED }, now);
}

/** The same after the case was closed, so that closing a case and opening the next is no way around it: it is remembered. */
export function deniedAfterwards(
  at: CaseAt<'closed'>,
  event: EventOf<'approval-decided'>,
  { noSticksHours }: Policy,
  now: Instant,
): Step {
  const { state } = at;
  const refusal = whyNoDenial(at, event);
  if (refusal !== null) return refuse(refusal);
  if (isOlder(state.at, noSticksHours * 60, now)) return refuse('not-in-this-state');
  return state.closing.because === 'approval-denied' ? unchanged() : move(at, state, now);
}

/** Where nobody was asked for a second person, there is nothing to deny. */
function whyNoDenial({ reasonsFound, state }: Case, event: EventOf<'approval-decided'>): PlainRefusalCode | null {
  const asked = state.kind === 'awaiting-approval' || reasonsFound.length > 0;
  if (event.approved || !asked) return 'not-in-this-state';
  return event.reasonGiven ? null : 'reason-missing';
}
