/**
 * Answers every message once, although Teams delivers some of them twice. The first ledger entry that a message leads to also
 * records that the message arrived, and how its sender can be reached.
 */
import type { Arrival } from '../ports/ledger.ts';
import type { MessageTurn } from '../ports/turn.ts';
import type { Services } from '../services.ts';
import type { Role } from '../../procedure/actions.ts';

/** What is recorded about a message. `roles: null`: the sender's roles could not be read. */
export function arrivalOf(turn: MessageTurn, roles: ReadonlySet<Role> | null): Arrival {
  return {
    activityId: turn.activityId,
    conversation: turn.where.conversation,
    roles: roles === null ? null : [...roles],
  };
}

/**
 * Records the arrival of a message that has led to no other entry so far, and says whether it is new. False: the message arrived
 * before and must not be answered again. `arrival` is `null` for a click, which is always new. Throws Fault when the ledger cannot
 * be written.
 */
export async function isNew(services: Pick<Services, 'ledger' | 'runtime'>, arrival: Arrival | null): Promise<boolean> {
  if (arrival === null) return true;
  return (await services.ledger.recordArrival(arrival, [], services.runtime.now())) === 'first';
}
