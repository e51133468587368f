/**
 * How people can be reached: one Teams conversation each, with their language and the roles they were last seen in.
 * The roles only say whom to write to. What somebody may do is read from the directory, never from here.
 */
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { ConversationKey, Ledger } from '../casework/ports/ledger.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

/** When a person was last seen is kept to the hour: not every click is worth a sync to the disk. In milliseconds. */
const SEEN_PRECISION = 60 * 60 * 1000;

type ConversationPort = Pick<Ledger, 'rememberConversation' | 'conversationOf' | 'peopleAs'>;

/** The part of the Ledger port that knows how to reach people. */
export function conversations(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
}): ConversationPort {
  const { queue, reader } = parts;
  return {
    async rememberConversation(key: ConversationKey, roles: readonly string[] | null, at: Instant) {
      const known = await reader
        .selectFrom('conversations')
        .selectAll()
        .where('person', '=', key.person)
        .executeTakeFirst();
      const isNews =
        known === undefined ||
        known.reference !== key.reference ||
        known.language !== key.language ||
        (roles !== null && known.roles !== rolesText(roles)) ||
        known.seen_at < toText(Math.max(0, at - SEEN_PRECISION) as Instant);
      if (isNews) await queue.write((transaction) => storeConversation(transaction, key, roles, at));
    },

    async conversationOf(person: PersonId) {
      const row = await reader
        .selectFrom('conversations')
        .select(['reference', 'language'])
        .where('person', '=', person)
        .executeTakeFirst();
      return row === undefined ? null : { person, ...row };
    },

    async peopleAs(role: string) {
      const rows = await reader
        .selectFrom('conversations')
        .select('person')
        .where(sql<boolean>`roles > '  '`) // as in the index: few of those who ever wrote have a role
        .where('roles', 'like', `% ${role} %`)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map((row) => row.person as PersonId);
    },
  };
}

/** Writes the newest conversation of a person, inside a transaction. Without roles, what is known of them stays. */
export async function storeConversation(
  transaction: Transaction<Tables>,
  { person, reference, language }: ConversationKey,
  roles: readonly string[] | null,
  at: Instant,
): Promise<void> {
  const seen = { reference, language, seen_at: toText(at) };
  const held = roles === null ? {} : { roles: rolesText(roles) };
  await transaction
    .insertInto('conversations')
    .values({ person, roles: '', ...seen, ...held })
    .onConflict((conflict) => conflict.column('person').doUpdateSet({ ...seen, ...held }))
    .execute();
}

/** A blank at both ends, so that ` lead ` is found and `leader` is not. */
function rolesText(roles: readonly string[]): string {
  return ` ${roles.join(' ')} `;
}
