/**
 * Rows of the tenant index about one person or group, read back. Throws Fault `ledger-corrupt` for a row that nobody wrote.
 */
import type { Kysely } from 'kysely';
import type { GroupId, Instant, PersonId, RiskFacts } from '../procedure/facts.ts';
import type { KnownRegistration, SourceName, SourceStatus, TenantEvent } from '../casework/ports/tenant-index.ts';
import { personId } from './entry-shape.ts';
import {
  eventWhat,
  groupId,
  readColumn,
  readJson,
  readMoment,
  readMomentOrNull,
  registrationShape,
  riskShape,
  sourceName,
  troubleShape,
} from './index-shape.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';

/** How far each source was read. */
export async function sourcesIn(db: Kysely<Tables>): Promise<ReadonlyMap<SourceName, SourceStatus>> {
  const rows = await db.selectFrom('index_sources').selectAll().execute();
  return new Map(
    rows.map((row) => {
      const source = readColumn(sourceName, row.source);
      const status: SourceStatus = {
        source,
        cursor: row.cursor,
        seenUpTo: readMomentOrNull(row.seen_up_to),
        observedSince: readMomentOrNull(row.observed_since),
        trouble: readColumn(troubleShape, row.trouble),
      };
      return [source, status];
    }),
  );
}

/** Events about these people since a moment, oldest first. */
export async function eventsIn(
  db: Kysely<Tables>,
  people: readonly PersonId[],
  since: Instant,
): Promise<readonly TenantEvent[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('index_events')
    .selectAll()
    .where('person', 'in', people)
    .where('at', '>=', toText(since))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: readMoment(row.at),
    about: readColumn(personId, row.person),
    what: readJson(eventWhat, row.what),
  }));
}

/** The risk of a person; `null` when the list does not have them. */
export async function riskIn(db: Kysely<Tables>, person: PersonId): Promise<RiskFacts | null> {
  const row = await db.selectFrom('index_risks').selectAll().where('person', '=', person).executeTakeFirst();
  if (row === undefined) return null;
  return readColumn(riskShape, { level: row.level, confirmedCompromised: row.confirmed_compromised === 1 });
}

/** A person's row in the registration report; `null` when it was not read. */
export async function registrationIn(db: Kysely<Tables>, person: PersonId): Promise<KnownRegistration | null> {
  const row = await db.selectFrom('index_registrations').selectAll().where('person', '=', person).executeTakeFirst();
  if (row === undefined) return null;
  return { facts: readJson(registrationShape, row.facts), readAt: readMoment(row.read_at) };
}

/** The members of a group; `null` when they were not read. */
export async function membersIn(db: Kysely<Tables>, group: GroupId): Promise<readonly PersonId[] | null> {
  const rows = await db
    .selectFrom('index_groups')
    .leftJoin('index_members', 'index_members.group_id', 'index_groups.group_id')
    .select('index_members.person')
    .where('index_groups.group_id', '=', group)
    .orderBy('index_members.person')
    .execute();
  if (rows.length === 0) return null;
  return rows.flatMap(({ person }) => (person === null ? [] : [readColumn(personId, person)]));
}

/** The groups that a person was last seen in. */
export async function groupsOf(db: Kysely<Tables>, person: PersonId): Promise<readonly GroupId[]> {
  const rows = await db
    .selectFrom('index_members')
    .select('group_id')
    .where('person', '=', person)
    .orderBy('group_id')
    .execute();
  return rows.map((row) => readColumn(groupId, row.group_id));
}
