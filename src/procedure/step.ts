/**
 * The types of a decision and the three answers it can give. A decision only returns data; carrying it out is casework's part.
 */
import type { Case, CaseState, Refusal, StateName } from './case.ts';
import type { Effect } from './effects.ts';
import type { CaseEvent, EventName } from './events.ts';
import type { Instant, MissingPart } from './facts.ts';
import type { Policy } from './policy.ts';
import type { PlainRefusalCode } from './refusals.ts';

/** The answer of `step()`. Even an unchanged case can need an effect, such as looking for a pass once more. */
export type Step =
  | Moved
  | { readonly kind: 'unchanged'; readonly effects: readonly Effect[] }
  /** `keep`: the case with the facts that were read for the refused press, to be stored all the same; otherwise `null`. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly keep: Case | null };

/** The answer that moves a case. */
export interface Moved {
  readonly kind: 'moved';
  readonly case: Case;
  readonly effects: readonly Effect[];
}

/** A case in the state S. */
export type CaseAt<S extends StateName> = Case & { readonly state: Extract<CaseState, { kind: S }> };

/** The event named E. */
export type EventOf<E extends EventName> = Extract<CaseEvent, { kind: E }>;

/** One row of the table: the states it can lead to, and the decision. */
export interface Row<S extends StateName, E extends EventName> {
  /** Every state that this row can lead to. The diagram is drawn from it, and a test checks the decisions against it. */
  readonly to: readonly StateName[];
  readonly decide: (at: CaseAt<S>, event: EventOf<E>, policy: Policy, now: Instant) => Step;
}

/** The answer that moves a case to a state, with the effects that follow. */
export function move(from: Case, state: CaseState, now: Instant, effects: readonly Effect[] = []): Moved {
  return { kind: 'moved', case: { ...from, movedAt: now, state }, effects };
}

/** The answer that leaves the case as it is, with effects to repeat if there are any. */
export function unchanged(effects: readonly Effect[] = []): Step {
  return { kind: 'unchanged', effects };
}

/** The answer that refuses an event. */
export function refuse(code: PlainRefusalCode, keep: Case | null = null): Step {
  return { kind: 'refused', refusal: { code }, keep };
}

/** The answer that refuses a callback that nobody can have made in this time. The same report works once the time is over. */
export function refuseTooQuick(seconds: number): Step {
  return { kind: 'refused', refusal: { code: 'callback-too-quick', seconds }, keep: null };
}

/** The answer that refuses an event because facts that it needs could not be read. The case stays where it is. */
export function refuseUnread(missing: readonly MissingPart[], keep: Case | null = null): Step {
  return { kind: 'refused', refusal: { code: 'facts-unread', missing }, keep };
}
