/**
 * Erases what is personal about somebody.
 * The erasure is itself recorded, and the bare record (when, who, which code) stays, so the chain does not change. Open cases
 * are left alone: somebody is still working on them.
 */
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Actor, LedgerEntry } from '../casework/ports/ledger.ts';
import { append } from './append.ts';
import { prepareEntry } from './entry-shape.ts';
import { eraseFromIndex } from './index-about.ts';
import type { Tables } from './tables.ts';
import type { WriteQueue } from './write-queue.ts';

/** The code of the entry that explains missing details and cases. */
export const ERASED_CODE = 'ledger.erased';

/** What was erased. */
export interface Erasure {
  readonly details: number;
  readonly cases: number;
  /** Cases about this person that are still open and therefore kept. Erase again once they are closed. */
  readonly openCasesKept: number;
}

/**
 * Erases the details of every entry about the person, their closed cases, their conversation reference and what the tenant
 * index holds of them, and records it.
 * Afterwards the write-ahead log is emptied, so that the text is gone from the files too (unless another process is reading).
 */
export async function erase(
  parts: { readonly queue: WriteQueue; readonly db: Kysely<Tables>; readonly newSalt: () => string },
  person: PersonId,
  at: Instant,
  by: Actor,
): Promise<Erasure> {
  const erased = await parts.queue.write(async (transaction, head): Promise<Erasure> => {
    const theirs = await transaction
      .selectFrom('cases')
      .select(['id', 'closed_at'])
      .where('caller', '=', person)
      .orderBy('id')
      .execute();
    const closed = theirs.filter((row) => row.closed_at !== null).map((row) => row.id);
    const details = await eraseDetails(transaction, person);
    await transaction.deleteFrom('cases').where('caller', '=', person).where('closed_at', 'is not', null).execute();
    await transaction.deleteFrom('conversations').where('person', '=', person).execute();
    await eraseFromIndex(transaction, person);
    const result = { details, cases: closed.length, openCasesKept: theirs.length - closed.length };
    const whole: LedgerEntry = {
      code: ERASED_CODE,
      actor: by,
      about: person,
      caseId: null,
      intentId: null,
      detail: { ...result },
    };
    const entries = [...closed.map((id) => ({ ...whole, caseId: id as CaseId, detail: {} })), whole];
    const prepared = entries.map((entry) => prepareEntry(entry, parts.newSalt));
    await append(head, prepared, at);
    return result;
  });
  await parts.queue.between(() => sql`pragma wal_checkpoint(truncate)`.execute(parts.db));
  return erased;
}

/** Details about the person, or in their closed cases; not those of a case that is still open, nor of earlier erasures. */
async function eraseDetails(transaction: Transaction<Tables>, person: PersonId): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('details')
    .where('seq', 'in', (eb) =>
      eb
        .selectFrom('entries')
        .leftJoin('cases', 'cases.id', 'entries.case_id')
        .select('entries.seq')
        .where('entries.code', '!=', ERASED_CODE)
        .where((or) => or.or([or('entries.about', '=', person), or('cases.caller', '=', person)]))
        .where((or) => or.or([or('cases.id', 'is', null), or('cases.closed_at', 'is not', null)])),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
