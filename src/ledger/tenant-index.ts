/**
 * What the bot remembers of the tenant, in the ledger's database. One update is one job of the write queue, and so one
 * transaction. Nothing of it is chained: it proves nothing, and Microsoft can be asked again.
 */
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { SourceDelays } from '../procedure/ages.ts';
import type { GroupId, Instant, PersonId } from '../procedure/facts.ts';
import type { FollowedFact, IndexUpdate, KnownFacts, TenantIndex } from '../casework/ports/tenant-index.ts';
import { ERASED_CODE } from './seal.ts';
import { asFault, unreadable } from './failures.ts';
import { factsOf, othersWith } from './index-facts.ts';
import { factDigest } from './index-key.ts';
import { eventsIn, membersIn, registrationIn, riskIn, sourcesIn } from './index-rows.ts';
import { checkLongUpdate, readMomentOrNull } from './index-shape.ts';
import { applyUpdate } from './index-writes.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** Events removed in one transaction: the turns in between must not wait for a month of events. */
const FORGOTTEN_AT_ONCE = 500;

/** Makes the index. Without a key it can be looked at, but nothing can be compared with it. */
export function tenantIndex(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
  readonly key: KeyObject | null;
  /** Asked at every update. */
  readonly delays: () => SourceDelays;
}): TenantIndex {
  const { queue, reader, key, delays } = parts;
  return {
    digest(fact: FollowedFact, value: string) {
      if (key === null) throw unreadable('the tenant index was opened without its key');
      return factDigest(key, fact, value);
    },
    sources: () => reading(() => sourcesIn(reader)),
    async write(update: IndexUpdate) {
      const checked = await checkLongUpdate(update);
      await queue.write((transaction) => applyUpdate(transaction, checked, delays()));
    },
    factsAbout: (person: PersonId) => reading(() => factsAbout(reader, person)),
    othersWith: (digests: readonly string[], person: PersonId) => reading(() => othersWith(reader, digests, person)),
    eventsAbout: (people: readonly PersonId[], since: Instant) => reading(() => eventsIn(reader, people, since)),
    riskOf: (person: PersonId) => reading(() => riskIn(reader, person)),
    registrationOf: (person: PersonId) => reading(() => registrationIn(reader, person)),
    membersOf: (group: GroupId) => reading(() => membersIn(reader, group)),
    async forgetEventsBefore(moment: Instant) {
      for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE;) {
        forgotten = await queue.write((transaction) => forgetSome(transaction, moment));
      }
    },
  };
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFault(error, 'reading');
  }
}

/** In one view: facts and sources of different moments would not fit each other. */
function factsAbout(reader: Kysely<Tables>, person: PersonId): Promise<KnownFacts> {
  return reader.transaction().execute(async (view) => ({
    facts: await factsOf(view, person),
    sources: await sourcesIn(view),
    erasedAt: await lastErased(view, person),
  }));
}

/** The entry of an erasure stays when all else about the person goes, so it need not be written down a second time. */
async function lastErased(db: Kysely<Tables>, person: PersonId): Promise<Instant | null> {
  const row = await db
    .selectFrom('entries')
    .select('at')
    .where('about', '=', person)
    .where('code', '=', ERASED_CODE)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return readMomentOrNull(row?.at ?? null);
}

async function forgetSome(db: Kysely<Tables>, moment: Instant): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('index_events')
    .where((eb) =>
      eb(
        eb.refTuple('id', 'person'),
        'in',
        eb
          .selectFrom('index_events')
          .select(['id', 'person'])
          .where('at', '<', toText(moment))
          .limit(FORGOTTEN_AT_ONCE)
          .$asTuple('id', 'person'),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
