/**
 * Activities of the channel that were seen before: the channel delivers some twice, and we act once.
 * Nothing here proves anything, so nothing here is chained.
 */
import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Instant } from '../procedure/facts.ts';
import type { Ledger } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** The channel repeats a delivery within minutes; three days is far beyond that. In milliseconds. */
const ACTIVITIES_KEPT = 3 * 24 * 60 * 60 * 1000;

/** The part of the Ledger port that knows which activities were seen. */
export function seenActivities(parts: { readonly queue: WriteQueue }): Pick<Ledger, 'firstSight'> {
  return {
    firstSight: (activityId: string, at: Instant) =>
      parts.queue.write((transaction) => markSeen(transaction, activityId, at)),
  };
}

/** Marks an activity as seen, inside a transaction of the write queue. True when it was not seen before. */
export async function markSeen(transaction: Transaction<Tables>, activityId: string, at: Instant): Promise<boolean> {
  await transaction
    .deleteFrom('activities')
    .where('seen_at', '<', toText(Math.max(0, at - ACTIVITIES_KEPT) as Instant))
    .execute();
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('activities')
    .values({ fingerprint: fingerprint(activityId), seen_at: toText(at) })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** An activity id comes from the channel and may be long or odd; its hash is neither. */
function fingerprint(activityId: string): string {
  return hash('sha256', activityId, 'hex');
}
