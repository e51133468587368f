/**
 * Verification of the case rows against the chain.
 * A case row is believed only if the newest step of its case in the chain carries its digest.
 */
import type { Kysely } from 'kysely';
import { Fault } from '../casework/ports/fault.ts';
import { selectCases, unseal } from './sealed-cases.ts';
import type { SealedRow } from './sealed-cases.ts';
import { ERASED_CODE } from './erase.ts';
import type { Tables } from './tables.ts';

/** A case that does not fit the chain. */
export interface Misfit {
  readonly problem: 'case-altered' | 'case-missing';
  readonly caseId: number | null;
}

/** Rows per read. */
const CHUNK = 500;

/** Every step left a digest in the chain: the newest one must fit the row, and only an erasure takes a row away. */
export async function misfitAmongCases(db: Kysely<Tables>): Promise<Misfit | null> {
  const sealed = await db
    .selectFrom('entries')
    .select(({ fn }) => ['case_id', fn.max('seq').as('seq')])
    .where('case_digest', 'is not', null)
    .groupBy('case_id')
    .execute();
  const newest = new Map(sealed.map((row) => [row.case_id, row.seq]));
  let after = 0;
  for (;;) {
    const rows = await selectCases(db).where('cases.id', '>', after).orderBy('cases.id').limit(CHUNK).execute();
    for (const row of rows) {
      if (newest.get(row.id) !== row.sealed_by || !fits(row)) return { problem: 'case-altered', caseId: row.id };
      newest.delete(row.id);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    await new Promise<void>((next) => setImmediate(next));
  }
  for (const [id, seq] of newest) {
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
  try {
    unseal(row);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
