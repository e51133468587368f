/**
 * Reading the rows that are verified, in the order of the chain and a few at a time. What must hold of them is in verify-chain.ts.
 */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import type { EntryRow } from './verify-chain.ts';

/** The entries after a number, each with its detail. Between two reads other work gets its turn. */
export async function* entriesAfter(db: Kysely<Tables>, number: number, rowsAtOnce: number): AsyncGenerator<EntryRow> {
  let after = number;
  for (;;) {
    const rows = await db
      .selectFrom('entries')
      .leftJoin('details', 'details.seq', 'entries.seq')
      .selectAll('entries')
      .select(['details.salt', 'details.detail'])
      .where('entries.seq', '>', after)
      .orderBy('entries.seq')
      .limit(rowsAtOnce)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
    await othersTurn();
  }
}

/** How many rows are counted at once, for each row that is read at once. */
const COUNTED_FOR_EACH = 20;

/** Whether there are details besides those of the entries, which number `stored` up to the `newest` entry. */
export async function strayDetails(
  db: Kysely<Tables>,
  { stored, newest }: { readonly stored: number; readonly newest: number },
  rowsAtOnce: number,
): Promise<boolean> {
  const count = async (above: number, upTo: number): Promise<number> => {
    const row = await db
      .selectFrom('details')
      .select((eb) => eb.fn.countAll().as('stored'))
      .where('seq', '>', above)
      .where('seq', '<=', upTo)
      .executeTakeFirstOrThrow();
    return Number(row.stored);
  };
  let counted = (await count(Number.MIN_SAFE_INTEGER, 0)) + (await count(newest, Number.MAX_SAFE_INTEGER));
  const step = rowsAtOnce * COUNTED_FOR_EACH;
  for (let above = 0; above < newest; above += step) {
    counted += await count(above, Math.min(above + step, newest));
    await othersTurn();
  }
  return counted !== stored;
}

/** Lets whatever waits run before the next read. */
export function othersTurn(): Promise<void> {
  return new Promise<void>((next) => setImmediate(next));
}
