/**
 * Verification of the case rows against the chain.
 * A case row is believed only if the newest step of its case in the chain carries its digest.
 */
import type { Kysely } from 'kysely';
import { Fault } from '../casework/ports/fault.ts';
import { selectCases, unseal } from './sealed-cases.ts';
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
 * Every step left a digest in the chain: the newest one must fit the row, and only an erasure takes a row away. The check has
 * been along the whole chain.
 */
export async function misfitAmongCases(
  db: Kysely<Tables>,
  check: ChainCheck,
  casesAtOnce: number,
): Promise<Misfit | null> {
  const newest = new Map(check.digests());
  let after = 0;
  for (;;) {
    const rows = await selectCases(db).where('cases.id', '>', after).orderBy('cases.id').limit(casesAtOnce).execute();
    for (const row of rows) {
      if (newest.get(row.id) !== row.sealed_by || !fits(row)) return { problem: 'case-altered', caseId: row.id };
      newest.delete(row.id);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    await othersTurn();
  }
  for (const [id, seq] of newest) {
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
  try {
    unseal(row);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
