/**
 * Verification of the case rows against the chain.
 * A case row is believed only if the newest step of its case in the chain carries its digest.
 */
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { Fault } from '../casework/ports/fault.ts';
import { isSealedBy, selectCases, unseal } from './sealed-cases.ts';
import type { SealedRow } from './sealed-cases.ts';
import type { Tables } from './tables.ts';
import type { ChainCheck } from './verify-chain.ts';
import { othersTurn } from './verify-rows.ts';

/** A case that does not fit the chain. */
export interface Misfit {
  readonly problem: 'case-altered' | 'case-missing';
  readonly caseId: number | null;
}

/**
 * Every step left a digest in the chain: the newest one must fit the row, and only an erasure takes a row away. An open case must
 * also read as a case, because people work on it; a closed one is as it was written when its digest fits. The check has been along
 * the whole chain.
 */
export async function misfitAmongCases(
  database: Database,
  check: ChainCheck,
  casesAtOnce: number,
): Promise<Misfit | null> {
  const left = new Map(check.digests());
  const read = database.prepare<[number, number], Omit<SealedRow, 'digest'>>(
    `select id, version, technician, caller, opened_at, closed_at, state, body, salt, sealed_by
     from cases where id > ? order by id limit ?`,
  );
  for (let after = 0; ;) {
    const rows = read.all(after, casesAtOnce);
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
    await othersTurn();
  }
  for (const [id, { seq }] of left) {
    if ((check.erasedCases().get(id) ?? 0) < seq) return { problem: 'case-missing', caseId: id };
  }
  return null;
}

/**
 * The open cases alone: each row must be the one that the newest step of its case left. Asked of the index, so that it takes as
 * long as there are open cases and no longer.
 */
export async function misfitAmongOpenCases(db: Kysely<Tables>): Promise<Misfit | null> {
  const rows = await selectCases(db)
    .select((eb) =>
      eb
        .selectFrom('entries as newest')
        .select(({ fn }) => fn.max('newest.seq').as('seq'))
        .whereRef('newest.case_id', '=', 'cases.id')
        .where('newest.case_digest', 'is not', null)
        .as('newest'),
    )
    .where('cases.closed_at', 'is', null)
    .execute();
  const misfit = rows.find((row) => row.newest !== row.sealed_by || !fits(row));
  return misfit === undefined ? null : { problem: 'case-altered', caseId: misfit.id };
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
