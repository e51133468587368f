/**
 * When people's passwords were last changed: live, because no report limit applies, and seconds after it happened.
 */
import { z } from 'zod';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, readingOf, unread } from './answer.ts';
import { askTogether, MAX_PARTS } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import { instant } from './shapes.ts';

const shape = z.looseObject({ lastPasswordChangeDateTime: instant.nullable() });

/**
 * When the passwords of these people were last changed, by whomever; `null` when that never happened. One round trip for
 * twenty people. Throws RangeError for more (a bug).
 */
export async function passwordChangedAt(
  client: GraphClient,
  people: readonly PersonId[],
  now: number,
): Promise<ReadonlyMap<PersonId, Reading<Instant | null>>> {
  const asked = [...new Set(people)];
  if (asked.length > MAX_PARTS) throw new RangeError(`One look covers ${MAX_PARTS} people, not ${asked.length}.`);
  const partOf = (person: PersonId): Part => ({
    path: path(`/users/${segment(person)}`, { $select: 'lastPasswordChangeDateTime' }),
  });
  const parts = Object.fromEntries(asked.map((person) => [person, partOf(person)]));
  const answers = await askTogether(client, 'read-password-times', parts, now);
  return new Map(
    asked.map((person) => {
      const answer = answers[person];
      if (answer === undefined) return [person, unread('missing')];
      return [person, mapReading(readingOf(answer, shape), (entry) => entry.lastPasswordChangeDateTime)];
    }),
  );
}
