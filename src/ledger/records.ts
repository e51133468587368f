/**
 * Entries in the database: recording and looking up.
 * What is read back was once written by `append`; a row that does not parse is damage.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Arrival, EntryFilter, Ledger, LedgerEntry, RecordedEntry } from '../casework/ports/ledger.ts';
import { append } from './append.ts';
import { counts } from './counts.ts';
import { storeConversation } from './conversations.ts';
import { CODES_OF_NOES, newestNoes } from './noes.ts';
import { caseId, personId, prepareEntry, readStoredDetail } from './entry-shape.ts';
import { corrupt } from './failures.ts';
import { withoutSecondOutcomes } from './second-outcomes.ts';
import { markSeen } from './seen-activities.ts';
import type { Tables } from './tables.ts';
import { fromText, toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** What counts as a contact about a caller. */
const CONTACT_CODES = ['case.opened', 'case.asked-about', 'request.refused'];
/** More than these about one person within a month are not one person's calls any more. */
const CONTACTS_AT_MOST = 1000;
const OBJECTION_CODE = 'case.caller-objected';

type RecordPort = Pick<
  Ledger,
  | 'record'
  | 'recordArrival'
  | 'entries'
  | 'contactsAbout'
  | 'objectionAbout'
  | 'noesAbout'
  | 'unsettledIntents'
  | 'newestOf'
  | 'entriesSince'
  | 'callersIn'
  | 'countBy'
>;

/** The part of the Ledger port that deals with entries. */
export function records(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
  readonly newSalt: () => string;
}): RecordPort {
  const { queue, reader, newSalt } = parts;
  /** Entries about a caller with one of these codes, newest first. */
  const about = (caller: PersonId, since: Instant, codes: readonly string[]) =>
    selectEntries(reader)
      .where('entries.about', '=', caller)
      .where('entries.at', '>=', toText(since))
      .where('entries.code', 'in', codes)
      .orderBy('entries.seq', 'desc');
  /** Up to here every intent has its outcome. Outcomes are never removed, so this never has to go back. `null`: not known yet. */
  let settledThrough: number | null = null;

  return {
    ...counts(reader),

    async record(entries: readonly LedgerEntry[], at: Instant) {
      const prepared = entries.map((entry) => prepareEntry(entry, newSalt));
      if (prepared.length === 0) return;
      await queue.write(async (transaction, head) =>
        append(head, await withoutSecondOutcomes(transaction, prepared), at),
      );
    },

    async recordArrival({ activityId, conversation, roles }: Arrival, entries: readonly LedgerEntry[], at: Instant) {
      const prepared = entries.map((entry) => prepareEntry(entry, newSalt));
      return queue.write(async (transaction, head) => {
        if (!(await markSeen(transaction, activityId, at))) return 'repeated';
        await storeConversation(transaction, conversation, roles, at);
        await append(head, prepared, at);
        return 'first';
      });
    },

    async entries({ caseId, about, codes, before, limit }: EntryFilter) {
      // Which they are is found in an index alone; only those are then read.
      let wanted = reader.selectFrom('entries as wanted').select('wanted.seq').orderBy('wanted.seq', 'desc');
      if (caseId !== null) wanted = wanted.where('wanted.case_id', '=', caseId);
      if (about !== undefined) wanted = wanted.where('wanted.about', '=', about);
      if (codes !== undefined) wanted = wanted.where('wanted.code', 'in', codes);
      if (before !== undefined) wanted = wanted.where('wanted.seq', '<', before);
      const query = selectEntries(reader).where('entries.seq', 'in', wanted.limit(limit));
      return (await query.orderBy('entries.seq', 'desc').execute()).map(readEntry);
    },

    async contactsAbout(caller: PersonId, since: Instant) {
      const rows = await about(caller, since, CONTACT_CODES).limit(CONTACTS_AT_MOST).execute();
      return rows.map(readEntry).toReversed();
    },

    async noesAbout(caller: PersonId, since: Instant) {
      const rows = await about(caller, since, CODES_OF_NOES).execute();
      return newestNoes(rows.map(readEntry));
    },

    async objectionAbout(caller: PersonId, since: Instant) {
      const row = await reader
        .selectFrom('entries')
        .select('at')
        .where('about', '=', caller)
        .where('at', '>=', toText(since))
        .where('code', '=', OBJECTION_CODE)
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : readTime(row.at);
    },

    async newestOf(codes: readonly string[], about?: CaseId) {
      let query = selectEntries(reader).where('entries.code', 'in', codes).orderBy('entries.seq', 'desc').limit(1);
      if (about !== undefined) query = query.where('entries.case_id', '=', about);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : readEntry(row);
    },

    async entriesSince(codes: readonly string[], since: Instant) {
      const rows = await selectEntries(reader)
        .where('entries.code', 'in', codes)
        .where('entries.at', '>=', toText(since))
        .orderBy('entries.seq')
        .execute();
      return rows.map(readEntry);
    },

    async unsettledIntents() {
      const { seq: newest } = await reader.selectFrom('chain_head').select('seq').executeTakeFirstOrThrow();
      settledThrough ??= (await firstUnsettled(reader)) - 1;
      const rows = await selectEntries(reader)
        .leftJoin('intents_under_way', 'intents_under_way.intent_id', 'entries.intent_id')
        .select('intents_under_way.owner')
        .where('entries.seq', '>', settledThrough)
        .where('entries.seq', '<=', newest)
        .where('entries.code', 'like', '%.intent')
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('entries as outcome')
                .select('outcome.seq')
                .whereRef('outcome.intent_id', '=', 'entries.intent_id')
                .where('outcome.code', 'like', '%.outcome'),
            ),
          ),
        )
        .orderBy('entries.seq')
        .execute();
      settledThrough = Math.max(settledThrough, (rows[0]?.seq ?? newest + 1) - 1);
      return rows.map((row) => ({ ...readEntry(row), owner: row.owner }));
    },
  };
}

/**
 * The oldest intent without an outcome, as a sequence number; the newest entry when there is none. Asked once, at start: the
 * index of intents is read from end to end, and no entry besides.
 */
async function firstUnsettled(db: Kysely<Tables>): Promise<number> {
  const { first } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('entries')
        .select(({ fn }) => fn.min('seq').as('seq'))
        .where('intent_id', 'is not', null)
        .groupBy('entries.intent_id')
        .having(sql<boolean>`sum(case when code like '%.outcome' then 1 else 0 end) = 0`)
        .as('unsettled'),
    )
    .select(({ fn }) => fn.min<number | null>('seq').as('first'))
    .executeTakeFirstOrThrow();
  if (first !== null) return first;
  const { seq } = await db.selectFrom('chain_head').select('seq').executeTakeFirstOrThrow();
  return seq + 1;
}

interface EntryRow {
  readonly seq: number;
  readonly at: string;
  readonly code: string;
  readonly actor: string;
  readonly about: string | null;
  readonly case_id: number | null;
  readonly intent_id: string | null;
  readonly detail: string | null;
}

/** Entries with their detail, where it was not erased. */
export function selectEntries(db: Kysely<Tables>) {
  return db
    .selectFrom('entries')
    .leftJoin('details', 'details.seq', 'entries.seq')
    .select([
      'entries.seq',
      'entries.at',
      'entries.code',
      'entries.actor',
      'entries.about',
      'entries.case_id',
      'entries.intent_id',
      'details.detail',
    ]);
}

const people = z.object({
  actor: z.union([z.literal('hardline'), personId]),
  about: personId.nullable(),
  caseId: caseId.nullable(),
});

/** Reads an entry back; an erased detail reads `{ erased: true }`. Throws Fault `ledger-corrupt` for what is no entry. */
export function readEntry(row: EntryRow): RecordedEntry {
  const parsed = people.safeParse({ actor: row.actor, about: row.about, caseId: row.case_id });
  if (!parsed.success) throw corrupt(`entry ${row.seq} cannot be read`);
  return {
    seq: row.seq,
    at: readTime(row.at),
    code: row.code,
    actor: parsed.data.actor,
    about: parsed.data.about,
    caseId: parsed.data.caseId,
    intentId: row.intent_id,
    ...(row.detail === null ? { detail: { erased: true } } : readDetail(row.seq, row.detail)),
  };
}

function readTime(text: string): Instant {
  const at = fromText(text);
  if (at === null) throw corrupt('an entry has no readable time');
  return at;
}

function readDetail(seq: number, text: string): Pick<LedgerEntry, 'turn' | 'detail'> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt(`the detail of entry ${seq} is not JSON`, error);
  }
  const read = readStoredDetail(json);
  if (read === null) throw corrupt(`the detail of entry ${seq} cannot be read`);
  return read;
}
