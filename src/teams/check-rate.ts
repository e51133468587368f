/**
 * How many signatures of unknown tokens are checked in a second: in total, and for one address. A check keeps the process busy, so
 * without a limit a flood could keep it from everything else.
 */
import { networkOf } from './network.ts';

/** Checks in a second. */
export interface CheckRateFigures {
  readonly total: number;
  /** Behind a proxy all requests share one address, and this is the limit for all of them. */
  readonly perAddress: number;
}

/** Counts checks. */
export interface CheckRate {
  /** Whether one more check may be made now, which is then counted. */
  take(address: string | undefined): boolean;
}

const SECOND = 1_000;

/** Builds the rate. Every second begins with nothing counted, and addresses are kept no longer than that. */
export function createCheckRate({ total, perAddress }: CheckRateFigures, now: () => number): CheckRate {
  const madeFor = new Map<string, number>();
  let began = now();
  let made = 0;
  return {
    take(address) {
      if (Math.abs(now() - began) >= SECOND) {
        began = now();
        made = 0;
        madeFor.clear();
      }
      const network = networkOf(address);
      const here = madeFor.get(network) ?? 0;
      if (made >= total || here >= perAddress) return false;
      made += 1;
      madeFor.set(network, here + 1);
      return true;
    },
  };
}
