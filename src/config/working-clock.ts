/**
 * The time that Hardline works by: how old a proof is, when a pass ends, when something happened.
 *
 * The clock of the machine can be set, by somebody or by a time server, while a case is open; a proof would then count for longer.
 * So it is looked at once, at the start. From then on a clock that nobody can set tells how much time has passed, and Microsoft's
 * answers tell what time it is: each has the time in its `Date` header. The first of them puts this clock right. After that it
 * never goes back and is never slower than time itself; it goes forward where Microsoft shows that it is behind, as after a pause
 * of the whole machine. Whoever presses a button made the bot ask Microsoft first, so every proof is measured by this.
 */
import type { Instant } from '../procedure/facts.ts';
import { MOST_SECONDS_OFF } from '../procedure/missing.ts';

/** The clock. */
export interface WorkingClock {
  readonly now: () => Instant;
  /** Microsoft answered just now: the time is between these two, in milliseconds since 1970. */
  readonly heard: (earliest: number, latest: number) => void;
  /**
   * The newest entry of the ledger was written then, so it is later now. When Microsoft shows that this moment is still to come by
   * more than two minutes, the entry was written with a wrong clock and counts for nothing.
   */
  notBefore(at: Instant): void;
  /** How far the clock of the machine was set since the last look, in seconds; `null` for less than a minute. */
  jump(): number | null;
}

/** What it is built from: the clock of the machine, and one that nobody can set. Both in milliseconds. */
export interface WorkingClockParts {
  readonly machine: () => number;
  readonly steady: () => number;
}

const SECOND = 1000;
/** A smaller step of the machine's clock is the work of a time server. In milliseconds. */
const JUMP_MS = 60 * SECOND;
const MOST_OFF_MS = MOST_SECONDS_OFF * SECOND;

/** Starts with the time of the machine. */
export function startWorkingClock({ machine, steady }: WorkingClockParts): WorkingClock {
  /** The time, less the steady clock. */
  let offset = machine() - steady();
  let machineOffset = offset;
  let floor = -Infinity;
  let hasHeard = false;

  return {
    now: () => Math.max(0, Math.floor(offset + steady())) as Instant,
    heard(earliest, latest) {
      const since = steady();
      if (!hasHeard) {
        hasHeard = true;
        offset = Math.min(offset, latest - since);
        if (floor - latest <= MOST_OFF_MS) offset = Math.max(offset, floor - since);
      }
      offset = Math.max(offset, earliest - since);
    },
    notBefore(at) {
      floor = Math.max(floor, at);
      if (!hasHeard) offset = Math.max(offset, at - steady());
    },
    jump() {
      const before = machineOffset;
      machineOffset = machine() - steady();
      const moved = machineOffset - before;
      return Math.abs(moved) > JUMP_MS ? Math.round(moved / SECOND) : null;
    },
  };
}
