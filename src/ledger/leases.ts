/**
 * Leases in the database: taken and renewed by compare-and-set, each in a transaction of the write queue.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Lease, Leases } from '../casework/ports/leases.ts';
import { holding } from './as-process.ts';
import { asFault } from './failures.ts';
import type { Tables } from './tables.ts';
import type { WriteQueue } from './write-queue.ts';

const COLUMNS = ['name', 'holder', 'fence', 'beat'] as const;
/** See `processLease`. */
const PROCESSES = 'process %';

/** The leases, for the process `self`. `queue`: one that does not look at leases itself. */
export function leases(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
  readonly self: string;
}): Leases {
  const { queue, reader, self } = parts;

  const takeNew = async (transaction: Transaction<Tables>, name: string): Promise<Lease | null> => {
    const row = await transaction
      .insertInto('leases')
      .values({ name, holder: self, fence: 1, beat: 0 })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning(COLUMNS)
      .executeTakeFirst();
    return row ?? null;
  };
  const takeOver = async (transaction: Transaction<Tables>, { name, fence, beat }: Lease): Promise<Lease | null> => {
    const row = await transaction
      .updateTable('leases')
      .set({ holder: self, fence: fence + 1, beat: 0 })
      .where('name', '=', name)
      .where('fence', '=', fence)
      .where('beat', '=', beat)
      .returning(COLUMNS)
      .executeTakeFirst();
    return row ?? null;
  };

  return {
    self,
    async all() {
      try {
        return await reader.selectFrom('leases').select(COLUMNS).orderBy('name').execute();
      } catch (error) {
        throw asFault(error, 'reading');
      }
    },
    take: (name: string, seen: Lease | null) =>
      queue.write((transaction) => (seen === null ? takeNew(transaction, name) : takeOver(transaction, seen))),
    renew: () =>
      queue.write((transaction) =>
        transaction
          .updateTable('leases')
          .set((eb) => ({ beat: eb('beat', '+', 1) }))
          .where('holder', '=', self)
          .returning(COLUMNS)
          .execute(),
      ),
    release: () =>
      queue.write(async (transaction) => {
        await transaction.deleteFrom('leases').where('holder', '=', self).where('name', 'like', PROCESSES).execute();
        // The number stays, so that it never comes again. The beat makes whoever saw the lease before look again.
        await transaction
          .updateTable('leases')
          .set((eb) => ({ holder: null, beat: eb('beat', '+', 1) }))
          .where('holder', '=', self)
          .execute();
      }),
    remove: ({ name, fence, beat }: Lease) =>
      queue.write(async (transaction) => {
        await transaction
          .deleteFrom('leases')
          .where('name', '=', name)
          .where('fence', '=', fence)
          .where('beat', '=', beat)
          .execute();
      }),
    whileHolding: holding,
  };
}
