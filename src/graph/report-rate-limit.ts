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
 * How much later than promised a window is taken to end, in milliseconds: requests travel at different speeds, and
 * Microsoft counts when they arrive.
 */
export const MARGIN_MS = 500;

/**
 * Who asks: a person waiting for a card, the bot explaining why somebody is locked out, or the bot watching open cases.
 */
export type Asker = 'person' | 'explanation' | 'watch';

/**
 * How many of the five requests each leaves to those before it. A whole picture takes two, and a third where methods
 * count: however many cases are watched, the next caller's picture is read at once.
 */
export const LEFT_TO_OTHERS: Readonly<Record<Asker, number>> = { person: 0, explanation: 2, watch: 3 };

/**
 * How long each waits for a turn at most, in milliseconds. Somebody on the phone does not wait longer; what explains a
 * lockout comes to the card later, and can wait for a whole window; the watch comes back by itself.
 */
export const PATIENCE_MS: Readonly<Record<Asker, number>> = { person: 4000, explanation: 11_000, watch: 4000 };

const WINDOW_MS = REPORT_LIMIT.windowMs + MARGIN_MS;

/** The queue. */
export interface ReportRateLimit {
  /** True when the request may go now; false when its turn would come too late. Each true must be used once. */
  enter(asker: Asker): Promise<boolean>;
}

/**
 * A gate over a sliding window. Each asker gets the earliest moment that keeps the limit; the turn is taken at once, so
 * nobody who waits can lose it. `limit`: requests in a window; only an emulated tenant without limits takes more.
 */
export function openReportRateLimit(
  now: () => number,
  wait: Wait,
  limit: number = REPORT_LIMIT.requests,
): ReportRateLimit {
  /** Moments at which requests went or will go, oldest first; never more than one window's worth. */
  const turns: number[] = [];

  return {
    async enter(asker) {
      const at = now();
      while (turns[0] !== undefined && turns[0] <= at - WINDOW_MS) turns.shift();
      const blocking = turns[turns.length - (limit - LEFT_TO_OTHERS[asker])];
      const turn = blocking === undefined ? at : Math.max(at, blocking + WINDOW_MS);
      if (turn - at > PATIENCE_MS[asker]) return false;
      turns.push(turn);
      turns.sort((a, b) => a - b); // a person may be given an earlier turn than a watcher who waits
      if (turn > at) await wait(turn - at);
      return true;
    },
  };
}
