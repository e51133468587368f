/**
 * Reads again what a case lacks, without being asked, until it is there: the card completes itself.
 * Only what may come by itself is read again, with growing pauses, a few cases at a time. Every read leaves its intent and its
 * outcome in the ledger, like a read that somebody asked for. A card changes only when the read brought something: an update would
 * take away what the technician has ticked.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { CallerFacts, Instant } from '../../procedure/facts.ts';
import { comesByItself, missingIn } from '../../procedure/missing.ts';
import type { Policy } from '../../procedure/policy.ts';
import { Fault } from '../ports/fault.ts';
import type { Ledger, StoredCase } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import { asNewTurn, turnId } from '../ports/turn-id.ts';
import type { RunCase } from '../steps/run-case.ts';
import { eachOpenCase } from './open-cases.ts';

/** What reading again needs. */
export interface MendingParts {
  readonly ledger: Pick<Ledger, 'load' | 'openCases'>;
  /** Reads everything about the caller of a case, with its entries in the ledger. */
  readonly readFacts: (stored: StoredCase) => Promise<CallerFacts>;
  readonly report: RunCase['report'];
  readonly policy: () => Policy;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly log: Log;
}

/** Completes cases in the background. */
export interface Mending {
  /** Notes what a case lacks, as it is now. Gives when it is read again; `null` when nothing is missing that comes by itself. */
  watch(stored: StoredCase): Instant | null;
  /** The case is read again at once, for example when it was opened before everything was read. */
  soon(id: CaseId): void;
  nextReadAt(id: CaseId): Instant | null;
  /** Reads what is due, and resolves when that is done. Now and then it looks for cases that an earlier process left. */
  tick(): Promise<void>;
  /** Resolves when no read is under way. */
  whenIdle(): Promise<void>;
}

const SECOND = 1000;
/** Pauses before each read. Microsoft's limits are over within ten seconds, its troubles within minutes; the last pause stays. */
const PAUSES_MS: readonly [number, ...number[]] = [2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND];
/** Cases that are read at the same time. Nobody else may wait for Graph because of them. */
const AT_ONCE = 3;
/** How often the open cases are looked through for one that nobody watches: after a restart, or from another process. */
const LOOK_THROUGH_MS = 60 * SECOND;

/** A case that lacks something: how often it was read in vain, and when it is read next. */
interface Watched {
  readonly tries: number;
  readonly dueAt: Instant;
  /** Set when a turn asked for this read: it belongs to that turn. */
  readonly turn?: string | null;
}

/** Builds it. Which cases lack what is in the ledger; only the pauses are remembered here. */
export function createMending(parts: MendingParts): Mending {
  const watched = new Map<CaseId, Watched>();
  const reading = new Map<CaseId, Promise<void>>();
  let lookedThroughAt: Instant | null = null;

  const lacks = (stored: StoredCase): boolean => missingIn(stored.case, parts.policy()).some(comesByItself);
  const dueAfter = (tries: number): Instant => {
    const pause = PAUSES_MS[tries] ?? PAUSES_MS.at(-1) ?? PAUSES_MS[0];
    return (parts.now() + pause) as Instant;
  };

  const watch = (stored: StoredCase): Instant | null => {
    const { id } = stored.case;
    if (!lacks(stored)) watched.delete(id);
    else if (!watched.has(id)) watched.set(id, { tries: 0, dueAt: dueAfter(0) });
    return watched.get(id)?.dueAt ?? null;
  };

  const mend = async (id: CaseId): Promise<void> => {
    const stored = await parts.ledger.load(id);
    if (stored === null || !lacks(stored)) {
      watched.delete(id);
      return;
    }
    const facts = await parts.readFacts(stored);
    const tries = (watched.get(id)?.tries ?? 0) + 1;
    // Before the card is drawn with what was read, because the card says when the next read is.
    watched.set(id, { tries, dueAt: dueAfter(tries) });
    watch(await parts.report(stored, { kind: 'snapshot-read-again', by: 'hardline', facts }));
  };

  const startRead = (id: CaseId): void => {
    // Whatever it is started from: the read of one case is no part of what somebody does in another.
    const turn = watched.get(id)?.turn ?? parts.newId();
    const run = asNewTurn(turn, () => mend(id))
      .catch((error: unknown) => {
        const code = error instanceof Fault ? error.code : 'bug';
        const name = error instanceof Error ? error.name : 'unknown';
        parts.log.error({ case: id, code, error: name }, 'a case could not be completed');
        const tries = (watched.get(id)?.tries ?? 0) + 1;
        watched.set(id, { tries, dueAt: dueAfter(tries) });
      })
      .finally(() => {
        reading.delete(id);
        startDue();
      });
    reading.set(id, run);
  };

  /** The case that has been due for longest comes first. */
  const startDue = (): void => {
    const now = parts.now();
    const due = [...watched].filter(([id, { dueAt }]) => dueAt <= now && !reading.has(id));
    due.sort(([, a], [, b]) => a.dueAt - b.dueAt);
    for (const [id] of due.slice(0, Math.max(0, AT_ONCE - reading.size))) startRead(id);
  };

  const lookThrough = async (): Promise<void> => {
    const now = parts.now();
    if (lookedThroughAt !== null && now - lookedThroughAt < LOOK_THROUGH_MS) return;
    lookedThroughAt = now;
    for await (const stored of eachOpenCase(parts.ledger)) watch(stored);
  };

  const whenIdle = async (): Promise<void> => {
    while (reading.size > 0) await Promise.all(reading.values());
  };

  return {
    watch,
    soon(id) {
      watched.set(id, { tries: watched.get(id)?.tries ?? 0, dueAt: parts.now(), turn: turnId() });
      startDue();
    },
    nextReadAt: (id) => watched.get(id)?.dueAt ?? null,
    async tick() {
      await lookThrough();
      startDue();
      await whenIdle();
    },
    whenIdle,
  };
}
