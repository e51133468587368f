/**
 * Keeps the bot within Microsoft's limit for the report APIs (audit log, sign-in log, registration report): five
 * requests in ten seconds for the whole app in a tenant. The list of a person's methods counts as well, because
 * Microsoft's documentation can be read either way.
 *
 * A technician with a caller on the phone comes first, then the explanation of a lockout, then the watch over open
 * cases. Each leaves some requests free for those that come before it.
 */
import type { Wait } from './retry-reads.ts';

/** Microsoft's limit. */
export const REPORT_LIMIT = { requests: 5, windowMs: 10_000 } as const;
/**
 * How much longer than Microsoft says a window is assumed to last, in milliseconds: Microsoft counts requests when they
 * arrive, and some travel longer than others.
 */
export const MARGIN_MS = 500;

/**
 * What a request is for, the most urgent first: a person waiting for a card, the explanation why somebody is locked out,
 * the watch over open cases.
 */
export type Priority = 'person' | 'explanation' | 'watch';

/**
 * How many of the five requests each leaves free for more urgent ones. A caller snapshot takes two, and a third where
 * methods count: however many cases are watched, the next caller's snapshot is read at once.
 */
const LEFT_FREE: Readonly<Record<Priority, number>> = { person: 0, explanation: 2, watch: 3 };

/**
 * How long each may wait, in milliseconds. Somebody on the phone does not wait longer. The explanation of a lockout is
 * added to the card later, so it can wait for a whole window. The watch tries again on its next round.
 */
const LONGEST_WAIT_MS: Readonly<Record<Priority, number>> = { person: 4000, explanation: 11_000, watch: 4000 };

const WINDOW_MS = REPORT_LIMIT.windowMs + MARGIN_MS;

/** The rate limit. */
export interface ReportRateLimit {
  /**
   * Waits until a request may be sent: true. False when that would take too long. Each true allows one request.
   * `left`: the milliseconds that the turn has left; nobody waits longer.
   */
  acquire(priority: Priority, left?: number): Promise<boolean>;
}

/**
 * A rate limit over a sliding window. Each request gets the earliest time that keeps the limit. The time is reserved at
 * once, so a waiting request cannot lose it. `limit`: requests in a window; only an emulated tenant that does not throttle
 * allows more.
 */
export function openReportRateLimit(
  now: () => number,
  wait: Wait,
  limit: number = REPORT_LIMIT.requests,
): ReportRateLimit {
  /** When requests were or will be sent, oldest first; only those of the current window. */
  const sendTimes: number[] = [];

  return {
    async acquire(priority, left = Infinity) {
      const at = now();
      while (sendTimes[0] !== undefined && sendTimes[0] <= at - WINDOW_MS) sendTimes.shift();
      const blocking = sendTimes[sendTimes.length - (limit - LEFT_FREE[priority])];
      const sendAt = blocking === undefined ? at : Math.max(at, blocking + WINDOW_MS);
      if (sendAt - at > Math.min(LONGEST_WAIT_MS[priority], left)) return false;
      sendTimes.push(sendAt);
      sendTimes.sort((a, b) => a - b); // an urgent request may go before one of the watch that is already waiting
      if (sendAt > at) await wait(sendAt - at);
      return true;
    },
  };
}
