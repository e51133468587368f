/**
 * People whose registration a case asked about. They are read one after the other, when the feed is told to go on and the
 * limit allows it.
 */
import { Fault } from '../../casework/ports/fault.ts';
import { outsideTurns } from '../../casework/ports/turn-id.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';

/** Somebody the report does not know is not asked about again for a while; so many are remembered. */
const REMEMBERED = 1000;

/** The list. */
interface Wanted {
  add(person: PersonId): void;
  /** Reads about those who are waiting, as far as the limit allows. */
  serve(): Promise<void>;
  whenIdle(): Promise<void>;
}

/** Opens the list. `readOne`: false when the limit did not allow it. `againMs`: how long an answer counts. */
export function openWanted(
  readOne: (person: PersonId) => Promise<boolean>,
  now: () => Instant,
  againMs: number,
  closing: AbortSignal,
): Wanted {
  const waiting = new Set<PersonId>();
  const askedAt = new Map<PersonId, Instant>();
  let running: Promise<void> | null = null;

  async function readAll(): Promise<void> {
    for (const person of waiting) {
      if (!(await reads(person))) return;
      waiting.delete(person);
      if (askedAt.size >= REMEMBERED) askedAt.clear();
      askedAt.set(person, now());
    }
  }

  /** False: later. A database that fails is told by everything else that uses it. */
  async function reads(person: PersonId): Promise<boolean> {
    try {
      return await readOne(person);
    } catch (error) {
      if (error instanceof Fault || closing.aborted) return false;
      throw error;
    }
  }

  function serve(): Promise<void> {
    if (waiting.size === 0) return running ?? Promise.resolve();
    running ??= outsideTurns(readAll).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    add(person) {
      const asked = askedAt.get(person);
      if (asked !== undefined && Math.abs(now() - asked) < againMs) return;
      waiting.add(person);
    },
    serve,
    whenIdle: async () => {
      await running;
    },
  };
}
