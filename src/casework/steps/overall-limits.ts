/**
 * What one person may look at and search for, counted over all processes: somebody who was given a technician's account and asks
 * several processes at once gets no more than anybody else. Every look and every search has its entry, so the ledger is the count.
 * Several that are asked for in the very same moment can each be granted, because none is written yet: at most as many as the
 * person has requests under way. The windows of each process (sender-limits.ts) hold beside it, and go by a clock that nobody can
 * set. How many refusals have an entry of their own is counted by each process alone: that only bounds how fast the ledger grows.
 */
import type { Instant, PersonId } from '../../procedure/facts.ts';
import type { Company } from '../background/duty.ts';
import type { LedgerCode } from '../ports/ledger-codes.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { SearchPermission, SenderLimitFigures, SenderLimits } from './sender-limits.ts';

/** The limits of one person, whichever process they ask. Throws Fault when the ledger cannot be read. */
export interface OverallLimits extends Omit<SenderLimits, 'mayLook' | 'maySearch'> {
  /** Counts a look at a case or at the log. False: there were too many, and nothing is shown. */
  mayLook(person: PersonId): Promise<boolean>;
  /** Counts a search for people. */
  maySearch(person: PersonId): Promise<SearchPermission>;
}

/** What counting over all processes needs. */
export interface OverallLimitParts {
  readonly own: SenderLimits;
  readonly ledger: Pick<Ledger, 'countBy'>;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly figures: SenderLimitFigures;
  readonly company: Company;
}

const LOOKS: readonly LedgerCode[] = ['case.read', 'log.read'];
const SEARCHES: readonly LedgerCode[] = ['people.searched'];
const REPORTED: readonly LedgerCode[] = ['people.search-limit'];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Builds them. A process that is alone has counted everything itself. */
export function createOverallLimits({ own, ledger, runtime, figures, company }: OverallLimitParts): OverallLimits {
  const counted = (person: PersonId, codes: readonly LedgerCode[], within: number): Promise<number> =>
    ledger.countBy(person, codes, (runtime.now() - within) as Instant);
  return {
    ...own,
    async mayLook(person) {
      if (!own.mayLook(person)) return false;
      return company === 'alone' || (await counted(person, LOOKS, MINUTE_MS)) < figures.looksPerMinute;
    },
    async maySearch(person) {
      const permission = own.maySearch(person);
      if (company === 'alone') return permission;
      if (permission === 'granted' && (await counted(person, SEARCHES, HOUR_MS)) < figures.searchesPerHour) {
        return 'granted';
      }
      return (await counted(person, REPORTED, HOUR_MS)) === 0 ? 'just-exceeded' : 'exceeded';
    },
  };
}
