/**
 * How much work may be under way at a time: in total, and for one address.
 */
import { networkOf } from './network.ts';

/** Limits of work under way. */
export interface PlaceLimits {
  readonly total: number;
  /** Behind a proxy all requests share one address, and this is the limit for all of them. */
  readonly perAddress: number;
}

/** Gives out places. */
export interface Places {
  /** Takes a place; call the answer once to give it back. `null` when there is none. */
  take(address: string | undefined): (() => void) | null;
}

/** Builds the places. An address is forgotten when its work is done. */
export function createPlaces({ total, perAddress }: PlaceLimits): Places {
  const takenBy = new Map<string, number>();
  let taken = 0;
  return {
    take(address) {
      const network = networkOf(address);
      const here = takenBy.get(network) ?? 0;
      if (taken >= total || here >= perAddress) return null;
      taken += 1;
      takenBy.set(network, here + 1);
      return () => {
        taken -= 1;
        const left = (takenBy.get(network) ?? 0) - 1;
        if (left > 0) takenBy.set(network, left);
        else takenBy.delete(network);
      };
    },
  };
}
