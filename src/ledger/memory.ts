/**
 * What the ledger remembers beside cases and entries: activities seen, conversations, cards in chats.
 * The one rule kept here: nothing in here proves anything, so nothing in here is chained.
 */
import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { CardPlace, ConversationKey, Ledger } from '../casework/ports.ts';
import type { Tables } from './schema.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** The channel repeats a delivery within minutes; three days is far beyond that. In milliseconds. */
const ACTIVITIES_KEPT = 3 * 24 * 60 * 60 * 1000;

type MemoryPort = Pick<Ledger, 'firstSight' | 'rememberConversation' | 'conversationOf' | 'rememberCard' | 'cardOf'>;

/** The part of the Ledger port that only remembers. */
export function memory(parts: { readonly queue: WriteQueue; readonly reader: Kysely<Tables> }): MemoryPort {
  const { queue, reader } = parts;
  return {
    firstSight(activityId: string, at: Instant) {
      return queue.write(async (transaction) => {
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
      });
    },

    rememberConversation({ person, reference }: ConversationKey, at: Instant) {
      return queue.write(async (transaction) => {
        await transaction
          .insertInto('conversations')
          .values({ person, reference, seen_at: toText(at) })
          .onConflict((conflict) => conflict.column('person').doUpdateSet({ reference, seen_at: toText(at) }))
          .execute();
      });
    },

    async conversationOf(person: PersonId) {
      const row = await reader
        .selectFrom('conversations')
        .select('reference')
        .where('person', '=', person)
        .executeTakeFirst();
      return row === undefined ? null : { person, reference: row.reference };
    },

    rememberCard(caseId: CaseId, { conversation, activity }: CardPlace) {
      return queue.write(async (transaction) => {
        await transaction
          .insertInto('card_places')
          .values({ case_id: caseId, conversation, activity })
          .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ conversation, activity }))
          .execute();
      });
    },

    async cardOf(caseId: CaseId) {
      const row = await reader
        .selectFrom('card_places')
        .select(['conversation', 'activity'])
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}

/** An activity id is the channel's word and may be long or odd; its hash is neither. */
function fingerprint(activityId: string): string {
  return hash('sha256', activityId, 'hex');
}
