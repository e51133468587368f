/**
 * A look at something that is the same for every caller and changes rarely. It is made beside the tenant feed: at the start, and
 * again when it is ten minutes old. What is older than twenty minutes is not relied on; then the case that needs it looks first.
 *
 * While a look is under way, whoever asks with the same client waits for it: a client has one deadline, so they have the same time
 * left. Another client makes a look of its own, so nobody is failed by the deadline of somebody else.
 */
import type { Reading } from '../procedure/facts.ts';
import { read } from './answer.ts';
import type { GraphClient } from './client.ts';

/** A look whose answer is kept for some minutes. */
export interface KeptLook<T> {
  /** The answer, at most twenty minutes old. */
  current(client: GraphClient, now: number): Promise<Reading<T>>;
  /** Looks again when the answer is ten minutes old, and not more than once a minute while there is none. */
  refresh(client: GraphClient, now: number): Promise<void>;
  /** The last answer, however old; `null` before the first one. */
  last(): T | null;
}

/** After this time it is looked again, in milliseconds. */
export const REFRESH_MS = 10 * 60_000;
/** For this long an answer is relied on, in milliseconds. */
export const RELIED_ON_MS = 2 * REFRESH_MS;
/** A look that brought no answer is made again after this time, in milliseconds. */
export const TRY_AGAIN_MS = 60_000;

/** Keeps the answers of `look`. */
export function keptLook<T>(look: (client: GraphClient, now: number) => Promise<Reading<T>>): KeptLook<T> {
  let last: { readonly value: T; readonly readAt: number } | null = null;
  let triedAt = -Infinity;
  /** By client, until the look has ended, however it ends. */
  const underWay = new WeakMap<GraphClient, Promise<Reading<T>>>();

  async function lookNow(client: GraphClient, now: number): Promise<Reading<T>> {
    triedAt = now;
    const found = await look(client, now);
    if (found.kind === 'read') last = { value: found.value, readAt: now };
    return found;
  }

  function lookAgain(client: GraphClient, now: number): Promise<Reading<T>> {
    const joined = underWay.get(client);
    if (joined !== undefined) return joined;
    const begun = lookNow(client, now).finally(() => underWay.delete(client));
    underWay.set(client, begun);
    return begun;
  }

  return {
    async current(client, now) {
      if (last !== null && Math.abs(now - last.readAt) < RELIED_ON_MS) return read(last.value);
      return lookAgain(client, now);
    },
    async refresh(client, now) {
      const isFresh = last !== null && Math.abs(now - last.readAt) < REFRESH_MS;
      if (!isFresh && Math.abs(now - triedAt) >= TRY_AGAIN_MS) await lookAgain(client, now);
    },
    last: () => last?.value ?? null,
  };
}
