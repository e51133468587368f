/**
 * A ledger whose newest entry lies in the future: a machine whose clock is far behind the ledger must not judge what is fresh.
 */
import type { Instant } from '../procedure/facts.ts';
import { unsuitable } from './failures.ts';
import type { LedgerOptions } from './opened-ledger.ts';

/** A clock behind the newest entry by more than this is wrong, not just corrected. In milliseconds. */
const CLOCK_TOLERANCE = 24 * 60 * 60 * 1000;

/** An entry from the future was written with a wrong clock, or the clock is wrong now. Only an operator can tell which. */
export function refuseFuture({ now, aheadEntry, onAheadAccepted }: LedgerOptions, { newest, size }: Intact): void {
  const ahead = newest === null ? 0 : newest - now();
  if (ahead <= CLOCK_TOLERANCE) return;
  if (aheadEntry !== size) {
    throw unsuitable(
      'the clock of this machine is more than a day behind the newest ledger entry. ' +
        `When this clock is right now, start once with HARDLINE_CLOCK_WAS_WRONG=${size}`,
    );
  }
  onAheadAccepted?.(size, ahead);
}

/** The end of a ledger that is intact. */
interface Intact {
  /** The time of the newest entry; `null` in an empty ledger. */
  readonly newest: Instant | null;
  /** Its number. */
  readonly size: number;
}
