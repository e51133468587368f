/**
 * The entries of a ledger file for an export. The file is only read, in one consistent view, also while the bot writes to it,
 * and a few hundred entries at a time: an export of a million entries needs no more memory than one of a thousand.
 */
import type { Kysely } from 'kysely';
import type { ChainedEntry, ChainPoint } from '../casework/ports/ledger-stream.ts';
import type { Instant } from '../procedure/facts.ts';
import { genesisHash } from './chain.ts';
import { openReader, queryable } from './connection.ts';
import { asFault, corrupt, unsuitable } from './failures.ts';
import { placeOf, readChain } from './read-chain.ts';
import { isLedger } from './schema.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';

/** Where an export begins or ends: at an entry, or at a time. */
export type Bound = { readonly kind: 'seq'; readonly seq: number } | { readonly kind: 'time'; readonly at: Instant };

/** Which entries. `null`: from the first, to the last. */
export interface ExportRange {
  readonly since: Bound | null;
  readonly until: Bound | null;
}

/** A ledger file, open for an export. */
export interface ExportedLedger {
  readonly origin: string;
  /** The end of the chain at the moment of opening, as the ledger states it. */
  readonly head: ChainPoint;
  /**
   * The entries of a range in order, in groups, each compared with its hash and with the one before it; where the range
   * reaches the end of the chain, the last one with the head. By time, the range is from the first entry written at or after
   * `since` to the last one at or before `until`, and everything between them: the order is the number's, also where a clock
   * was set back. Throws Fault `ledger-corrupt` at what does not fit.
   */
  entries(range: ExportRange): AsyncIterable<readonly ChainedEntry[]>;
  close(): void;
}

/** Entries per read. */
const GROUP = 500;

/**
 * Opens the file for an export. Throws Fault `configuration` when it is no ledger, `ledger-corrupt` or `ledger-unreadable`
 * when it cannot be read, and SQLite's own error when there is no such file.
 */
export async function openForExport(file: string): Promise<ExportedLedger> {
  const database = openReader(file);
  try {
    database.exec('begin');
    if (!isLedger(database)) throw unsuitable('the file is not a Hardline ledger');
    const db = queryable(database);
    const { origin, ...head } = await db
      .selectFrom('chain_head')
      .select(['origin', 'seq', 'hash'])
      .where('id', '=', 1)
      .executeTakeFirstOrThrow();
    return {
      origin,
      head,
      entries: (range) => entriesIn(db, origin, head, range),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw asFault(error, 'reading');
  }
}

async function* entriesIn(
  db: Kysely<Tables>,
  origin: string,
  head: ChainPoint,
  { since, until }: ExportRange,
): AsyncGenerator<readonly ChainedEntry[]> {
  try {
    const first = since === null ? 1 : await firstOf(db, since);
    const last = until === null ? head.seq : Math.min(await lastOf(db, until), head.seq);
    if (first === null || first > last) return;
    let place = await placeOf(db, first - 1, genesisHash(origin));
    if (place === null) throw corrupt(`entry ${first - 1} is missing`);
    while (place.seq < last) {
      const group: readonly ChainedEntry[] = await readChain(db, { origin, after: place, last, limit: GROUP });
      const end = group.at(-1);
      if (end === undefined) throw corrupt(`entry ${place.seq + 1} is missing`);
      if (end.seq === head.seq && end.hash !== head.hash) throw corrupt('the chain does not end where its head says');
      yield group;
      place = end;
      await new Promise<void>((next) => setImmediate(next));
    }
  } catch (error) {
    throw asFault(error, 'reading');
  }
}

async function firstOf(db: Kysely<Tables>, bound: Bound): Promise<number | null> {
  if (bound.kind === 'seq') return Math.max(bound.seq, 1);
  const at = toText(bound.at);
  const row = await db
    .selectFrom('entries')
    .select('seq')
    .where('at', '>=', at)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? null;
}

async function lastOf(db: Kysely<Tables>, bound: Bound): Promise<number> {
  if (bound.kind === 'seq') return bound.seq;
  const row = await db
    .selectFrom('entries')
    .select('seq')
    .where('at', '<=', toText(bound.at))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
