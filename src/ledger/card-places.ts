/**
 * Where the card of a case is in a chat, so that it can be updated in place.
 * Nothing here proves anything, so nothing here is chained.
 */
import type { Kysely } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { CardPlace, Ledger } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import type { WriteQueue } from './write-queue.ts';

type CardPlacePort = Pick<Ledger, 'rememberCard' | 'cardOf'>;

/** The part of the Ledger port that knows where case cards are. */
export function cardPlaces(parts: { readonly queue: WriteQueue; readonly reader: Kysely<Tables> }): CardPlacePort {
  const { queue, reader } = parts;
  return {
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
