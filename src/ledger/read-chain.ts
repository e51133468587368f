/**
 * Reads entries in the order of the chain, and compares each with its hash and with the one before it. An entry that was
 * changed in the file is therefore never handed on as if it were evidence.
 */
import type { Kysely } from 'kysely';
import type { ChainedEntry, ChainPoint } from '../casework/ports/ledger-stream.ts';
import { detailCommitment, recordHash } from './chain.ts';
import { ERASED_CODE } from './erase.ts';
import { corrupt } from './failures.ts';
import { readEntry } from './records.ts';
import type { Tables } from './tables.ts';

/**
 * The entries after a place, at most `limit`, none after `last`. Throws Fault `ledger-corrupt` at the first that does not fit:
 * altered, missing, cut off from the one before it, or without its detail although no entry says that it was erased.
 */
export async function readChain(
  db: Kysely<Tables>,
  { origin, after, last, limit }: { origin: string; after: ChainPoint; last: number; limit: number },
): Promise<readonly ChainedEntry[]> {
  const rows = await db
    .selectFrom('entries')
    .leftJoin('details', 'details.seq', 'entries.seq')
    .selectAll('entries')
    .select(['details.salt', 'details.detail'])
    .where('entries.seq', '>', after.seq)
    .where('entries.seq', '<=', last)
    .orderBy('entries.seq')
    .limit(limit)
    .execute();
  const entries: ChainedEntry[] = [];
  let { seq, hash } = after;
  for (const row of rows) {
    if (row.seq !== seq + 1) throw corrupt(`entry ${seq + 1} is missing`);
    if (row.prev !== hash) throw corrupt(`entry ${row.seq} does not continue the chain`);
    if (recordHash(recordOf(row)) !== row.hash) throw corrupt(`entry ${row.seq} was altered`);
    if (row.detail === null || row.salt === null) {
      if (!(await isErasureWritten(db, row))) throw corrupt(`the detail of entry ${row.seq} is missing`);
    } else if (detailCommitment(row.salt, row.detail) !== row.detail_commitment) {
      throw corrupt(`the detail of entry ${row.seq} was altered`);
    }
    const entry = readEntry(row);
    entries.push({ ...entry, origin, hash: row.hash, detail: row.detail === null ? null : entry.detail });
    ({ seq, hash } = row);
  }
  return entries;
}

/** The place of an entry, with the hash that is stored for it; before the first entry, `genesis`. `null`: no such entry. */
export async function placeOf(db: Kysely<Tables>, seq: number, genesis: string): Promise<ChainPoint | null> {
  if (seq === 0) return { seq, hash: genesis };
  const row = await db.selectFrom('entries').select(['seq', 'hash']).where('seq', '=', seq).executeTakeFirst();
  return row ?? null;
}

interface Row {
  readonly seq: number;
  readonly at: string;
  readonly code: string;
  readonly actor: string;
  readonly about: string | null;
  readonly case_id: number | null;
  readonly intent_id: string | null;
  readonly detail_commitment: string;
  readonly case_digest: string | null;
  readonly prev: string;
}

function recordOf(row: Row) {
  return {
    seq: row.seq,
    at: row.at,
    code: row.code,
    actor: row.actor,
    about: row.about,
    caseId: row.case_id,
    intentId: row.intent_id,
    detailCommitment: row.detail_commitment,
    caseDigest: row.case_digest,
    prev: row.prev,
  };
}

/** Whether a later entry says that the details of this person, or of this case, were erased; as in erased-details.ts. */
async function isErasureWritten(db: Kysely<Tables>, row: Row): Promise<boolean> {
  const { seq, about, case_id } = row;
  const found = await db
    .selectFrom('entries')
    .select('seq')
    .where('code', '=', ERASED_CODE)
    .where('seq', '>', seq)
    .where((eb) =>
      eb.or([
        ...(about === null ? [] : [eb.and([eb('about', '=', about), eb('case_id', 'is', null)])]),
        ...(case_id === null ? [] : [eb('case_id', '=', case_id)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
