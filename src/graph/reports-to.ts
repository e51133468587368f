/**
 * Who somebody's manager is. The bot asks this about the technician before every first card. Answers are cached for a
 * few minutes; failures are not.
 */
import { z } from 'zod';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { isNotFound, mapReading, read, readingOf } from './answer.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import { id } from './shapes.ts';

/** How long an answer is cached, in milliseconds. Managers change rarely; a technician opens a case every few minutes. */
const CACHED_MS = 5 * 60_000;
/** The most people in the cache: more than a helpdesk has technicians. */
const MAX_CACHED = 500;

/** Reads managers. */
type ManagerReader = (client: GraphClient, person: PersonId, now: Instant) => Promise<Reading<PersonId | null>>;

const managerShape = z.looseObject({ id });

/** Creates the reader. 404 = no manager on record; somebody the directory does not know has none either. */
export function managerReader(): ManagerReader {
  const cache = new Map<PersonId, { readonly manager: PersonId | null; readonly until: number }>();
  return async (client, person, now) => {
    const known = cache.get(person);
    if (known !== undefined && now < known.until) return read(known.manager);
    const answer = await client.ask({
      call: 'read-manager',
      method: 'GET',
      path: path(`/users/${segment(person)}/manager`, { $select: 'id' }),
    });
    const found: Reading<PersonId | null> = isNotFound(answer)
      ? read(null)
      : mapReading(readingOf(answer, managerShape), (entry) => entry.id as PersonId);
    if (found.kind !== 'read') return found;
    cache.delete(person); // so that the oldest answer is always the first one
    cache.set(person, { manager: found.value, until: now + CACHED_MS });
    for (const oldest of cache.keys()) {
      if (cache.size <= MAX_CACHED) break;
      cache.delete(oldest);
    }
    return found;
  };
}
