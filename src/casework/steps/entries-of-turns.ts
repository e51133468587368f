/**
 * The ledger as casework uses it: every entry gets the id of the turn that it is written in, at the moment the write is asked for.
 * Writes wait in a queue with those of others, so later would be too late.
 */
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import { turnId } from '../ports/turn-id.ts';

/** The same ledger. Its entries say in which turn they were written. */
export function withTurns(ledger: Ledger): Ledger {
  return {
    ...ledger,
    record: (entries, at) => ledger.record(stamp(turnId(), entries), at),
    recordArrival: (arrival, entries, at) => ledger.recordArrival(arrival, stamp(turnId(), entries), at),
    openCase(draft, entries, at, also = {}) {
      const turn = turnId();
      return ledger.openCase(draft, (id) => stamp(turn, entries(id)), at, stampBefore(turn, also));
    },
    advance: (from, next, entries, at, also = {}) =>
      ledger.advance(from, next, stamp(turnId(), entries), at, stampBefore(turnId(), also)),
  };
}

function stamp(turn: string | null, entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return turn === null ? entries : entries.map((entry) => ({ ...entry, turn }));
}

function stampBefore<T extends { readonly before?: readonly LedgerEntry[] }>(turn: string | null, also: T): T {
  return also.before === undefined ? also : { ...also, before: stamp(turn, also.before) };
}
