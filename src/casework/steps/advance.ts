/**
 * One step of a case: decide, then write the decision, the new state, the claim and every intent in one transaction.
 * The one rule kept here: nothing is done that is not written down first, and of two clicks one wins.
 */
import type { CaseEvent } from '../../procedure/events.ts';
import type { Refusal } from '../../procedure/case.ts';
import { step } from '../../procedure/lockout.ts';
import type { Policy } from '../../procedure/policy.ts';
import { decisionEntry, intentEntry, refusalEntry, type IntendedEffect } from './entries.ts';
import type { Actor, Ledger, StoredCase } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';

/** What became of an event. `stale`: somebody else moved the case first. */
export type Advance =
  | { readonly kind: 'moved'; readonly stored: StoredCase; readonly intended: readonly IntendedEffect[] }
  | { readonly kind: 'unchanged'; readonly stored: StoredCase; readonly intended: readonly IntendedEffect[] }
  | { readonly kind: 'refused'; readonly stored: StoredCase; readonly refusal: Refusal }
  | { readonly kind: 'stale' };

/** What a step needs. */
export interface AdvanceParts {
  readonly ledger: Ledger;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
}

/** Takes one step from the case as `from` knows it. Throws Fault when the ledger cannot promise durability. */
export async function advance(
  parts: AdvanceParts,
  from: StoredCase,
  event: CaseEvent,
  actor: Actor,
  remark: string | null = null,
): Promise<Advance> {
  const { ledger, runtime: runtime } = parts;
  const now = runtime.now();
  const decided = step(from.case, event, parts.policy(), now);
  if (decided.kind === 'refused') {
    await ledger.record([refusalEntry(from.case, event, decided.refusal, actor)], now);
    return { kind: 'refused', stored: from, refusal: decided.refusal };
  }
  const intended = decided.effects.map((effect) => ({ effect, intentId: intentIdOf(effect, runtime) }));
  if (decided.kind === 'unchanged') {
    if (intended.length > 0) {
      const intents = intended.map((one) => intentEntry(from.case, one));
      await ledger.record(intents, now);
    }
    return { kind: 'unchanged', stored: from, intended };
  }
  const entries = [
    decisionEntry(from.case, event, decided.case, actor, remark),
    ...intended.map((one) => intentEntry(decided.case, one)),
  ];
  const written = await ledger.advance(from, decided.case, entries, now);
  return written.kind === 'stale' ? { kind: 'stale' } : { kind: 'moved', stored: written.stored, intended };
}

/** An order names its own intent, so that the ledger, the case and Graph's correlation id agree. */
function intentIdOf(effect: IntendedEffect['effect'], runtime: Runtime): string {
  return effect.kind === 'create-pass' ? effect.order.orderId : runtime.newId();
}

/** How often a report of the world is applied again when a click came in between. */
const TRIES = 5;

/**
 * Applies what the world reported (Graph's answer, an audit event) to the case wherever it is now.
 * A report is true whatever the version; it is the table that says whether it still matters.
 */
export async function advanceLatest(
  parts: AdvanceParts,
  from: StoredCase,
  event: CaseEvent,
  actor: Actor,
): Promise<Exclude<Advance, { kind: 'stale' }>> {
  let stored = from;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const result = await advance(parts, stored, event, actor);
    if (result.kind !== 'stale') return result;
    const latest = await parts.ledger.load(stored.case.id);
    if (latest === null) throw new Error(`case ${stored.case.id} is gone from the ledger`);
    stored = latest;
  }
  throw new Error(`case ${stored.case.id} moved ${TRIES} times while one report was applied`);
}
