/**
 * The ledger as a stream of entries in the order of the chain, for whoever copies it out of the database: the export and the
 * shipping to a SIEM. What comes through here was compared with its hash first.
 */
import type { LedgerEntry, RecordedEntry } from './ledger.ts';

/** An entry with its place in the chain. `origin` and `seq` together are its id, in every copy and for good. */
export interface ChainedEntry extends Omit<RecordedEntry, 'detail'> {
  /** The ledger that it belongs to. */
  readonly origin: string;
  /** Lower-case hex SHA-256 of the record. */
  readonly hash: string;
  /** `null`: it was erased, and an entry says so. */
  readonly detail: LedgerEntry['detail'] | null;
}

/** A place in the chain. `seq` 0 is before the first entry. */
export interface ChainPoint {
  readonly seq: number;
  readonly hash: string;
}

/** What the shipping needs of the ledger. Where it has arrived is kept in the ledger's database, by destination. */
export interface ShippingSource {
  /** The newest entry. */
  head(): Promise<ChainPoint>;
  /** The last entry that a destination has; before its first entry, the beginning of the chain. */
  shippedUpTo(destination: string): Promise<ChainPoint>;
  /** Remembers it. Durable when it returns. Throws Fault `ledger-unwritable`. */
  markShipped(destination: string, upTo: ChainPoint): Promise<void>;
  /**
   * The entries after a place, in order, at most `limit`. Throws Fault `ledger-corrupt` when one of them is not what was
   * written, or does not follow that place.
   */
  entriesAfter(place: ChainPoint, limit: number): Promise<readonly ChainedEntry[]>;
}
