/**
 * Every intent has one outcome. A process that was taken for dead, and goes on after all, finds that its intents were given up
 * meanwhile; what it learned since stands in the entries of what it does next, such as deleting the pass.
 */
import type { Transaction } from 'kysely';
import type { PreparedEntry } from './entry-shape.ts';
import type { Tables } from './tables.ts';

/** The entries without outcomes of intents that have one, inside a transaction of the write queue. */
export async function withoutSecondOutcomes(
  transaction: Transaction<Tables>,
  entries: readonly PreparedEntry[],
): Promise<readonly PreparedEntry[]> {
  const wanted: PreparedEntry[] = [];
  for (const entry of entries) {
    if (!isOutcome(entry) || !(await hasOutcome(transaction, entry.intentId))) wanted.push(entry);
  }
  return wanted;
}

function isOutcome(entry: PreparedEntry): entry is PreparedEntry & { readonly intentId: string } {
  return entry.intentId !== null && entry.code.endsWith('.outcome');
}

async function hasOutcome(transaction: Transaction<Tables>, intentId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('entries')
    .select('seq')
    .where('intent_id', '=', intentId)
    .where('code', 'like', '%.outcome')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
