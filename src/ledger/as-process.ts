/**
 * What a process adds to everything it writes: work that needs a lease writes only while it is held, and every intent is known as
 * this process's own until its outcome is written.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from 'kysely';
import { processLease, type Lease } from '../casework/ports/leases.ts';
import { leaseLost } from './failures.ts';
import type { Tables } from './tables.ts';
import type { Head, WriteQueue } from './write-queue.ts';

/**
 * The lease that the work at hand needs. It is not passed as an argument: it says nothing about what is written, only whether it
 * still may be, and a write that forgot it would be the one that does harm.
 */
const needed = new AsyncLocalStorage<Lease>();

/** Runs work whose writes need a lease. */
export function holding<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
  return needed.run(lease, work);
}

/** The queue as the process `self` writes to it. */
export function asProcess(queue: WriteQueue, self: string): WriteQueue {
  return {
    write(job) {
      const lease = needed.getStore();
      return queue.write(async (transaction, head) => {
        if (lease !== undefined) await refuseLost(transaction, lease);
        const { seq: before } = head;
        const known = head.codes.length;
        const result = await job(transaction, head);
        await ownIntents(transaction, self, { head, before, codes: head.codes.slice(known) });
        return result;
      });
    },
    between: (work) => queue.between(work),
    close: () => queue.close(),
  };
}

/** The first statement of every transaction takes the lock, so nobody takes the lease before the commit. */
async function refuseLost(transaction: Transaction<Tables>, { name, holder, fence }: Lease): Promise<void> {
  const row = await transaction
    .selectFrom('leases')
    .select('fence')
    .where('name', '=', name)
    .where('holder', '=', holder)
    .where('fence', '=', fence)
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(name);
}

/** The entries that a job appended. */
interface Appended {
  readonly head: Head;
  readonly before: number;
  readonly codes: readonly string[];
}

async function ownIntents(
  transaction: Transaction<Tables>,
  self: string,
  { head, before, codes }: Appended,
): Promise<void> {
  const appended = (suffix: string) =>
    transaction
      .selectFrom('entries')
      .where('seq', '>', before)
      .where('seq', '<=', head.seq)
      .where('code', 'like', `%${suffix}`)
      .where('intent_id', 'is not', null);
  if (codes.some((code) => code.endsWith('.intent'))) {
    await transaction
      .insertInto('intents_under_way')
      .columns(['intent_id', 'owner'])
      .expression(appended('.intent').select((eb) => ['intent_id', eb.val(self).as('owner')]))
      .onConflict((conflict) => conflict.column('intent_id').doUpdateSet({ owner: self }))
      .execute();
    // Whoever begins something lives, even if it stood still for so long that it was taken for dead.
    await transaction
      .insertInto('leases')
      .values({ name: processLease(self), holder: self, fence: 1, beat: 0 })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
  if (codes.some((code) => code.endsWith('.outcome'))) {
    await transaction
      .deleteFrom('intents_under_way')
      .where('intent_id', 'in', appended('.outcome').select('intent_id'))
      .execute();
  }
}
