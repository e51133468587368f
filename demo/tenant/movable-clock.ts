/**
 * A clock that can be moved forward, for bot and tenant together: an hour passes in a moment. It never goes back,
 * because a ledger in which time runs backward proves nothing.
 */
import { isoTime } from './ages.ts';

/** How to move the clock. */
export type ClockMove = { readonly advanceSeconds: number } | { readonly to: string };

/** What the clock says. */
export interface ClockReading {
  readonly now: string;
  /** How far it is ahead of the clock it is built on. */
  readonly aheadSeconds: number;
}

/** The clock. */
export interface MovableClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Throws RangeError for a move back. */
  move(by: ClockMove): ClockReading;
  read(): ClockReading;
}

/** A clock that goes with `base` until it is moved. */
export function movableClock(base: () => number): MovableClock {
  let ahead = 0;
  const now = (): number => base() + ahead;
  const read = (): ClockReading => ({ now: isoTime(now()), aheadSeconds: ahead / 1000 });
  return {
    now,
    read,
    move: (by) => {
      const step = 'to' in by ? Date.parse(by.to) - now() : by.advanceSeconds * 1000;
      if (step < 0) throw new RangeError('The clock only moves forward.');
      ahead += Math.round(step);
      return read();
    },
  };
}
