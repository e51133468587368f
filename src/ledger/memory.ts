/**
 * What the ledger remembers beside cases and entries: activities seen, conversations, cards in chats.
 * The one rule kept here: nothing in here proves anything, so nothing in here is chained.
 */
import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { CardPlace, ConversationKey, Ledger, RequestCardPurpose } from '../casework/ports/ledger.ts';
import type { Tables } from './schema.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** The channel repeats a delivery within minutes; three days is far beyond that. In milliseconds. */
const ACTIVITIES_KEPT = 3 * 24 * 60 * 60 * 1000;

type MemoryPort = Pick<
  Ledger,
  | 'firstSight'
  | 'rememberConversation'
  | 'conversationOf'
  | 'peopleAs'
  | 'rememberCard'
  | 'cardOf'
  | 'rememberRequestCard'
  | 'takeRequestCards'
>;

/** The part of the Ledger port that only remembers. */
export function deliveries(parts: { readonly queue: WriteQueue; readonly reader: Kysely<Tables> }): MemoryPort {
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

    rememberConversation({ person, reference }: ConversationKey, roles: readonly string[] | null, at: Instant) {
      const seen = { reference, seen_at: toText(at) };
      const held = roles === null ? {} : { roles: ` ${roles.join(' ')} ` };
      return queue.write(async (transaction) => {
        await transaction
          .insertInto('conversations')
          .values({ person, roles: '', ...seen, ...held })
          .onConflict((conflict) => conflict.column('person').doUpdateSet({ ...seen, ...held }))
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

    async peopleAs(role: string) {
      const rows = await reader
        .selectFrom('conversations')
        .select('person')
        .where('roles', 'like', `% ${role} %`)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map((row) => row.person as PersonId);
    },

    rememberRequestCard(caseId: CaseId, purpose: RequestCardPurpose, person: PersonId, place: CardPlace) {
      return queue.write(async (transaction) => {
        await transaction
          .insertInto('letters')
          .values({ case_id: caseId, purpose, person, ...place })
          .onConflict((conflict) => conflict.columns(['case_id', 'purpose', 'person']).doUpdateSet(place))
          .execute();
      });
    },

    async takeRequestCards(caseId: CaseId, purpose: RequestCardPurpose) {
      // Nearly every step finds none: only a read then, and no write.
      const any = await reader
        .selectFrom('letters')
        .select('person')
        .where('case_id', '=', caseId)
        .where('purpose', '=', purpose)
        .limit(1)
        .executeTakeFirst();
      if (any === undefined) return [];
      return queue.write(async (transaction) => {
        const rows = await transaction
          .deleteFrom('letters')
          .where('case_id', '=', caseId)
          .where('purpose', '=', purpose)
          .returning(['person', 'conversation', 'activity'])
          .execute();
        return rows.map(({ person, ...place }) => ({ person: person as PersonId, place }));
      });
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
