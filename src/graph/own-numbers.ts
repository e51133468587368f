/**
 * The numbers that somebody has on record, as digests: a technician must not be offered their own number to call the caller
 * back. Read in one round trip, and cached for a few minutes; failures are not.
 */
import type { TenantIndex } from '../casework/ports/tenant-index.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { read, readingOf } from './answer.ts';
import { askTogether } from './batch.ts';
import type { GraphClient } from './client.ts';
import { methodsPath, methodsShape } from './methods.ts';
import { NUMBER_DIGESTS, telephoneNumbersOf } from './numbers.ts';
import { path, segment } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { numbersShape } from './shapes.ts';

/** How long an answer is cached, in milliseconds. A technician opens a case every few minutes. */
const CACHED_MS = 5 * 60_000;
/** The most people in the cache: more than a helpdesk has technicians. */
const MAX_CACHED = 500;

/** Reads somebody's numbers, as the digests by which numbers on record are compared. */
type NumbersReader = (client: GraphClient, person: PersonId, now: Instant) => Promise<Reading<readonly string[]>>;

/** Creates the reader. `methodsLimit`: where a tenant counts the list of a person's methods as a report. */
export function ownNumbersReader(
  index: Pick<TenantIndex, 'digest'>,
  methodsLimit: ReportRateLimit | null,
): NumbersReader {
  const cache = new Map<PersonId, { readonly digests: readonly string[]; readonly until: number }>();
  return async (client, person, now) => {
    const known = cache.get(person);
    if (known !== undefined && now < known.until) return read(known.digests);
    const ask = () =>
      askTogether(
        client,
        'read-own-numbers',
        {
          entry: {
            path: path(`/users/${segment(person)}`, { $select: 'id,usageLocation,businessPhones,mobilePhone' }),
          },
          methods: { path: methodsPath(person) },
        },
        now,
      );
    const answers = await (methodsLimit === null ? ask() : methodsLimit.count(ask));
    const entry = readingOf(answers.entry, numbersShape);
    if (entry.kind !== 'read') return entry;
    const methods = readingOf(answers.methods, methodsShape);
    if (methods.kind !== 'read') return methods;
    const digests = telephoneNumbersOf(entry.value, methods.value).map(({ same }) =>
      index.digest(NUMBER_DIGESTS, same),
    );
    cache.delete(person); // so that the oldest answer is always the first one
    cache.set(person, { digests, until: now + CACHED_MS });
    for (const oldest of cache.keys()) {
      if (cache.size <= MAX_CACHED) break;
      cache.delete(oldest);
    }
    return read(digests);
  };
}
