/**
 * The id of what is being done at this moment: of one message or click and everything that follows from it, or of one run of the
 * bot's own work. Entries, requests to Graph, messages to Teams and log lines carry it, so that they can be put side by side.
 *
 * It is the one thing here that is not passed as an argument: a hundred functions lie between a click and a request, and none of
 * them may decide anything by it. Work for several people at once (a round of the feed, a shared read) belongs to none of them and
 * runs outside of every turn.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Characters of the short form: enough to find the turn in a day's log, and short enough to be read out. */
const SHORT = 8;

/** The id of what is being done; `null` outside of every turn. */
export function turnId(): string | null {
  return current.getStore() ?? null;
}

/** Runs `work` as a turn of its own, whatever it is called from. What it starts and does not wait for belongs to it, too. */
export function asNewTurn<T>(id: string, work: () => T): T {
  return current.run(id, work);
}

/** Runs `work` in the turn that it is called from, or as a new one. */
export function inTurn<T>(newId: () => string, work: () => T): T {
  return turnId() === null ? asNewTurn(newId(), work) : work();
}

/** The same work; each run of it is a turn of its own. */
export function inOwnTurns<T>(newId: () => string, work: () => T): () => T {
  return () => asNewTurn(newId(), work);
}

/** Runs `work` in no turn: it is done for everybody who asks at the same time. */
export function outsideTurns<T>(work: () => T): T {
  return current.exit(work);
}

/** The form that people read and quote. */
export function shortTurnId(id: string): string {
  return id.slice(0, SHORT);
}
