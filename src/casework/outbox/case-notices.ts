/**
 * What happened beside a case and its card should mention: reached in Teams or not, sessions ended or not. Read from the outcomes in
 * the ledger, so the card says the same at every process and after a restart. Nothing is decided from it.
 */
import type { EffectName } from '../../procedure/effects.ts';
import type { NoticeCode } from '../ports/card-views.ts';
import { effectCode } from '../ports/ledger-codes.ts';
import type { Ledger, RecordedEntry, StoredCase } from '../ports/ledger.ts';

/** The remarks about a case, the oldest first. Throws Fault when the ledger cannot be read. */
export type NoticesOf = (stored: StoredCase) => Promise<readonly NoticeCode[]>;

/** Effects that tell of the same thing: the newest outcome of them counts. */
interface Telling {
  readonly effects: readonly EffectName[];
  readonly noticeIn: (outcome: string) => NoticeCode | null;
}

const NOT_DELIVERED = 'not delivered';

const TELLING: readonly Telling[] = [
  {
    effects: ['push-self-service-link', 'notify-caller'],
    noticeIn(outcome) {
      if (outcome === 'delivered') return 'caller-notified-in-teams';
      return outcome.startsWith(NOT_DELIVERED) ? 'caller-not-reachable-in-teams' : null;
    },
  },
  {
    effects: ['notify-manager', 'ask-manager'],
    noticeIn: (outcome) => (outcome.startsWith(NOT_DELIVERED) ? 'manager-not-reachable-in-teams' : null),
  },
  // Also when it is not known whether they were ended: somebody has to look.
  { effects: ['end-sessions'], noticeIn: (outcome) => (outcome === 'ended' ? null : 'sessions-not-ended') },
  {
    effects: ['create-pass'],
    noticeIn: (outcome) => (outcome.startsWith('refused') ? 'pass-refused-by-directory' : null),
  },
];

const codesOf = ({ effects }: Telling): readonly string[] => effects.map((effect) => effectCode(effect, 'outcome'));
const CODES = TELLING.flatMap(codesOf);
/** A case with more outcomes than these goes on for days; the newest ones count. */
const OUTCOMES_AT_MOST = 200;

/** Builds the look-up. */
export function createNoticesOf(ledger: Pick<Ledger, 'entries'>): NoticesOf {
  return async ({ case: { id } }) => {
    const newestFirst = await ledger.entries({ caseId: id, codes: CODES, limit: OUTCOMES_AT_MOST });
    return TELLING.map((telling) => ({
      telling,
      entry: newestFirst.find(({ code }) => codesOf(telling).includes(code)),
    }))
      .toSorted((one, other) => (one.entry?.seq ?? 0) - (other.entry?.seq ?? 0))
      .flatMap(({ telling, entry }) => noticesFrom(telling, entry));
  };
}

/** None where nothing was tried yet, and where the detail was erased. */
function noticesFrom({ noticeIn }: Telling, entry: RecordedEntry | undefined): readonly NoticeCode[] {
  const outcome = entry?.detail['outcome'];
  const notice = typeof outcome === 'string' ? noticeIn(outcome) : null;
  return notice === null ? [] : [notice];
}
