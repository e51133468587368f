/**
 * The clock and new ids, handed in so that tests decide both.
 */
import type { Instant } from '../../procedure/facts.ts';

/** The clock and new ids. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): Instant;
  newId(): string;
}
