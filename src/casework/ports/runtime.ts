/**
 * The clock and the source of new ids. They are arguments, so that tests can control both.
 */
import type { Instant } from '../../procedure/facts.ts';

/** The clock and new ids. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): Instant;
  newId(): string;
}
