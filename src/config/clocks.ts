/**
 * The clocks of the bot, as app.ts needs them: the time it works by, and the clock of the machine, which is only looked at.
 */
import { entryOf } from '../casework/ports/events/catalogue.ts';
import type { Ledger, LedgerEntry } from '../casework/ports/ledger.ts';
import type { Log } from '../casework/ports/log.ts';
import type { Instant } from '../procedure/facts.ts';
import { startWorkingClock, type WorkingClockParts } from './working-clock.ts';

/** The clocks, and what has to be told about them. */
export interface Clocks {
  /** The time that everything is measured by. */
  readonly now: () => Instant;
  /** For opening the ledger. `wrongAt`: the newest entry, when the operator confirmed that it has a wrong time. */
  opening(wrongAt: number | null, log: Log): Opening;
  /** The ledger is open. What the operator confirmed is written down, and no time is earlier than its newest entry. */
  opened(ledger: Pick<Ledger, 'record' | 'entries'>): Promise<void>;
  /** For the connection to Microsoft, which says what time it is. */
  readonly compared: {
    readonly machineClock: () => number;
    readonly onTime: (earliest: number, latest: number) => void;
  };
  /** Looks whether the clock of the machine was set, and writes that down. What could not be written is, at the next look. */
  watch(ledger: Pick<Ledger, 'record'>, log: Log): () => Promise<void>;
}

interface Opening {
  readonly now: () => Instant;
  readonly aheadEntry: number | null;
  readonly onAheadAccepted: (entry: number, aheadMs: number) => void;
}

const HOUR_MS = 3_600_000;

/** Opens the clocks. Both are in milliseconds: that of the machine, and one that nobody can set. */
export function openClocks(parts: WorkingClockParts): Clocks {
  const clock = startWorkingClock(parts);
  let accepted: LedgerEntry | null = null;
  return {
    now: clock.now,
    opening: (wrongAt, log) => ({
      now: () => parts.machine() as Instant,
      aheadEntry: wrongAt,
      onAheadAccepted(entry, aheadMs) {
        log.warn({ entry, hours: Math.round(aheadMs / HOUR_MS) }, 'the newest entry was written with a wrong clock');
        accepted = entryOf(
          'clock.accepted',
          { actor: 'hardline' },
          { entry, aheadMs, setting: 'HARDLINE_CLOCK_WAS_WRONG' },
        );
      },
    }),
    async opened(ledger) {
      if (accepted !== null) await ledger.record([accepted], clock.now());
      const [newest] = await ledger.entries({ caseId: null, limit: 1 });
      if (newest !== undefined) clock.notBefore(newest.at);
    },
    compared: { machineClock: parts.machine, onTime: clock.heard },
    watch(ledger, log) {
      let unwritten: readonly LedgerEntry[] = [];
      return async () => {
        const seconds = clock.jump();
        if (seconds !== null) {
          log.error(
            { seconds },
            "the clock of this machine was set: no pass is issued unless it agrees with Microsoft's",
          );
          unwritten = [...unwritten, entryOf('clock.jumped', { actor: 'hardline' }, { seconds })];
        }
        const writing = unwritten;
        if (writing.length === 0) return;
        await ledger.record(writing, clock.now());
        unwritten = unwritten.slice(writing.length);
      };
    },
  };
}
