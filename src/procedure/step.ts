/**
 * The shapes a decision is made of, and the three answers it can give.
 * The one rule kept here: a decision returns data; it does nothing.
 */
import type { Case, CaseState, Refusal, StateName } from './case.ts';
import type { Effect } from './effects.ts';
import type { CaseEvent, EventName } from './events.ts';
import type { Instant } from './facts.ts';
import type { Policy } from './policy.ts';
import type { RefusalCode } from './refusals.ts';

/** The answer of `step()`. `unchanged` may still want something done, such as looking for a pass once more. */
export type Step =
  | { readonly kind: 'moved'; readonly case: Case; readonly effects: readonly Effect[] }
  | { readonly kind: 'unchanged'; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A case known to be in the state S. */
export type CaseAt<S extends StateName> = Case & { readonly state: Extract<CaseState, { kind: S }> };

/** The event named E. */
export type EventOf<E extends EventName> = Extract<CaseEvent, { kind: E }>;

/** One row of the table: where it may lead, and how it decides. */
export interface Row<S extends StateName, E extends EventName> {
  /** Every state this row can lead to. The diagram is drawn from it; a test holds the decisions to it. */
  readonly to: readonly StateName[];
  readonly decide: (at: CaseAt<S>, event: EventOf<E>, policy: Policy, now: Instant) => Step;
}

/** The case moves to a state, at a time, and these effects follow. */
export function move(from: Case, state: CaseState, now: Instant, effects: readonly Effect[] = []): Step {
  return { kind: 'moved', case: { ...from, movedAt: now, state }, effects };
}

/** Nothing to write down; perhaps something to look at again. */
export function unchanged(effects: readonly Effect[] = []): Step {
  return { kind: 'unchanged', effects };
}

/** No, and why. */
export function refuse(code: RefusalCode): Step {
  return { kind: 'refused', refusal: { code, stops: [] } };
}
