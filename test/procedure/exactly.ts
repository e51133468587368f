/** Exact steps: where the case stands afterwards, and everything that follows from it. */
import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { Effect } from '../../src/procedure/effects.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, Instant } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import type { Policy } from '../../src/procedure/policy.ts';
import { caseIn, NOW, POLICY } from './people.ts';

/** What a step is asked about, beside the state and the event. */
export interface Context {
  readonly facts?: Partial<CallerFacts>;
  readonly policy?: Partial<Policy>;
  readonly now?: Instant;
  readonly atHand?: readonly string[];
  readonly issued?: Case['issued'];
}

/** Takes one step and gives the state and the effects, whole. */
export function take(state: CaseState, event: CaseEvent, context: Context = {}) {
  const { atHand = [], issued = null } = context;
  const at: Case = { ...caseIn(state, context.facts), atHand, issued };
  const now = context.now ?? NOW;
  const result = step(at, event, { ...POLICY, ...context.policy }, now);
  if (result.kind === 'refused') return { refused: result.refusal.code };
  if (result.kind === 'unchanged') return { stays: true, effects: result.effects };
  assert.equal(result.case.movedAt, now);
  return { to: result.case.state, effects: result.effects };
}

/** The same, in the words of a test. */
export function leadsTo(to: CaseState, ...effects: readonly Effect[]) {
  return { to, effects };
}

export const STAYS = { stays: true, effects: [] as readonly Effect[] };
export const PASSED = { kind: 'time-passed' } as const;

export const seconds = (count: number): Instant => (NOW + count * 1000) as Instant;
