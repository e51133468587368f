/**
 * Cards about a case in the chats of approvers and managers, remembered until the request is answered.
 * Nothing here proves anything, so nothing here is chained.
 */
import type { Kysely } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { CardPlace, Ledger, RequestCardPurpose } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import type { WriteQueue } from './write-queue.ts';

type RequestCardPort = Pick<Ledger, 'rememberRequestCard' | 'requestCardsOf' | 'takeRequestCards'>;

/** The part of the Ledger port that remembers request cards. */
export function requestCards(parts: { readonly queue: WriteQueue; readonly reader: Kysely<Tables> }): RequestCardPort {
  const { queue, reader } = parts;
  return {
    rememberRequestCard(caseId: CaseId, purpose: RequestCardPurpose, person: PersonId, place: CardPlace) {
      return queue.write(async (transaction) => {
        await transaction
          .insertInto('request_cards')
          .values({ case_id: caseId, purpose, person, ...place })
          .onConflict((conflict) => conflict.columns(['case_id', 'purpose', 'person']).doUpdateSet(place))
          .execute();
      });
    },

    async requestCardsOf(caseId: CaseId, purpose: RequestCardPurpose) {
      const rows = await reader
        .selectFrom('request_cards')
        .select(['person', 'conversation', 'activity'])
        .where('case_id', '=', caseId)
        .where('purpose', '=', purpose)
        .execute();
      return rows.map(({ person, ...place }) => ({ person: person as PersonId, place }));
    },

    async takeRequestCards(caseId: CaseId, purpose: RequestCardPurpose) {
      // Nearly every step finds none: only a read then, and no write.
      const any = await reader
        .selectFrom('request_cards')
        .select('person')
        .where('case_id', '=', caseId)
        .where('purpose', '=', purpose)
        .limit(1)
        .executeTakeFirst();
      if (any === undefined) return [];
      return queue.write(async (transaction) => {
        const rows = await transaction
          .deleteFrom('request_cards')
          .where('case_id', '=', caseId)
          .where('purpose', '=', purpose)
          .returning(['person', 'conversation', 'activity'])
          .execute();
        return rows.map(({ person, ...place }) => ({ person: person as PersonId, place }));
      });
    },
  };
}
