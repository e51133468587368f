/**
 * The followed facts in the database. A look is merged with what is known inside the transaction that writes it, so that two
 * looks at one fact can never overwrite each other; a row that stays as it is is not written.
 */
import type { Kysely, Transaction } from 'kysely';
import { afterSighting } from '../procedure/ages.ts';
import type { KnownFact, SourceDelays } from '../procedure/ages.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { FactSighting, FollowedFact } from '../casework/ports/tenant-index.ts';
import { digestText, followedFact, readColumn, readMoment, readMomentOrNull } from './index-shape.ts';
import { inGroups } from './index-groups.ts';
import type { IndexFactsTable, Tables } from './tables.ts';
import { toText } from './time.ts';

/** Merges looks with what is known, in their order. `feedReadUpTo`: see `afterSighting`. */
export async function mergeSightings(
  transaction: Transaction<Tables>,
  sightings: readonly FactSighting[],
  feedReadUpTo: Instant | null,
  delays: SourceDelays,
): Promise<void> {
  await inGroups(sightings, async (group) => {
    const people = [...new Set(group.map(({ person }) => person))];
    const rows = await transaction.selectFrom('index_facts').selectAll().where('person', 'in', people).execute();
    const known = new Map(rows.map((row) => [keyOf(row.person, row.fact), readFact(row)]));
    const changed = new Map<string, IndexFactsTable>();
    for (const { person, fact, seen } of group) {
      const key = keyOf(person, fact);
      const before = known.get(key) ?? null;
      const after = afterSighting(before, seen, feedReadUpTo, delays);
      if (before !== null && isSame(before, after)) continue;
      known.set(key, after);
      changed.set(key, rowOf(person, fact, after));
    }
    if (changed.size > 0) await store(transaction, [...changed.values()]);
  });
}

async function store(transaction: Transaction<Tables>, rows: readonly IndexFactsTable[]): Promise<void> {
  await transaction
    .insertInto('index_facts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['person', 'fact']).doUpdateSet((eb) => ({
        digest: eb.ref('excluded.digest'),
        first_seen_at: eb.ref('excluded.first_seen_at'),
        changed_at: eb.ref('excluded.changed_at'),
      })),
    )
    .execute();
}

/** What is known about a person's facts. */
export async function factsOf(db: Kysely<Tables>, person: PersonId): Promise<ReadonlyMap<FollowedFact, KnownFact>> {
  const rows = await db.selectFrom('index_facts').selectAll().where('person', '=', person).orderBy('fact').execute();
  return new Map(rows.map((row) => [readColumn(followedFact, row.fact), readFact(row)]));
}

/** How many other people have a fact with one of these digests. */
export async function othersWith(db: Kysely<Tables>, digests: readonly string[], person: PersonId): Promise<number> {
  if (digests.length === 0) return 0;
  const { others } = await db
    .selectFrom('index_facts')
    .select(({ fn }) => fn.count<number | string>('person').distinct().as('others'))
    .where('digest', 'in', digests)
    .where('person', '!=', person)
    .executeTakeFirstOrThrow();
  return Number(others);
}

function readFact(row: IndexFactsTable): KnownFact {
  return {
    digest: row.digest === null ? null : readColumn(digestText, row.digest),
    firstSeenAt: readMoment(row.first_seen_at),
    changedAt: readMomentOrNull(row.changed_at),
  };
}

function rowOf(person: PersonId, fact: FollowedFact, { digest, firstSeenAt, changedAt }: KnownFact): IndexFactsTable {
  return {
    person,
    fact,
    digest,
    first_seen_at: toText(firstSeenAt),
    changed_at: changedAt === null ? null : toText(changedAt),
  };
}

function isSame(one: KnownFact, other: KnownFact): boolean {
  return one.digest === other.digest && one.firstSeenAt === other.firstSeenAt && one.changedAt === other.changedAt;
}

function keyOf(person: string, fact: string): string {
  return `${person} ${fact}`;
}
