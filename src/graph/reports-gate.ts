/**
 * The queue before Microsoft's report APIs (audit log, registration report): five requests in ten seconds for the
 * whole app in a tenant.
 * The one rule kept here: background watching leaves room for the technician who has a caller on the phone.
 */
import type { Wait } from './retry-reads.ts';

/** Microsoft's limit. */
export const REPORT_LIMIT = { requests: 5, windowMs: 10_000 } as const;
/** How long somebody on the phone waits for a turn at most, in milliseconds. */
export const MAX_QUEUE_MS = 4000;
/** How many of the five requests watching leaves free. */
export const KEPT_FOR_PEOPLE = 2;

/** Who asks: a person waiting for a card, or the bot watching by itself. */
export type Asker = 'person' | 'watch';

/** The queue. */
export interface ReportsGate {
  /** True when the request may go now; false when its turn would come too late. Each true must be used once. */
  enter(asker: Asker): Promise<boolean>;
}

/**
 * A gate over a sliding window. Each asker gets the earliest moment that keeps the limit; the turn is taken at once, so
 * nobody who waits can lose it. `limit`: requests in a window; only an emulated tenant without limits takes more.
 */
export function openReportsGate(now: () => number, wait: Wait, limit: number = REPORT_LIMIT.requests): ReportsGate {
  /** Moments at which requests went or will go, oldest first; never more than one window's worth. */
  const turns: number[] = [];

  return {
    async enter(asker) {
      const at = now();
      while (turns[0] !== undefined && turns[0] <= at - REPORT_LIMIT.windowMs) turns.shift();
      const room = limit - (asker === 'watch' ? KEPT_FOR_PEOPLE : 0);
      const blocking = turns[turns.length - room];
      const turn = blocking === undefined ? at : Math.max(at, blocking + REPORT_LIMIT.windowMs);
      if (turn - at > MAX_QUEUE_MS) return false;
      turns.push(turn);
      turns.sort((a, b) => a - b); // a person may be given an earlier turn than a watcher who waits
      if (turn > at) await wait(turn - at);
      return true;
    },
  };
}
