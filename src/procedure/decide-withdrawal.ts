/**
 * Whether a pass that was deleted is gone. Graph answers from many servers, and one that lags behind says "not found" of a pass
 * that still signs in. So one look proves nothing: a second one, some time later, has to agree. Their distance is measured by
 * Microsoft's clock, because ours may be wrong, or be set meanwhile.
 */
import { arrive } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import type { Policy } from './policy.ts';
import { move, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const SECOND = 1000;

/** A look found the pass gone. The second one that does, `settleSeconds` after the first, lets the case go on. */
export function passDeleted(
  at: CaseAt<'withdrawing-pass'>,
  event: EventOf<'pass-deleted'>,
  policy: Policy,
  now: Instant,
): Step {
  const { firstGoneAt, then } = at.state;
  if (firstGoneAt === null) return move(at, { ...at.state, firstGoneAt: event.at }, now);
  if (event.at - firstGoneAt < policy.settleSeconds * SECOND) return unchanged();
  return arrive(at, then, policy, now);
}

/** Graph lists the pass as alive. An earlier look that did not find it was wrong, so the looks begin again. */
export function passStillThere(at: CaseAt<'withdrawing-pass'>, _event: unknown, _policy: Policy, now: Instant): Step {
  if (at.state.firstGoneAt === null) return unchanged();
  return move(at, { ...at.state, firstGoneAt: null }, now);
}

/**
 * Whether to delete and look once more. After a first look there is time until the second, and until then nothing is asked. Our
 * clock only says when it is worth asking: when it was set, in whichever direction, the question comes early.
 */
export function isTimeToLook({ movedAt, state }: CaseAt<'withdrawing-pass'>, policy: Policy, now: Instant): boolean {
  return state.firstGoneAt === null || Math.abs(now - movedAt) >= policy.settleSeconds * SECOND;
}
