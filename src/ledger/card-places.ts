/**
 * Where the card of a case is in a chat, so that it can be updated in place, and whether it may be: a card that shows a pass
 * is held, in the database, so that neither a restart nor another process draws over it.
 * Nothing here proves anything, so nothing here is chained.
 */
import type { Kysely, Transaction } from 'kysely';
import type { CaseId } from '../procedure/case.ts';
import type { Instant } from '../procedure/facts.ts';
import type { CardPlace, Ledger } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

type CardPlacePort = Pick<Ledger, 'rememberCard' | 'cardOf' | 'isCardHeld' | 'releaseCard'>;

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

    async isCardHeld(caseId: CaseId, now: Instant) {
      const hold = await holdOf(reader, caseId);
      return hold !== undefined && hold.held_until > toText(now);
    },

    async releaseCard(caseId: CaseId) {
      // Nearly every press finds no hold: only a read then, and no write.
      if ((await holdOf(reader, caseId)) === undefined) return;
      await queue.write((transaction) => endHold(transaction, caseId));
    },
  };
}

function holdOf(reader: Kysely<Tables>, caseId: CaseId) {
  return reader.selectFrom('card_holds').select('held_until').where('case_id', '=', caseId).executeTakeFirst();
}

/** Holds the card of a case until then, inside a transaction of the write queue. */
export async function holdCard(transaction: Transaction<Tables>, caseId: CaseId, until: Instant): Promise<void> {
  const held_until = toText(until);
  await transaction
    .insertInto('card_holds')
    .values({ case_id: caseId, held_until })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ held_until }))
    .execute();
}

/** Ends the hold of a card, inside a transaction of the write queue. */
export async function endHold(transaction: Transaction<Tables>, caseId: CaseId): Promise<void> {
  await transaction.deleteFrom('card_holds').where('case_id', '=', caseId).execute();
}
