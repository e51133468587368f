/**
 * Verification of the case rows against the chain.
 * A case row is believed only if the newest step of its case in the chain carries its digest.
 */
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { Fault } from '../casework/ports/fault.ts';
import { isSealedBy, unseal } from './sealed-cases.ts';
import type { SealedRow } from './sealed-cases.ts';
import { ERASED_CODE } from './erase.ts';
import type { Tables } from './tables.ts';

/** A case that does not fit the chain. */
export interface Misfit {
  readonly problem: 'case-altered' | 'case-missing';
  readonly caseId: number | null;
}

/** The newest entry of a case that holds a digest of it. */
export interface SealingEntry {
  readonly seq: number;
  readonly digest: string;
}

/** Rows per read. */
const CHUNK = 100;

/**
 * Every step left a digest in the chain: the newest one must fit the row, and only an erasure takes a row away. An open case must
 * also read as a case, because people work on it; a closed one is as it was written when its digest fits.
 */
export async function misfitAmongCases(
  database: Database,
  db: Kysely<Tables>,
  sealed: ReadonlyMap<number, SealingEntry>,
): Promise<Misfit | null> {
  const left = new Map(sealed);
  const read = database.prepare<[number, number], Omit<SealedRow, 'digest'>>(
    `select id, version, technician, caller, opened_at, closed_at, state, body, salt, sealed_by
     from cases where id > ? order by id limit ?`,
  );
  for (let after = 0; ;) {
    const rows = read.all(after, CHUNK);
    for (const row of rows) {
      const by = left.get(row.id);
      if (by?.seq !== row.sealed_by || !fits({ ...row, digest: by.digest })) {
        return { problem: 'case-altered', caseId: row.id };
      }
      left.delete(row.id);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    await new Promise<void>((next) => setImmediate(next));
  }
  for (const [id, { seq }] of left) {
    const erased = await db
      .selectFrom('entries')
      .select('seq')
      .where('case_id', '=', id)
      .where('code', '=', ERASED_CODE)
      .where('seq', '>', seq)
      .executeTakeFirst();
    if (erased === undefined) return { problem: 'case-missing', caseId: id };
  }
  return null;
}

function fits(row: SealedRow): boolean {
  if (row.closed_at !== null) return isSealedBy(row, row.digest);
  try {
    unseal(row);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
