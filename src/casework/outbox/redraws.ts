/**
 * Draws the cards of all open cases again, after a change that every card shows. There may be thousands, so they wait in line, a few
 * are drawn at a time, and turns come in between. Nothing is kept but how far it came: which cases are open, and what their cards
 * say, is read when each one's turn comes.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { CaseId, StateName } from '../../procedure/case.ts';
import { Fault } from '../ports/fault.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';

/** What it needs. `refreshCard` never fails: a card that cannot be drawn is logged there. */
export interface RedrawParts {
  readonly ledger: Pick<Ledger, 'openCaseIds'>;
  readonly refreshCard: (id: CaseId) => Promise<void>;
  readonly log: Log;
}

/** The line of cards that are to be drawn again. */
export interface Redraws {
  /** Every card of an open case is out of date from now on. Nothing is drawn before `begin`. */
  owe(): void;
  /**
   * Draws what is owed, in the background. Called once the answer to whoever changed something is in their chat, and at every
   * tick, in case that answer could not be delivered or the ledger could not be read.
   */
  begin(): void;
  /** Resolves when nothing is being drawn. */
  whenIdle(): Promise<void>;
}

/** Cards drawn at the same time. Teams limits what a bot may send, and people wait for answers meanwhile. */
const AT_ONCE = 4;
/** Numbers of cases read at once. */
const PAGE = 100;

/** A pass may be about to be read out in these: their cards come first. */
const FIRST: readonly StateName[] = ['awaiting-backup-method', 'awaiting-self-service', 'issuing', 'uncertain-pass'];

/** Builds the line, with nothing in it. */
export function createRedraws({ ledger, refreshCard, log }: RedrawParts): Redraws {
  let owed = false;
  let running: Promise<void> | null = null;

  const draw = async (ids: AsyncGenerator<CaseId, void, undefined>): Promise<void> => {
    // Another change: those that were drawn already are out of date again, and those still in line are drawn only once.
    while (!owed) {
      await othersFirst();
      const next = await ids.next();
      if (next.done === true) return;
      await refreshCard(next.value);
    }
  };

  const drawAll = async (): Promise<void> => {
    while (owed) {
      owed = false;
      const ids = newestFirst(ledger);
      await Promise.all(Array.from({ length: AT_ONCE }, () => draw(ids)));
    }
  };

  return {
    owe: () => void (owed = true),
    begin() {
      if (!owed) return;
      running ??= drawAll()
        .catch((error: unknown) => {
          owed = true;
          const code = error instanceof Fault ? error.code : 'bug';
          log.error({ code, error: error instanceof Error ? error.name : 'unknown' }, 'cards were not drawn again');
        })
        .finally(() => {
          running = null;
        });
    },
    async whenIdle() {
      await running;
    },
  };
}

async function* newestFirst(ledger: RedrawParts['ledger']): AsyncGenerator<CaseId, void, undefined> {
  const drawn = new Set<CaseId>();
  for (const which of [{ states: FIRST }, {}]) {
    let before: CaseId | null = null;
    do {
      const page: readonly CaseId[] = await ledger.openCaseIds({ ...which, before, limit: PAGE });
      yield* page.filter((id) => !drawn.has(id));
      if ('states' in which) page.forEach((id) => drawn.add(id));
      before = page.length < PAGE ? null : (page.at(-1) ?? null);
    } while (before !== null);
  }
}
