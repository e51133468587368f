/**
 * How much one person can have written into the ledger, and find out, in a window of time. Nobody who works fast comes near these
 * figures; a script that presses buttons does. What is over the limit is still answered, and still counted: when the window is
 * over, one entry says how many there were. The windows are in memory and go by a clock that nobody can set.
 */
import type { PersonId } from '../../procedure/facts.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { Runtime, Timing } from '../ports/runtime.ts';

/** The limits for one person. */
export interface SenderLimitFigures {
  /** Refusals with an entry of their own. Further ones are counted. */
  readonly refusalsPerMinute: number;
  /** Cards of cases and pages of the log. Further ones are refused. */
  readonly looksPerMinute: number;
  /** Searches for people. Further ones are refused. */
  readonly searchesPerHour: number;
}

/** A busy technician takes a call every two minutes, and searches once or twice for each. */
export const SENDER_LIMITS: SenderLimitFigures = { refusalsPerMinute: 30, looksPerMinute: 60, searchesPerHour: 200 };

/** Whether a search may be made. `just-exceeded`: it may not, and nobody was told of it yet. */
export type SearchPermission = 'granted' | 'just-exceeded' | 'exceeded';

/** Counts what people do. */
export interface SenderLimits {
  /**
   * What the ledger gets of a refusal: its entry, or nothing when this person was refused too often; then it is counted. Refusals
   * of the bot itself are always written.
   */
  refusal(entry: LedgerEntry): readonly LedgerEntry[];
  /** Counts a look at a case or at the log. False: there were too many, and nothing is shown. */
  mayLook(person: PersonId): boolean;
  /** Counts a search for people. */
  maySearch(person: PersonId): SearchPermission;
  /** It was recorded that this person made too many searches; that is done once for each window. */
  searchesReported(person: PersonId): void;
  /**
   * Writes what was only counted, one entry for each person and window: of windows that are over, or of all when the process ends.
   * Throws Fault when the ledger cannot be written; the counts are kept then.
   */
  writeCounts(which: 'ended' | 'all'): Promise<void>;
}

/** What counting needs. */
export interface SenderLimitParts {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly timing: Pick<Timing, 'clock'>;
  readonly figures: SenderLimitFigures;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Builds the limits, with nothing counted. */
export function createSenderLimits({ ledger, runtime, timing, figures }: SenderLimitParts): SenderLimits {
  const refusals = createWindows(MINUTE_MS, timing.clock);
  const looks = createWindows(MINUTE_MS, timing.clock);
  const searches = createWindows(HOUR_MS, timing.clock);
  let uncounted: readonly Excess[] = [];
  /** When the window of somebody's searches ends, and the one that was reported. Technicians only, so these stay small. */
  const windowOfSearches = new Map<PersonId, number>();
  const reported = new Map<PersonId, number>();

  return {
    refusal(entry) {
      const { actor } = entry;
      if (actor === 'hardline') return [entry];
      const { taken, endsAt } = refusals.take(actor);
      const over = taken - figures.refusalsPerMinute;
      if (over < 0) return [entry];
      if (over === 0) return [{ ...entry, detail: { ...entry.detail, furtherOnesAreCounted: true } }];
      uncounted = [
        ...uncounted.filter((one) => one.actor !== actor || one.endsAt !== endsAt),
        { actor, endsAt, count: over },
      ];
      return [];
    },
    mayLook: (person) => looks.take(person).taken <= figures.looksPerMinute,
    maySearch(person) {
      const { taken, endsAt } = searches.take(person);
      windowOfSearches.set(person, endsAt);
      if (taken <= figures.searchesPerHour) return 'granted';
      return reported.get(person) === endsAt ? 'exceeded' : 'just-exceeded';
    },
    searchesReported(person) {
      reported.set(person, windowOfSearches.get(person) ?? 0);
    },
    async writeCounts(which) {
      const now = timing.clock();
      const due = uncounted.filter(({ endsAt }) => which === 'all' || endsAt <= now);
      if (due.length === 0) return;
      uncounted = uncounted.filter((one) => !due.includes(one));
      try {
        await ledger.record(due.map(countEntry), runtime.now());
      } catch (error) {
        uncounted = [...due, ...uncounted];
        throw error;
      }
    },
  };
}

/** Refusals of one person in one window that have no entry of their own. */
interface Excess {
  readonly actor: PersonId;
  /** By the clock of the windows. */
  readonly endsAt: number;
  readonly count: number;
}

function countEntry({ actor, count }: Excess): LedgerEntry {
  return entryOf('refusals.counted', { actor }, { count, seconds: MINUTE_MS / 1000 });
}

interface Window {
  readonly endsAt: number;
  readonly taken: number;
}

/** Counts for each person in windows of the same length; a window begins with what is counted first. */
function createWindows(milliseconds: number, clock: () => number): { take(who: PersonId): Window } {
  const windows = new Map<PersonId, Window>();
  return {
    take(who) {
      const now = clock();
      for (const [other, { endsAt }] of windows) {
        if (endsAt > now) break; // a new window goes to the end, so those that are over come first
        windows.delete(other);
      }
      const window = windows.get(who);
      const next = { endsAt: window?.endsAt ?? now + milliseconds, taken: (window?.taken ?? 0) + 1 };
      windows.set(who, next);
      return next;
    },
  };
}
