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

/** Until when an answer is of use. Teams waits 10 to 15 seconds for the answer to a click. */
export interface Deadline {
  /** Milliseconds left; 0 when it is over. */
  left(): number;
  /** Aborts when it is over, and when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}
