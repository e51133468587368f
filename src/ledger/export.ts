/**
 * Everything the ledger holds about one person, for that person or for the data protection officer.
 * It is read in one consistent view, and includes everything that the person can be found by.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { PersonId } from '../procedure/facts.ts';
import type { RecordedEntry, StoredCase } from '../casework/ports/ledger.ts';
import { indexAbout } from './index-about.ts';
import type { IndexAbout } from './index-about.ts';
import { selectCases, unseal } from './sealed-cases.ts';
import { readEntry, selectEntries } from './records.ts';
import type { Tables } from './tables.ts';

/** What is known about a person. Plain data, ready for JSON. */
export interface AboutPerson {
  readonly person: PersonId;
  /** Entries about the person or written by them, oldest first. */
  readonly entries: readonly RecordedEntry[];
  /** Cases in which the person is the caller or the technician, oldest first. */
  readonly cases: readonly StoredCase[];
  /** Whether the bot keeps a reference to a Teams conversation with the person. */
  readonly hasConversation: boolean;
  readonly tenantIndex: IndexAbout;
}

/** Collects it. */
export function exportAbout(reader: Kysely<Tables>, person: PersonId): Promise<AboutPerson> {
  return reader.transaction().execute(async (view) => {
    const entries = await selectEntries(view)
      .where('entries.seq', 'in', (eb) =>
        eb
          .selectFrom('entries as about')
          .select('about.seq')
          .where('about.about', '=', person)
          .union(
            eb
              .selectFrom('entries as by')
              .select('by.seq')
              .where('by.actor', '=', person)
              .where(sql<boolean>`by.actor <> 'hardline'`), // as in the index
          ),
      )
      .orderBy('entries.seq')
      .execute();
    const cases = await selectCases(view)
      .where((eb) => eb.or([eb('cases.caller', '=', person), eb('cases.technician', '=', person)]))
      .orderBy('cases.id')
      .execute();
    const conversation = await view
      .selectFrom('conversations')
      .select('person')
      .where('person', '=', person)
      .executeTakeFirst();
    return {
      person,
      entries: entries.map(readEntry),
      cases: cases.map(unseal),
      hasConversation: conversation !== undefined,
      tenantIndex: await indexAbout(view, person),
    };
  });
}
