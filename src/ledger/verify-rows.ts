/**
 * Counting what is verified, a few rows at a time. The rows of the chain are read in chain-rows.ts, and what must hold of them is in
 * verify-chain.ts.
 */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

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
