/**
 * A clock that runs faster than real time, so that half an hour at a helpdesk takes a few minutes. Bot, tenant and Teams share
 * it, and every pause is shortened by the same factor.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timing } from '../../src/casework/ports/runtime.ts';

/** The clock. */
export interface ScaledClock {
  /** How many of its milliseconds pass in a real one. */
  readonly scale: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many of the clock's milliseconds; the real pause is shorter. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** The same for deadlines: time that is never skipped. */
  readonly timing: Timing;
  /** Skips time at once. Whatever is asleep still sleeps as long as it would have. */
  skip(milliseconds: number): void;
  /** The clock's milliseconds as real ones, rounded up. */
  real(milliseconds: number): number;
}

/** Starts a clock at `start` (milliseconds since 1970). */
export function startClock(start: number, scale: number): ScaledClock {
  const began = performance.now();
  let skipped = 0;
  const real = (milliseconds: number): number => Math.ceil(milliseconds / scale);
  return {
    scale,
    now: () => Math.floor(start + skipped + (performance.now() - began) * scale),
    sleep: async (milliseconds, signal) => {
      await sleep(real(milliseconds), undefined, signal === undefined ? {} : { signal });
    },
    timing: {
      clock: () => (performance.now() - began) * scale,
      after: (milliseconds, run) => {
        const timer = setTimeout(run, real(milliseconds));
        return () => clearTimeout(timer);
      },
    },
    skip: (milliseconds) => {
      skipped += milliseconds;
    },
    real,
  };
}
