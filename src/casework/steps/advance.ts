/**
 * One step of a case: decide, then write the decision, the new state and every intent in one transaction.
 * Nothing is done before it is recorded, and of two clicks one wins.
 */
import type { CaseEvent } from '../../procedure/events.ts';
import type { Case, Refusal } from '../../procedure/case.ts';
import type { Instant } from '../../procedure/facts.ts';
import { step } from '../../procedure/lockout.ts';
import { noIn } from '../../procedure/noes.ts';
import type { Policy } from '../../procedure/policy.ts';
import { decisionEntry, intentEntry, noEntry, refusalEntry, type IntendedEffect } from './entries.ts';
import type { LedgerWatch } from '../background/ledger-watch.ts';
import { isUnwritable } from '../ports/fault.ts';
import type { Actor, Ledger, LedgerEntry, StoredCase, WithStep } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { SenderLimits } from './sender-limits.ts';

/**
 * What became of an event. `stale`: somebody else moved the case first. `recorded`: false for a refusal that has no entry, because
 * the ledger cannot be written. It is a refusal all the same.
 */
export type Advance =
  | { readonly kind: 'moved'; readonly stored: StoredCase; readonly intended: readonly IntendedEffect[] }
  | { readonly kind: 'unchanged'; readonly stored: StoredCase; readonly intended: readonly IntendedEffect[] }
  | { readonly kind: 'refused'; readonly stored: StoredCase; readonly refusal: Refusal; readonly recorded: boolean }
  | { readonly kind: 'stale' };

/** What a step needs. */
export interface AdvanceParts {
  readonly ledger: Ledger;
  readonly ledgerWatch: Pick<LedgerWatch, 'unrecorded'>;
  readonly policy: () => Policy;
  /** Reads the mode again, so that `policy` knows what was set at another process. Throws Fault when the ledger cannot be read. */
  readonly readMode: () => Promise<NonNullable<WithStep['unlessNewer']>>;
  readonly runtime: Runtime;
  /** Refusals of a person who is refused too often are only counted. */
  readonly limits: Pick<SenderLimits, 'refusal'>;
}

/** What goes into the ledger with a step beside its own entries. */
export interface StepRecord {
  /** What a person wrote with it. */
  readonly remark?: string | null;
  /** What led to the step. It is recorded whatever becomes of the step. */
  readonly before?: readonly LedgerEntry[];
  /** See `WithStep.unlessNewer`. */
  readonly unlessNewer?: WithStep['unlessNewer'];
}

/** Takes one step from the case as `from` knows it. Throws Fault when the ledger cannot promise durability. */
export async function advance(
  parts: AdvanceParts,
  from: StoredCase,
  event: CaseEvent,
  actor: Actor,
  { remark = null, before = [], unlessNewer }: StepRecord = {},
): Promise<Advance> {
  const { ledger, runtime } = parts;
  await parts.readMode();
  const now = runtime.now();
  const decided = step(from.case, event, parts.policy(), now);
  if (decided.kind === 'refused') {
    const { refusal, keep } = decided;
    const entries = parts.limits.refusal(refusalEntry(from.case, event, refusal, actor));
    if (keep === null) {
      return {
        kind: 'refused',
        stored: from,
        refusal,
        recorded: await wasRecorded(parts, [...before, ...entries], now),
      };
    }
    // What was read for the press is kept, so that the card can say what is missing.
    const kept = await ledger.advance(from, keep, entries, now, {
      before,
      ...(unlessNewer !== undefined && { unlessNewer }),
    });
    return kept.kind === 'stale'
      ? { kind: 'stale' }
      : { kind: 'refused', stored: kept.stored, refusal, recorded: true };
  }
  const intended = decided.effects.map((effect) => ({ effect, intentId: intentIdOf(effect, runtime) }));
  if (decided.kind === 'unchanged') {
    const intents = intended.map((one) => intentEntry(from.case, one));
    if (before.length + intents.length > 0) await ledger.record([...before, ...intents], now);
    return { kind: 'unchanged', stored: from, intended };
  }
  const no = noIn(event);
  const entries = [
    decisionEntry(from.case, event, decided.case, actor, remark),
    ...(no === null ? [] : [noEntry(from.case, no, actor)]),
    ...intended.map((one) => intentEntry(decided.case, one)),
  ];
  const holdCardUntil = heldUntil(event, decided.case);
  const written = await ledger.advance(from, decided.case, entries, now, {
    before,
    ...(holdCardUntil !== null && { holdCardUntil }),
    ...(unlessNewer !== undefined && { unlessNewer }),
  });
  return written.kind === 'stale' ? { kind: 'stale' } : { kind: 'moved', stored: written.stored, intended };
}

async function wasRecorded(
  { ledger, ledgerWatch }: AdvanceParts,
  entries: readonly LedgerEntry[],
  at: Instant,
): Promise<boolean> {
  try {
    await ledger.record(entries, at);
    return true;
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    ledgerWatch.unrecorded();
    return false;
  }
}

/** From the order until the pass expires, the card in the chat is left alone: the pass is shown on it. */
function heldUntil(event: CaseEvent, { state }: Case): Instant | null {
  if (event.kind === 'issue-pressed' && state.kind === 'issuing') {
    return (state.order.orderedAt + state.order.lifetimeMinutes * 60_000) as Instant;
  }
  return event.kind === 'pass-created' && state.kind === 'awaiting-backup-method' ? state.pass.usableUntil : null;
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
  { before = [], remark = null }: Pick<StepRecord, 'before' | 'remark'> = {},
): Promise<Exclude<Advance, { kind: 'stale' }>> {
  let stored = from;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // A stale step recorded what led to it all the same.
    const result = await advance(parts, stored, event, actor, { remark, ...(attempt === 0 && { before }) });
    if (result.kind !== 'stale') return result;
    const latest = await parts.ledger.load(stored.case.id);
    if (latest === null) throw new Error(`case ${stored.case.id} is gone from the ledger`);
    stored = latest;
  }
  throw new Error(`case ${stored.case.id} moved ${TRIES} times while one report was applied`);
}
