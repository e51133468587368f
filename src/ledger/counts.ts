/**
 * What is counted in the entries: people and what they did, since a time.
 */
import type { Kysely } from 'kysely';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Ledger } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';

/** The part of the Ledger port that counts. */
export function counts(reader: Kysely<Tables>): Pick<Ledger, 'callersIn' | 'countBy'> {
  return {
    async countBy(person: PersonId, codes: readonly string[], since: Instant) {
      const row = await reader
        .selectFrom('entries')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('code', 'in', codes)
        .where('at', '>=', toText(since))
        .where('actor', '=', person)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async callersIn(codes: readonly string[], since: Instant) {
      const row = await reader
        .selectFrom('entries')
        .select((eb) => eb.fn.count('about').distinct().as('callers'))
        .where('code', 'in', codes)
        .where('at', '>=', toText(since))
        .executeTakeFirstOrThrow();
      return Number(row.callers);
    },
  };
}
