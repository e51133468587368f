/**
 * What is answered when something outside fails, or we made a mistake. The reader gets a reference to quote, and the log says what
 * it was: only types and codes, because an error message can contain anything.
 */
import { Fault } from '../ports/fault.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { shortTurnId, turnId } from '../ports/turn-id.ts';
import type { TurnServices } from '../services.ts';

/** The apology. With `at`, it leads back to the case. */
export function apologize(services: TurnServices, error: unknown, at: StoredCase | null = null): CardMessage {
  const reference = report(services, error);
  return services.cards.fault({ code: error instanceof Fault ? error.code : null, reference, at });
}

/** Writes a log line and returns the reference to quote: the short form of the id of the turn, which its entries carry, too. */
export function report(services: TurnServices, error: unknown): string {
  const reference = shortTurnId(turnId() ?? services.runtime.newId());
  const internal = error instanceof Fault ? error.internal : whereFrom(error);
  services.log.error({ reference, code: codeOf(error), internal }, 'a turn failed');
  return reference;
}

/** The code of a fault; everything else is a bug. */
export function codeOf(error: unknown): string {
  return error instanceof Fault ? error.code : 'bug';
}

/** Where a bug was thrown, without its message. */
function whereFrom(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return `${error.name} ${frame?.trim() ?? ''}`;
}
