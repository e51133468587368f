/**
 * Microsoft's request limits, as far as the bot can run into them. A refused request does not count against the limit.
 */
import { GraphFailure } from './exchange.ts';
import type { GraphRequest } from './exchange.ts';
import type { World } from './world.ts';

interface Limit {
  readonly requests: number;
  readonly perMilliseconds: number;
  /** Whether the answer has a Retry-After. ID Protection sends none. */
  readonly hasRetryAfter: boolean;
}

/** Reports and logs: 5 in 10 s per app. */
const REPORTS: Limit = { requests: 5, perMilliseconds: 10_000, hasRetryAfter: true };
/** ID Protection: 1 per second for the whole tenant. */
const PROTECTION: Limit = { requests: 1, perMilliseconds: 1000, hasRetryAfter: false };

/** Counts requests and refuses those beyond a limit. */
export interface Throttle {
  /** Throws Graph's 429 when the request is beyond its limit; counts it otherwise. */
  check(world: World, request: GraphRequest): void;
  clear(): void;
}

/** Creates a throttle with no request counted yet. */
export function createThrottle(): Throttle {
  const seen = new Map<Limit, number[]>();
  return {
    check: (world, request) => {
      const limit = limitOf(world, request);
      if (limit === null || !world.settings.throttling) return;
      const now = world.now();
      const recent = (seen.get(limit) ?? []).filter((at) => at > now - limit.perMilliseconds);
      if (recent.length >= limit.requests) {
        const wait = ((recent[0] ?? now) + limit.perMilliseconds - now) / 1000;
        // Retry-After may be a decimal, although HTTP does not allow that; Microsoft documents "2.128".
        const headers = limit.hasRetryAfter ? { 'Retry-After': Math.max(wait, 0.001).toFixed(3) } : {};
        seen.set(limit, recent);
        throw new GraphFailure(429, 'TooManyRequests', 'Please retry again later.', headers);
      }
      seen.set(limit, [...recent, now]);
    },
    clear: () => seen.clear(),
  };
}

function limitOf(world: World, { path }: GraphRequest): Limit | null {
  const [first, , third, fourth] = path;
  if (first === 'auditLogs' || first === 'reports') return REPORTS;
  if (first === 'identityProtection') return PROTECTION;
  const methods = first === 'users' && third === 'authentication' && fourth === 'methods';
  return methods && world.settings.methodsShareReportLimit ? REPORTS : null;
}
