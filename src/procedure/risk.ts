/**
 * The risk reasons: when one person must not decide alone, and which second persons each of them takes. Each reason is a small
 * function of the facts. Only what was read is a reason. That nothing is overlooked is seen to elsewhere: no pass is ordered
 * while a fact behind a reason is unread (missing.ts).
 */

import type { Case, Proof } from './case.ts';
import type { CallerFacts, EarlierNo, Instant } from './facts.ts';
import { cannotBeRead } from './missing.ts';
import { dialedIn } from './numbers.ts';
import { inOfficeHours } from './office-hours.ts';
import type { Policy } from './policy.ts';
import type { RiskReason, SecondPersons } from './risk-reasons.ts';

interface RiskContext {
  readonly facts: CallerFacts;
  readonly proof: Proof;
  readonly policy: RiskPolicy;
  readonly now: Instant;
}

/** The part of the policy that the risk reasons need. */
export type RiskPolicy = Pick<
  Policy,
  | 'contactsForRisk'
  | 'secondPersonFor'
  | 'helpdeskAccounts'
  | 'noSticksHours'
  | 'whenNotLicensed'
  | 'officeHours'
  | 'mode'
  | 'spike'
>;

/** One reason. */
interface RiskRow {
  /** Whether it applies to these facts. */
  readonly applies: (context: RiskContext) => boolean;
  /** Who has to agree when it does. Where several apply, whatever asks for more. */
  readonly needs: SecondPersons;
  /** `always`: no configuration switches it off. `chosen`: it counts where `secondPersonFor` has it. */
  readonly counts: 'always' | 'chosen';
}

const HOUR_MS = 3_600_000;

/** The "no" about this caller that still count. Source: the procedure's rule that a "no" sticks to the caller. */
export function noesThatCount(
  { history }: Pick<CallerFacts, 'history'>,
  { noSticksHours }: Pick<RiskPolicy, 'noSticksHours'>,
  now: Instant,
): readonly EarlierNo[] {
  return history.kind === 'read' ? history.value.noes.filter(({ at }) => now - at < noSticksHours * HOUR_MS) : [];
}

/** Every reason. Nobody may switch off those that an attacker would have switched off first. */
const REASONS: Readonly<Record<RiskReason, RiskRow>> = {
  'earlier-no': {
    applies: ({ facts, policy, now }) => noesThatCount(facts, policy, now).length > 0,
    needs: 'lead-and-another',
    counts: 'always',
  },
  'helpdesk-account': {
    applies: ({ facts: { groups } }) => groups.kind === 'read' && groups.value.inHelpdeskGroup,
    needs: 'lead',
    counts: 'always',
  },
  // Never found in the facts: it stands for what was found before.
  'asked-before': { applies: () => false, needs: 'approver', counts: 'always' },
  'proof-not-by-callback': {
    applies: ({ proof }) => proof.kind !== 'callback',
    needs: 'approver',
    counts: 'chosen',
  },
  'shared-number': {
    applies: ({ facts, proof }) => proof.kind === 'callback' && isShared(facts, proof),
    needs: 'approver',
    counts: 'chosen',
  },
  'third-contact-in-a-day': {
    applies: ({ facts: { history }, policy }) =>
      history.kind === 'read' && history.value.contactsLastDay >= policy.contactsForRisk,
    needs: 'approver',
    counts: 'chosen',
  },
  'medium-risk': {
    applies: ({ facts: { risk } }) => risk.kind === 'read' && risk.value.level === 'medium',
    needs: 'approver',
    counts: 'chosen',
  },
  vip: {
    applies: ({ facts: { groups } }) => groups.kind === 'read' && groups.value.inVipGroup,
    needs: 'approver',
    counts: 'chosen',
  },
  'close-to-technician': {
    applies: ({ facts }) => facts.closeToTechnician.kind === 'read' && facts.closeToTechnician.value,
    needs: 'approver',
    counts: 'chosen',
  },
  'risk-unknown': {
    applies: ({ facts, policy }) => policy.whenNotLicensed.risk === 'second-person' && cannotBeRead(facts.risk),
    needs: 'approver',
    counts: 'always',
  },
  'eligibility-unknown': {
    applies: ({ facts, policy }) =>
      policy.whenNotLicensed.eligibility === 'second-person' && cannotBeRead(facts.eligibleRoles),
    needs: 'approver',
    counts: 'always',
  },
  'elevated-mode': { applies: ({ policy }) => policy.mode !== 'normal', needs: 'approver', counts: 'always' },
  'spike-mode': { applies: ({ policy }) => policy.spike, needs: 'approver', counts: 'chosen' },
  'out-of-hours': {
    applies: ({ policy, now }) => policy.officeHours !== null && !inOfficeHours(policy.officeHours, now),
    needs: 'approver',
    counts: 'chosen',
  },
};

const ALL = Object.keys(REASONS) as readonly RiskReason[];

/** The risk reasons that apply to these facts and take a second person, in the order of the table. */
export function riskReasonsFor(
  facts: CallerFacts,
  proof: Proof,
  policy: RiskPolicy,
  now: Instant,
): readonly RiskReason[] {
  const context: RiskContext = { facts, proof, policy, now };
  const chosen: readonly RiskReason[] = policy.secondPersonFor;
  return ALL.filter(
    (reason) => (REASONS[reason].counts === 'always' || chosen.includes(reason)) && REASONS[reason].applies(context),
  );
}

function isShared({ numbers }: CallerFacts, proof: Extract<Proof, { kind: 'callback' }>): boolean {
  const dialed = numbers.kind === 'read' ? dialedIn(numbers.value, proof) : null;
  return dialed?.others.kind === 'read' && dialed.others.value > 0;
}

/**
 * The reasons that stand for a case: those that apply now, and those for which a second person was asked earlier in it. Going back
 * or letting time run out removes none of them. Source: the procedure's rule that a "no" sticks.
 */
export function standingReasons(
  at: Pick<Case, 'facts' | 'reasonsFound'>,
  proof: Proof,
  policy: RiskPolicy,
  now: Instant,
): readonly RiskReason[] {
  const current = riskReasonsFor(at.facts, proof, policy, now);
  return ALL.filter((reason) => current.includes(reason) || at.reasonsFound.includes(reason));
}

/**
 * The same as people read them: a reason that was found earlier and does not apply any more is not stated as if it did. That
 * somebody was asked before stands in its place.
 */
export function reasonsToShow(
  at: Pick<Case, 'facts' | 'reasonsFound'>,
  proof: Proof,
  policy: RiskPolicy,
  now: Instant,
): readonly RiskReason[] {
  const current = riskReasonsFor(at.facts, proof, policy, now);
  const former = at.reasonsFound.filter((reason) => !current.includes(reason));
  const stays = former.filter((reason) => reason === 'earlier-no' || reason === 'helpdesk-account');
  const replaced: readonly RiskReason[] = former.length > stays.length ? ['asked-before'] : [];
  return ALL.filter((reason) => [...current, ...stays, ...replaced].includes(reason));
}

const MORE: readonly SecondPersons[] = ['approver', 'lead', 'lead-and-another'];

/** Who has to agree because of these reasons; `null` when there is no reason. */
export function secondPersonsFor(reasons: readonly RiskReason[]): SecondPersons | null {
  return MORE.findLast((needs) => reasons.some((reason) => REASONS[reason].needs === needs)) ?? null;
}
