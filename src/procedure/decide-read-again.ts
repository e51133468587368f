/**
 * Reading the facts again while no pass exists: because the technician asked for it, or because the bot tries again by itself
 * what could not be read. The state of the case and its proof stay. Only a stop that was read ends the case.
 */
import { towardsPass } from './decide-approval.ts';
import { escalateStopped } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { keepWhatWasRead, saySame } from './kept-facts.ts';
import type { Policy } from './policy.ts';
import { stopsFor } from './stops.ts';
import { move, unchanged, type CaseAt, type EventOf, type Moved, type Step } from './step.ts';

type WithoutPass =
  | 'asking-methods'
  | 'choosing-proof'
  | 'awaiting-callback'
  | 'awaiting-manager'
  | 'awaiting-approval'
  | 'ready-to-issue';

/**
 * The facts were read again. A technician who asks sees what this read gave. A read by the bot itself only adds to what is
 * known: what was read before stays when it cannot be read this time, and a read that brings nothing new leaves the case as it
 * is. While a second person is asked, they are asked anew when what they would approve has changed.
 */
export function snapshotReadAgain(
  at: CaseAt<WithoutPass>,
  event: EventOf<'snapshot-read-again'>,
  policy: Policy,
  now: Instant,
): Step {
  if (event.facts.readAt < at.facts.readAt) return unchanged();
  const known = keepWhatWasRead(at.facts, event.facts);
  const byItself = event.by === 'hardline';
  const facts = byItself ? known : event.facts;
  const stops = stopsFor(facts, at.technician, at.caller, policy);
  if (stops.some((stop) => stop.reach === 'case')) return escalateStopped({ ...at, facts }, stops, now);
  const asked = askedAnew({ ...at, facts: known }, policy, now);
  if (asked !== null) return { ...asked, case: { ...asked.case, facts } };
  const refreshed = move({ ...at, facts }, at.state, now);
  if (!byItself) return refreshed;
  if (saySame(at.facts, facts)) return unchanged();
  // Nobody worked on the case, so it gets no younger: a case whose facts stay unread expires like any other.
  return { ...refreshed, case: { ...refreshed.case, movedAt: at.movedAt } };
}

/** The question to the approvers about what is known now; `null` when nobody is asked, or when it is still the same question. */
function askedAnew(at: CaseAt<WithoutPass>, policy: Policy, now: Instant): Moved | null {
  if (at.state.kind !== 'awaiting-approval') return null;
  const next = towardsPass(at, at.state.proof, [], policy, now);
  const { state } = next.case;
  // Where no reason is left, the question that was asked still has to be answered: a "no" must not be lost.
  return state.kind === 'awaiting-approval' && state.subject !== at.state.subject ? next : null;
}
