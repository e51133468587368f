/**
 * Whoever gets entries while the bot runs, as the shipper sees it.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';

/** What became of a batch. `why` is a code for the log and the metrics, never a text that somebody sent. */
export type Sent =
  | { readonly kind: 'accepted' }
  /** At least one entry of the batch is not wanted; which one, the receiver does not say. Some may have been taken. */
  | { readonly kind: 'refused'; readonly why: string }
  /** `arrived`: so many entries at the beginning are there; of the others it is not known. `afterMs`: the pause asked for. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number | null; readonly arrived: number };

/** A destination. Its name is also the name under which the ledger keeps how far it has got. */
export interface Destination {
  readonly name: string;
  /** Sends entries, in order. Never throws for what the receiver or the network does. */
  send(entries: readonly ChainedEntry[]): Promise<Sent>;
  /** Breaks off what is under way. */
  close(): void;
}
