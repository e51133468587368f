/**
 * What a request to the directory costs. Microsoft counts resource units per app and tenant, not requests; the size of
 * the tenant decides how many there are in ten seconds.
 */
import type { GraphRequest } from './exchange.ts';
import type { World } from './world.ts';

const COUNTED = new Set(['users', 'groups', 'roleManagement', 'organization', 'subscribedSkus', 'identityGovernance']);
/** Below a user, these belong to other services with limits of their own. */
const ELSEWHERE = new Set(['authentication', 'teamwork']);

const BASE: readonly (readonly [RegExp, number])[] = [
  [/^users\/[^/]+\/(checkMemberGroups|checkMemberObjects)$/i, 4],
  [/^users\/[^/]+\/(getMemberGroups|getMemberObjects|licenseDetails|memberOf|transitiveMemberOf)(\/.*)?$/i, 2],
  [/^users$/i, 2],
  [/^groups\/[^/]+\/transitiveMembers(\/.*)?$/i, 5],
  [/^groups\/[^/]+\/members(\/.*)?$/i, 3],
  [/^subscribedSkus$/i, 3],
];

/** Units a request costs: at least 1; null when it does not count against the directory. */
export function resourceUnits({ path, query, method }: GraphRequest): number | null {
  const [first = '', , third = ''] = path;
  if (!COUNTED.has(first) || (first === 'users' && ELSEWHERE.has(third))) return null;
  const base = BASE.find(([pattern]) => pattern.test(path.join('/')))?.[1] ?? 1;
  if (method !== 'GET') return base;
  const top = Number(query.get('$top') ?? Infinity);
  return Math.max(1, base - (query.has('$select') ? 1 : 0) + (query.has('$expand') ? 1 : 0) - (top < 20 ? 1 : 0));
}

/** Units per ten seconds: 3,500 below 50 people, 5,000 up to 500, 8,000 beyond. */
export function unitsPerTenSeconds(world: World): number {
  if (world.people.size < 50) return 3500;
  return world.people.size <= 500 ? 5000 : 8000;
}
