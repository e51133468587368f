/**
 * Writes an update of the tenant index, inside a transaction of the write queue: what was found, and how far the source was
 * read, together or not at all. Rows that stay as they are are not written.
 */
import type { Transaction } from 'kysely';
import type { SourceDelays } from '../procedure/ages.ts';
import type { GroupId, Instant, PersonId } from '../procedure/facts.ts';
import type { KnownRegistration, KnownRisk, SourceStatus, TenantEvent } from '../casework/ports/tenant-index.ts';
import { mergeSightings } from './index-facts.ts';
import { inGroups } from './index-groups.ts';
import { readMomentOrNull } from './index-shape.ts';
import type { CheckedUpdate } from './index-shape.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';

/** Writes all of it; the status last, when everything it stands for is written. */
export async function applyUpdate(
  transaction: Transaction<Tables>,
  update: CheckedUpdate,
  delays: SourceDelays,
): Promise<void> {
  const { sightings = [], events = [], risks = [], registrations = [], members = [], status } = update;
  if (sightings.length > 0) {
    await mergeSightings(transaction, sightings, await feedReadUpTo(transaction), delays);
  }
  await inGroups(events, (group) => storeEvents(transaction, group));
  if (update.risksAreComplete === true) await removeOtherRisks(transaction, new Set(risks.map(({ person }) => person)));
  await inGroups(risks, (group) => storeRisks(transaction, group));
  await inGroups(registrations, (group) => storeRegistrations(transaction, group));
  for (const { group, people } of members) await storeMembers(transaction, group, new Set(people));
  if (status !== undefined) await storeStatus(transaction, status);
}

/** Up to when the change feed was read before this update: its own status is not written yet. */
async function feedReadUpTo(transaction: Transaction<Tables>): Promise<Instant | null> {
  const row = await transaction
    .selectFrom('index_sources')
    .select('seen_up_to')
    .where('source', '=', 'people')
    .executeTakeFirst();
  return readMomentOrNull(row?.seen_up_to ?? null);
}

async function storeEvents(transaction: Transaction<Tables>, events: readonly TenantEvent[]): Promise<void> {
  await transaction
    .insertInto('index_events')
    .values(
      events.map(({ id, about, at, what }) => ({ id, person: about, at: toText(at), what: JSON.stringify(what) })),
    )
    .onConflict((conflict) => conflict.columns(['id', 'person']).doNothing())
    .execute();
}

async function storeRisks(transaction: Transaction<Tables>, risks: readonly KnownRisk[]): Promise<void> {
  await transaction
    .insertInto('index_risks')
    .values(
      risks.map(({ person, facts, at }) => ({
        person,
        at: toText(at),
        level: facts.level,
        confirmed_compromised: facts.confirmedCompromised ? 1 : 0,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('person')
        .doUpdateSet((eb) => ({
          at: eb.ref('excluded.at'),
          level: eb.ref('excluded.level'),
          confirmed_compromised: eb.ref('excluded.confirmed_compromised'),
        }))
        .where((eb) =>
          eb.or([
            eb(eb.ref('excluded.at'), '>', eb.ref('index_risks.at')),
            eb.and([
              eb(eb.ref('excluded.at'), '=', eb.ref('index_risks.at')),
              eb.or([
                eb(eb.ref('excluded.level'), '!=', eb.ref('index_risks.level')),
                eb(eb.ref('excluded.confirmed_compromised'), '!=', eb.ref('index_risks.confirmed_compromised')),
              ]),
            ]),
          ]),
        ),
    )
    .execute();
}

async function removeOtherRisks(transaction: Transaction<Tables>, listed: ReadonlySet<string>): Promise<void> {
  const rows = await transaction.selectFrom('index_risks').select('person').execute();
  const gone = rows.map(({ person }) => person).filter((person) => !listed.has(person));
  await inGroups(gone, async (group) => {
    await transaction.deleteFrom('index_risks').where('person', 'in', group).execute();
  });
}

async function storeRegistrations(
  transaction: Transaction<Tables>,
  registrations: readonly { readonly person: PersonId; readonly known: KnownRegistration }[],
): Promise<void> {
  await transaction
    .insertInto('index_registrations')
    .values(
      registrations.map(({ person, known }) => ({
        person,
        read_at: toText(known.readAt),
        facts: JSON.stringify(known.facts),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('person')
        .doUpdateSet((eb) => ({ read_at: eb.ref('excluded.read_at'), facts: eb.ref('excluded.facts') }))
        .whereRef('excluded.read_at', '>', 'index_registrations.read_at'),
    )
    .execute();
}

async function storeMembers(
  transaction: Transaction<Tables>,
  group: GroupId,
  people: ReadonlySet<PersonId>,
): Promise<void> {
  await transaction
    .insertInto('index_groups')
    .values({ group_id: group })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await transaction.selectFrom('index_members').select('person').where('group_id', '=', group).execute();
  const known = new Set(rows.map(({ person }) => person));
  const gone = [...known].filter((person) => !people.has(person as PersonId));
  await inGroups(gone, async (some) => {
    await transaction.deleteFrom('index_members').where('group_id', '=', group).where('person', 'in', some).execute();
  });
  const added = [...people].filter((person) => !known.has(person));
  await inGroups(added, async (some) => {
    const values = some.map((person) => ({ group_id: group, person }));
    await transaction.insertInto('index_members').values(values).execute();
  });
}

async function storeStatus(transaction: Transaction<Tables>, status: SourceStatus): Promise<void> {
  const columns = {
    cursor: status.cursor,
    seen_up_to: status.seenUpTo === null ? null : toText(status.seenUpTo),
    observed_since: status.observedSince === null ? null : toText(status.observedSince),
    trouble: status.trouble,
  };
  await transaction
    .insertInto('index_sources')
    .values({ source: status.source, ...columns })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(columns))
    .execute();
}
