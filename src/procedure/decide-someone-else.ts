/**
 * Somebody else answered the number on record. Bad news never expires: the case ends, its pass is deleted, and the leads are
 * alarmed, in whatever state the case is when it is reported.
 */
import type { Closing } from './case.ts';
import { closingIn, end, type WithoutPass, type WithPass } from './decide-ending.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import type { Policy } from './policy.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

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

/** The same while a pass is being created, deleted or looked for: the case ends afterwards instead of going on. */
export function someoneElseWhileSettling(
  at: CaseAt<'issuing' | 'withdrawing-pass' | 'uncertain-pass'>,
  event: EventOf<'callback-recorded'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (!isBadNews(event)) return refuse('not-in-this-state');
  // Pressed twice, the leads are alarmed once; and an objection that was recorded before stays the reason.
  if (wasAlarmed(closingIn(at.state.then))) return unchanged();
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
  if (wasAlarmed(at.state.closing)) return unchanged();
  return move(at, { ...at.state, closing: SOMEONE_ELSE }, now, SOMEONE_ELSE_EFFECTS);
}

function isBadNews({ outcome }: EventOf<'callback-recorded'>): boolean {
  return outcome === 'answered-by-someone-else';
}

/** Whether a case ends, or ended, for a reason of which the leads were told. */
function wasAlarmed(closing: Closing | null): boolean {
  return closing?.because === 'someone-else-answered' || closing?.because === 'caller-objected';
}
