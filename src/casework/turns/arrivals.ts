/**
 * Messages are answered once, although the channel delivers some twice: the first entry a message leads to also records
 * that it arrived, and how its sender can be reached.
 */
import type { Arrival } from '../ports/ledger.ts';
import type { MessageTurn } from '../ports/turn.ts';
import type { Services } from '../services.ts';
import type { Role } from '../../procedure/actions.ts';

/** What is recorded of a message. `null`: the sender's roles could not be read. */
export function arrivalOf(turn: MessageTurn, roles: ReadonlySet<Role> | null): Arrival {
  return {
    activityId: turn.activityId,
    conversation: turn.where.conversation,
    roles: roles === null ? null : [...roles],
  };
}

/**
 * Records an arrival that leads to no other entry yet; `null` for a click, which arrives without. False when the message was
 * seen before and must not be answered again. Throws Fault when the ledger cannot be written.
 */
export async function isNew(services: Pick<Services, 'ledger' | 'runtime'>, arrival: Arrival | null): Promise<boolean> {
  if (arrival === null) return true;
  return (await services.ledger.recordArrival(arrival, [], services.runtime.now())) === 'first';
}
