/**
 * How far each destination has the ledger. It is kept in the database, so that the shipping goes on where it was after a
 * restart. Nobody takes this table for evidence: whoever could edit it can only make the receiver see a gap, or an entry twice.
 */
import type { Kysely } from 'kysely';
import type { ChainPoint, ShippingSource } from '../casework/ports/ledger-stream.ts';
import { genesisHash } from './chain.ts';
import { readChain } from './read-chain.ts';
import type { Tables } from './tables.ts';
import type { WriteQueue } from './write-queue.ts';

/** The part of the ledger that the shipping uses. */
export function shipping(parts: { readonly queue: WriteQueue; readonly reader: Kysely<Tables> }): ShippingSource {
  const { queue, reader } = parts;
  const end = () => reader.selectFrom('chain_head').select(['origin', 'seq', 'hash']).executeTakeFirstOrThrow();
  return {
    async head() {
      const { seq, hash } = await end();
      return { seq, hash };
    },
    async shippedUpTo(destination: string) {
      const row = await reader
        .selectFrom('shipping')
        .select(['seq', 'hash'])
        .where('destination', '=', destination)
        .executeTakeFirst();
      return row ?? { seq: 0, hash: genesisHash((await end()).origin) };
    },
    async markShipped(destination: string, { seq, hash }: ChainPoint) {
      await queue.write((transaction) =>
        transaction
          .insertInto('shipping')
          .values({ destination, seq, hash })
          .onConflict((conflict) => conflict.column('destination').doUpdateSet({ seq, hash }))
          .execute(),
      );
    },
    async entriesAfter(place: ChainPoint, limit: number) {
      const { origin, seq: last } = await end();
      return readChain(reader, { origin, after: place, last, limit });
    },
  };
}
