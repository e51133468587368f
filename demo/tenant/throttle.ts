/**
 * Microsoft's request limits, as far as the bot can run into them. A refused request does not count against the limit.
 */
import { GraphFailure } from './exchange.ts';
import type { GraphRequest } from './exchange.ts';
import { resourceUnits, unitsPerTenSeconds } from './resource-units.ts';
import type { World } from './world.ts';

interface Limit {
  readonly name: 'reports' | 'protection' | 'directory';
  /** Requests, or resource units for the directory. */
  readonly units: number;
  readonly perMilliseconds: number;
  /** Whether the answer has a Retry-After. ID Protection sends none. */
  readonly hasRetryAfter: boolean;
}

/** Reports and logs: 5 in 10 s per app. */
const REPORTS: Limit = { name: 'reports', units: 5, perMilliseconds: 10_000, hasRetryAfter: true };
/** ID Protection: 1 per second for the whole tenant. */
const PROTECTION: Limit = { name: 'protection', units: 1, perMilliseconds: 1000, hasRetryAfter: false };
/** People, groups and roles: resource units, whose number depends on the size of the tenant. */
const DIRECTORY: Omit<Limit, 'units'> = { name: 'directory', perMilliseconds: 10_000, hasRetryAfter: true };

/** Counts requests and refuses those beyond a limit. */
export interface Throttle {
  /** Throws Graph's 429 when the request is beyond its limit; otherwise counts it and returns headers for the answer. */
  check(world: World, request: GraphRequest): Readonly<Record<string, string>>;
  clear(): void;
}

interface Counted {
  readonly at: number;
  readonly units: number;
}

/** Creates a throttle with no request counted yet. */
export function createThrottle(): Throttle {
  const seen = new Map<string, Counted[]>();
  return {
    check: (world, request) => {
      const limit = limitOf(world, request);
      if (limit === null || !world.settings.throttling) return {};
      const now = world.now();
      // Requests from the future were made before the clock was set back: they do not count.
      const recent = (seen.get(limit.name) ?? []).filter(({ at }) => at > now - limit.perMilliseconds && at <= now);
      seen.set(limit.name, recent);
      const used = recent.reduce((sum, { units }) => sum + units, 0);
      if (used + limit.cost > limit.units) throw tooMany(limit, recent, now);
      recent.push({ at: now, units: limit.cost });
      return limit.name === 'directory' ? unitHeaders(limit, used + limit.cost) : {};
    },
    clear: () => seen.clear(),
  };
}

function tooMany(limit: Limit & { readonly cost: number }, recent: readonly Counted[], now: number): GraphFailure {
  let left = recent.reduce((sum, { units }) => sum + units, 0) + limit.cost - limit.units;
  const enough = recent.find(({ units }) => (left -= units) <= 0);
  const wait = ((enough?.at ?? now) + limit.perMilliseconds - now) / 1000;
  // Retry-After may be a decimal, although HTTP does not allow that; Microsoft documents "2.128".
  const headers = limit.hasRetryAfter ? { 'Retry-After': Math.max(wait, 0.001).toFixed(3) } : {};
  return new GraphFailure(429, 'TooManyRequests', 'Please retry again later.', headers);
}

/** What the directory tells about its limit: the cost, and from 80 percent on, how much of it is used. */
function unitHeaders(limit: Limit & { readonly cost: number }, used: number): Readonly<Record<string, string>> {
  const share = used / limit.units;
  return {
    'x-ms-resource-unit': String(limit.cost),
    ...(share < 0.8 ? {} : { 'x-ms-throttle-limit-percentage': share.toFixed(2) }),
  };
}

function limitOf(world: World, request: GraphRequest): (Limit & { readonly cost: number }) | null {
  const [first, , third, fourth] = request.path;
  if (first === 'auditLogs' || first === 'reports') return { ...REPORTS, cost: 1 };
  if (first === 'identityProtection') return { ...PROTECTION, cost: 1 };
  const methods = first === 'users' && third === 'authentication' && fourth === 'methods';
  if (methods && world.settings.methodsShareReportLimit) return { ...REPORTS, cost: 1 };
  const cost = resourceUnits(request);
  return cost === null ? null : { ...DIRECTORY, units: unitsPerTenSeconds(world), cost };
}
