/**
 * Keeps the bot within Microsoft's limit for the report APIs (audit log, sign-in log, registration report): five
 * requests in ten seconds for the whole app in a tenant.
 *
 * Microsoft counts requests when they arrive, and nobody here knows when that is: it is some time between sending and the
 * answer. So a request counts from when it was sent until the window has passed since its answer. Any two requests that are
 * kept apart in this way arrive further apart than the window, however long each of them traveled.
 */
import type { Answer } from './answer.ts';
import type { Wait } from './retry-reads.ts';

/** Microsoft's limit. */
export const REPORT_LIMIT = { requests: 5, windowMs: 10_000 } as const;
/** How much longer than Microsoft says a window is assumed to last, in milliseconds: its clock is not ours. */
export const MARGIN_MS = 500;

/**
 * What a request is for, the most urgent first: the tail of the audit log, the explanation why somebody is locked out, the
 * methods of a caller who registers one (in tenants that count this list as a report), and what can wait: history, and the
 * registration report.
 */
export type Priority = 'tail' | 'explanation' | 'watch' | 'backfill';

/**
 * How many of the five requests each leaves free for more urgent ones. The tail takes one or two in ten seconds; as what it
 * shows is minutes old, it can wait a little.
 */
const LEFT_FREE: Readonly<Record<Priority, number>> = { tail: 0, explanation: 1, watch: 2, backfill: 2 };

/** Explanations in a window: what the tail leaves of five. */
const EXPLANATIONS = 3;

/**
 * How long each may wait, in milliseconds. The explanation of a lockout is added to the card later, so it can wait for two
 * windows. What follows the tenant tries again in its next round.
 */
const LONGEST_WAIT_MS: Readonly<Record<Priority, number>> = {
  tail: 4000,
  explanation: 22_000,
  watch: 4000,
  backfill: 0,
};

const WINDOW_MS = REPORT_LIMIT.windowMs + MARGIN_MS;
/** How long nothing is sent after a 429 that does not say how long. */
const AFTER_REFUSAL_MS = REPORT_LIMIT.windowMs;

/** The rate limit. */
export interface ReportRateLimit {
  /**
   * Sends a request when the limit allows it. `throttled`, and not sent, when that would take too long. After Microsoft's own
   * 429, everything waits for as long as Microsoft says. `left`: the milliseconds that the turn has left; nobody waits longer.
   */
  ask(priority: Priority, send: () => Promise<Answer>, left?: number): Promise<Answer>;
  /** Counts a request that waits for nobody: somebody is on the phone. What asks after it has one place less. */
  count<T>(send: () => Promise<T>): Promise<T>;
}

interface Counted {
  readonly sentAt: number;
  answeredAt: number | null;
}

const TOO_LATE: Answer = { kind: 'unanswered', why: 'throttled', sent: false };

/**
 * A rate limit over a sliding window. `clock`: milliseconds that never jump, whatever happens to the time of day. `limit`:
 * requests in a window; only an emulated tenant that does not throttle allows more.
 */
export function openReportRateLimit(
  clock: () => number,
  wait: Wait,
  limit: number = REPORT_LIMIT.requests,
): ReportRateLimit {
  let counted: Counted[] = [];
  let refusedUntil = -Infinity;
  /** Explanations are spread over the window: who asks meanwhile shares the next one, and nobody waits for a whole window. */
  const betweenExplanations = (WINDOW_MS / EXPLANATIONS) * (REPORT_LIMIT.requests / limit);
  let explainedAt = -Infinity;

  /** When a request stops counting; one that is not answered yet could be answered now at the earliest. */
  const endOf = ({ sentAt, answeredAt }: Counted, at: number): number =>
    (answeredAt ?? Math.max(sentAt, at)) + WINDOW_MS;

  /** When the next request of this priority may be sent, as far as can be told at `at`. */
  function earliest(priority: Priority, at: number): number {
    counted = counted.filter((one) => endOf(one, at) > at);
    const ends = counted.map((one) => endOf(one, at)).sort((a, b) => a - b);
    const blocking = ends[ends.length - (limit - LEFT_FREE[priority])];
    const spread = priority === 'explanation' ? explainedAt + betweenExplanations : at;
    return Math.max(at, refusedUntil, blocking ?? at, spread);
  }

  /** Waits for a free place and takes it; `null` when that would take longer than `patience`. */
  async function place(priority: Priority, patience: number): Promise<Counted | null> {
    const began = clock();
    let at = began;
    for (;;) {
      const sendAt = earliest(priority, at);
      if (sendAt <= at) return take(at, priority);
      if (sendAt - began > patience) return null;
      await wait(sendAt - at);
      at = Math.max(clock(), sendAt);
    }
  }

  function take(at: number, priority?: Priority): Counted {
    if (priority === 'explanation') explainedAt = at;
    const taken: Counted = { sentAt: at, answeredAt: null };
    counted.push(taken);
    return taken;
  }

  /** Sends a request that has its place. */
  async function sent<T>(taken: Counted, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } finally {
      taken.answeredAt = Math.max(taken.sentAt, clock());
    }
  }

  return {
    async ask(priority, send, left = Infinity) {
      const taken = await place(priority, Math.min(LONGEST_WAIT_MS[priority], left));
      if (taken === null) return TOO_LATE;
      const answer = await sent(taken, send);
      if (answer.kind === 'answered' && answer.status === 429) {
        refusedUntil = Math.max(refusedUntil, clock() + (answer.retryAfterMs ?? AFTER_REFUSAL_MS) + MARGIN_MS);
      }
      return answer;
    },
    count: (send) => sent(take(clock()), send),
  };
}
