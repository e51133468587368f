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

/** How long an answer is remembered, in milliseconds. Managers change rarely; a technician opens a case every few minutes. */
export const REMEMBERED_MS = 5 * 60_000;
/** People remembered at once: more than a helpdesk has technicians. */
const MAX_REMEMBERED = 500;

/** Reads managers. */
export type ManagerReader = (person: PersonId, now: Instant) => Promise<Reading<PersonId | null>>;

const managerShape = z.looseObject({ id });

/** Prepares reading managers. 404 = none on record; somebody the directory does not know has none either. */
export function managerReader(client: GraphClient): ManagerReader {
  const remembered = new Map<PersonId, { readonly manager: PersonId | null; readonly until: number }>();
  return async (person, now) => {
    const known = remembered.get(person);
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
    remembered.delete(person); // so that the oldest answer always stands first
    remembered.set(person, { manager: found.value, until: now + REMEMBERED_MS });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MAX_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return found;
  };
}
