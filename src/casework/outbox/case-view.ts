/**
 * From a stored case to what a card is drawn from: the procedure's opinions beside the names people read.
 * The view is computed each time from where the case is now, never kept.
 */
import type { Case } from '../../procedure/case.ts';
import type { CaseView, SlowFacts, ModeLine, NoticeCode } from '../ports/card-views.ts';
import type { Reach } from '../ports/reach-view.ts';
import { methodsRequired, worthOf } from '../../procedure/methods.ts';
import { missingIn } from '../../procedure/missing.ts';
import { numbersShown, usableNumbers } from '../../procedure/numbers.ts';
import { passIsOneTime, passLifetime, recommend, isOlder, type Policy } from '../../procedure/policy.ts';
import { readinessOf } from '../../procedure/readiness.ts';
import { approvalEndsAt } from '../../procedure/decide-approval.ts';
import { noesThatCount, reasonsToShow } from '../../procedure/risk.ts';
import { stopsFor } from '../../procedure/stops.ts';
import { subjectDigest } from '../steps/approval-digest.ts';
import type { CallerFacts, Instant, NumberOnRecord, PersonId } from '../../procedure/facts.ts';
import { matchingWords } from './matching-words.ts';
import type { CallerProfile } from '../ports/directory.ts';
import type { StoredCase } from '../ports/ledger.ts';

/** What a view needs beside the case. */
export interface ViewParts {
  readonly profile: CallerProfile | null;
  readonly technicianName: string | null;
  readonly notices: readonly NoticeCode[];
  readonly policy: Policy;
  readonly selfServiceUrl: string;
  readonly timeZone: string;
  readonly now: Instant;
  /** Left out or `null`: still being read. */
  readonly slowFacts?: SlowFacts | null;
  /** Left out or `null`: only the mode itself is shown. */
  readonly modeLine?: ModeLine | null;
  /** Left out or `null`: nobody was asked or alarmed. */
  readonly reach?: Reach | null;
  /** When what is missing is read again. Left out or `null`: nobody said. */
  readonly nextReadAt?: Instant | null;
  /** Up to when changes were seen. Left out or `null`: not known. */
  readonly changesSeenUpTo?: Instant | null;
}

const NOT_READ_YET = { kind: 'unread', why: 'not-asked' } as const;

/** Draws the view of a case. Pure. */
export function caseView(stored: StoredCase, parts: ViewParts): CaseView {
  const { case: lockout } = stored;
  const { policy, now, profile } = parts;
  const { facts } = lockout;
  const license = parts.slowFacts?.license ?? NOT_READ_YET;
  const manager = facts.manager.kind === 'read' ? facts.manager.value : null;
  const involved: readonly PersonId[] = [lockout.technician, lockout.caller];
  const stops = stopsFor(facts, lockout.technician, lockout.caller, policy);
  return {
    stored,
    matchingWords: matchingWords(lockout),
    slowFacts: parts.slowFacts ?? null,
    profile,
    technicianName: parts.technicianName,
    recommendation: recommend(lockout, policy, license, stops),
    stops,
    missing: missingIn(lockout, policy),
    nextReadAt: parts.nextReadAt ?? null,
    changesSeenUpTo: parts.changesSeenUpTo ?? null,
    risks: risksOf(lockout, policy, now),
    noes: noesThatCount(facts, policy, now),
    approvalEndsAt: lockout.state.kind === 'awaiting-approval' ? approvalEndsAt(lockout.state, policy) : null,
    methods: methodViews(facts, policy, now),
    requiredMethods: methodsRequired(facts, policy),
    readiness: readinessOf(facts, license, policy, now),
    numbers: usableNumbers(facts, policy, now).map(({ number, usable, whyNot }) => ({
      number,
      display: displayOf(number, profile),
      usable,
      whyNot,
    })),
    places: policy.places,
    numbersShown: subjectDigest(numbersShown(facts)),
    managerCanVouch: manager !== null && !involved.includes(manager) && facts.managerAge.kind === 'read',
    plannedPass:
      facts.passPolicy.kind === 'read'
        ? { lifetimeMinutes: passLifetime(facts, policy), oneTime: passIsOneTime(facts, policy) }
        : null,
    threatMode: policy.mode,
    modeLine: parts.modeLine ?? null,
    notices: profile === null ? [...parts.notices, 'names-not-read'] : parts.notices,
    reach: parts.reach ?? null,
    selfServiceUrl: parts.selfServiceUrl,
    now,
    timeZone: parts.timeZone,
  };
}

/** The number as it is dialed. Names and numbers are read apart from the facts of a case, so it must be the same number in both. */
function displayOf({ ref, digest }: NumberOnRecord, profile: CallerProfile | null): string | null {
  const dialable = profile?.numbers.find((one) => one.ref === ref && (digest === '' || one.digest === digest));
  return dialable?.display ?? null;
}

function methodViews(facts: CallerFacts, policy: Policy, now: Instant): CaseView['methods'] {
  const settled = policy.numberSettledDays * 24 * 60;
  return (facts.methods.kind === 'read' ? facts.methods.value : []).map((method) => ({
    ...method,
    ...worthOf(method.kind),
    registeredLately: method.registeredAt !== null && !isOlder(method.registeredAt, settled, now),
  }));
}

/** The risk as it is now; before a proof is chosen, the best proof is assumed, so that only the caller's own risk shows. */
function risksOf(lockout: Case, policy: Policy, now: Instant): CaseView['risks'] {
  const { state } = lockout;
  const proof =
    'proof' in state ? state.proof : ({ kind: 'callback', numberRef: '', numberDigest: '', at: now } as const);
  return reasonsToShow(lockout, proof, policy, now);
}
