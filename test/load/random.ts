/** Random numbers with a seed, so that a run can be repeated. */

/** Gives numbers from 0 up to, but not including, 1. The algorithm is mulberry32. */
export type Random = () => number;

/** Starts a sequence. The same seed gives the same sequence. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between two. */
export function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from);
}
