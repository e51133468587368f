/**
 * Our clock against Microsoft's. Every answer of Graph has the time in its `Date` header, so no extra request is needed.
 *
 * The header has whole seconds, and an answer takes a while. What could be explained by that counts as no difference, so a slow
 * answer never makes a good clock look bad. Only answers with Graph's `request-id` count: a proxy has a clock of its own.
 */
import type { ClockFacts, Instant, Reading } from '../procedure/facts.ts';
import { MOST_SECONDS_OFF } from '../procedure/missing.ts';

/** Our clock, as the last answer showed it. */
export interface MeasuredClock {
  /** Unread (`not-asked`) until Graph has answered once. */
  facts(): Reading<ClockFacts>;
  /** The time by Microsoft's clock; ours as long as Graph has not answered. */
  now(): Instant;
  /** Takes the headers of an answer, and when the request was sent and answered by our clock. Gives the time they tell. */
  measure(sentAt: number, answeredAt: number, headers: Headers): number | null;
}

/** Told when the clocks begin to differ too much, and when they agree again. Positive: ours is ahead. */
export type OnClock = (report: { readonly kind: 'differs' | 'agrees'; readonly secondsAhead: number }) => void;

const SECOND = 1000;
/** Differences are told in steps of this many seconds, and a smaller one is none. */
const STEP_SECONDS = 30;

/** Told the time with every answer of Microsoft: it is between these two, in milliseconds since 1970. */
export type OnTime = (earliest: number, latest: number) => void;

/** Starts without a measurement. `now`: the clock of the machine. */
export function measureClock(now: () => number, onClock: OnClock = () => undefined): MeasuredClock {
  let aheadMs: number | null = null;
  let differs = false;
  return {
    facts: () =>
      aheadMs === null
        ? { kind: 'unread', why: 'not-asked' }
        : { kind: 'read', value: { secondsAhead: inSteps(aheadMs) } },
    now: () => Math.max(0, now() - (aheadMs ?? 0)) as Instant,
    measure(sentAt, answeredAt, headers) {
      const theirs = Date.parse(headers.get('date') ?? '');
      if (Number.isNaN(theirs) || headers.get('request-id') === null) return null;
      const least = Math.min(sentAt, answeredAt) - theirs - (SECOND - 1);
      const most = Math.max(sentAt, answeredAt) - theirs;
      aheadMs = least > 0 ? least : Math.min(most, 0);
      const secondsAhead = inSteps(aheadMs);
      if (Math.abs(secondsAhead) > MOST_SECONDS_OFF !== differs) {
        differs = !differs;
        onClock({ kind: differs ? 'differs' : 'agrees', secondsAhead });
      }
      return theirs;
    },
  };
}

/** Rounded up, so that a difference just above a limit is above it. */
function inSteps(milliseconds: number): number {
  const seconds = Math.abs(milliseconds) / SECOND;
  if (seconds < STEP_SECONDS) return 0;
  return Math.sign(milliseconds) * Math.ceil(seconds / STEP_SECONDS) * STEP_SECONDS;
}
