/**
 * The risk reasons: when one person must not decide alone. Each reason is a small function of the facts; the policy says which of
 * them require a second person. Only what was read is a reason. That nothing is overlooked is seen to elsewhere: no pass is ordered
 * while a fact behind a reason is unread (missing.ts).
 */

import type { Proof } from './case.ts';
import type { CallerFacts, Instant } from './facts.ts';
import { dialedIn } from './numbers.ts';
import type { RiskReason } from './risk-reasons.ts';

/** One reason: whether it applies to these facts. */
type Reason = (context: RiskContext) => boolean;

interface RiskContext {
  readonly facts: CallerFacts;
  readonly proof: Proof;
  readonly policy: RiskPolicy;
  readonly now: Instant;
}

/** The part of the policy that the risk reasons need. */
export interface RiskPolicy {
  readonly contactsForRisk: number;
  readonly secondPersonFor: readonly RiskReason[];
  readonly officeHours: {
    readonly timeZone: string;
    readonly days: readonly number[];
    readonly fromHour: number;
    readonly toHour: number;
  } | null;
  readonly mode: 'normal' | 'elevated' | 'lockdown';
  readonly spike: boolean;
}

const REASONS: Readonly<Record<RiskReason, Reason>> = {
  'proof-not-by-callback': ({ proof }) => proof.kind !== 'callback',
  'shared-number': ({ facts, proof }) => proof.kind === 'callback' && isShared(facts, proof),
  'third-contact-in-a-day': ({ facts, policy }) =>
    facts.history.kind === 'read' && facts.history.value.contactsLastDay >= policy.contactsForRisk,
  'medium-risk': ({ facts }) => facts.risk.kind === 'read' && facts.risk.value.level === 'medium',
  vip: ({ facts }) => facts.groups.kind === 'read' && facts.groups.value.inVipGroup,
  'close-to-technician': ({ facts }) => facts.closeToTechnician.kind === 'read' && facts.closeToTechnician.value,
  'elevated-mode': ({ policy }) => policy.mode !== 'normal',
  'spike-mode': ({ policy }) => policy.spike,
  'out-of-hours': ({ policy, now }) => policy.officeHours !== null && !inOfficeHours(policy.officeHours, now),
};

/** The risk reasons that apply and for which the policy requires a second person, in the order of the policy. */
export function riskReasonsFor(
  facts: CallerFacts,
  proof: Proof,
  policy: RiskPolicy,
  now: Instant,
): readonly RiskReason[] {
  const context: RiskContext = { facts, proof, policy, now };
  return policy.secondPersonFor.filter((reason) => REASONS[reason](context));
}

function isShared({ numbers }: CallerFacts, proof: Extract<Proof, { kind: 'callback' }>): boolean {
  const dialed = numbers.kind === 'read' ? dialedIn(numbers.value, proof) : null;
  return dialed?.others.kind === 'read' && dialed.others.value > 0;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function inOfficeHours(hours: NonNullable<RiskPolicy['officeHours']>, now: Instant): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: hours.timeZone,
    weekday: 'short',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now);
  const weekday = parts.find((part) => part.type === 'weekday')?.value ?? '';
  const hour = Number(parts.find((part) => part.type === 'hour')?.value ?? Number.NaN);
  return hours.days.includes(DAYS.indexOf(weekday) + 1) && hour >= hours.fromHour && hour < hours.toHour;
}
