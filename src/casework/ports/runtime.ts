/**
 * The clock, the source of new ids, and the deadline of a turn. They are arguments, so that tests can control them.
 */
import type { Instant } from '../../procedure/facts.ts';

/** The clock and new ids. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): Instant;
  newId(): string;
}

/** Whether work can be done at this moment. `ledger-unwritable`: nothing that needs an entry can be. */
export type Readiness =
  { readonly kind: 'ready' } | { readonly kind: 'not-ready'; readonly because: 'ledger-unwritable' };

/** Runs something later; call the result to cancel it. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** How a turn measures time. Not the clock of `Runtime`: that one jumps when somebody sets it. */
export interface Timing {
  /** Milliseconds from any starting point. It never goes back. */
  readonly clock: () => number;
  readonly after: After;
}

/** Real time. */
export const REAL_TIMING: Timing = {
  clock: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Until when an answer is of use. Teams waits 10 to 15 seconds for the answer to a click. */
export interface Deadline {
  /** Milliseconds left; 0 when it is over. */
  left(): number;
  /** Aborts when it is over, and when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** For what must not wait for anything: what is remembered is used, and nothing is read. */
export const NO_TIME: Deadline = { left: () => 0, signal: AbortSignal.abort() };

/** A deadline with a timer of its own. */
export interface RunningDeadline extends Deadline {
  /** The work is done: the timer is of no use any more. The signal stays as it is. */
  end(): void;
}

/** Whole milliseconds until a moment of the clock. Timers fire up to a millisecond early, so less than one counts as nothing. */
export function leftUntil(endsAt: number, timing: Timing): number {
  return Math.max(0, Math.floor(endsAt - timing.clock()));
}

/** Starts a deadline, `milliseconds` from now. It is over at once when one of `signals` aborts. */
export function startDeadline(
  milliseconds: number,
  timing: Timing,
  signals: readonly AbortSignal[] = [],
): RunningDeadline {
  const endsAt = timing.clock() + milliseconds;
  const over = new AbortController();
  if (milliseconds <= 0) over.abort();
  const needsTimer = milliseconds > 0 && milliseconds !== Infinity;
  const end = needsTimer ? timing.after(milliseconds, () => over.abort()) : () => undefined;
  const signal = AbortSignal.any([over.signal, ...signals]);
  return { left: () => (signal.aborted ? 0 : leftUntil(endsAt, timing)), signal, end };
}

/** Runs `work` with a deadline of at most `milliseconds`, and no later than `outer`. */
export async function withAtMost<T>(
  milliseconds: number,
  outer: Deadline | undefined,
  timing: Timing,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const left = outer === undefined ? milliseconds : Math.min(milliseconds, outer.left());
  const deadline = startDeadline(left, timing, outer === undefined ? [] : [outer.signal]);
  try {
    return await work(deadline);
  } finally {
    deadline.end();
  }
}

/**
 * Aborts so long after another signal. At a deadline everything that waits for it ends, and what is answered then is better than
 * the words that ask for patience.
 */
export function shortlyAfter(signal: AbortSignal, milliseconds: number, timing: Timing): AbortSignal {
  const over = new AbortController();
  const wait = (): void => void timing.after(milliseconds, () => over.abort());
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  return over.signal;
}

/** Work that was done in time, or not; then it goes on, and nobody waits for it here. */
export type InTime<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'late' };

/** Waits for `work`, but not after the signal has aborted. Throws what the work throws, if it does so in time. */
export function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<InTime<T>> {
  return new Promise((resolve, reject) => {
    const late = (): void => resolve({ kind: 'late' });
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    const done = (value: T): void => resolve({ kind: 'done', value });
    void work.then(done, reject).finally(() => signal.removeEventListener('abort', late));
  });
}
