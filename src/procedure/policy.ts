/**
 * The numbers and switches of the procedure, with the defaults of the guides.
 * The one rule kept here: every figure a lead may want to change stands in this type, and nowhere else.
 */
import type { Case } from './case.ts';
import type { LicenseFacts } from './diagnosis.ts';
import type { CallerFacts, Instant, Reading } from './facts.ts';
import { enoughFor, methodsRequired, worthOf } from './methods.ts';
import type { RiskReason } from './risk-reasons.ts';
import { stopsFor, type Stop } from './stops.ts';

/** Monday = 1 ... Sunday = 7; hours of the day in `timeZone` (IANA name). */
export interface OfficeHours {
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly fromHour: number;
  readonly toHour: number;
}

/** What a lead decides; read from configuration, the modes also from the ledger. */
export interface Policy {
  /** Methods the tenant demands for a self-service reset (1 or 2). Graph cannot tell; configuration does. */
  readonly requiredMethods: 1 | 2;
  /** Password writeback is on for synced accounts. Graph cannot tell; configuration does. */
  readonly passwordWriteback: boolean;
  /** A callback, a meeting or a manager's word is good for this long. OWASP ASVS 6.5.5: at most 10 minutes. */
  readonly proofValidMinutes: number;
  /** A number changed more recently than this is not called. */
  readonly numberSettledDays: number;
  readonly managerAnswerMinutes: number;
  readonly approvalValidMinutes: number;
  /** The lifetime we wish for; clamped into the tenant's policy. */
  readonly passLifetimeMinutes: number;
  readonly oneTimePass: boolean;
  /** Two looks that find no pass must lie this far apart before we believe it: Graph is eventually consistent. */
  readonly settleSeconds: number;
  /** An order not answered after this long is treated as unanswered. */
  readonly orderPatienceSeconds: number;
  /** A case nobody moves expires. */
  readonly idleMinutes: number;
  readonly selfServiceMinutes: number;
  /** Earlier contacts in 24 hours from which on a second person decides (2: this one is the third). */
  readonly contactsForRisk: number;
  /** Role template ids that do not make a caller privileged. */
  readonly harmlessRoles: readonly string[];
  /** Where a caller can be seen in person. A list, so that no free text moves a case. */
  readonly places: readonly string[];
  /** Which risk reasons call for a second person. */
  readonly secondPersonFor: readonly RiskReason[];
  /** What a missing plan (P2) means for the reads that need it. */
  readonly whenNotLicensed: { readonly risk: 'stop' | 'go-on'; readonly eligibility: 'stop' | 'go-on' };
  readonly officeHours: OfficeHours | null;
  /** Set by a lead: no passes at all, or two people for all. */
  readonly mode: 'normal' | 'elevated' | 'lockdown';
  /** Set by the ledger: ten or more recoveries within an hour. */
  readonly spike: boolean;
}

/** Roles an account may hold and still get a pass: they read or invite, and change no account. */
export const HARMLESS_ROLES: readonly string[] = [
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', // Directory Readers
  '95e79109-95c0-4d8e-aee3-d01accf2d47b', // Guest Inviter
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', // Message Center Reader
  '4a5d8f65-41da-4de4-8968-e035b65339cf', // Reports Reader
  '75934031-6c7e-415a-99d7-48dbd49e875e', // Usage Summary Reports Reader
  '27460883-1df1-4691-b032-3b79643e5e63', // User Experience Success Manager
];

/** The policy of the guides. */
export const DEFAULT_POLICY: Policy = {
  requiredMethods: 2,
  passwordWriteback: true,
  proofValidMinutes: 10,
  numberSettledDays: 14,
  managerAnswerMinutes: 10,
  approvalValidMinutes: 15,
  passLifetimeMinutes: 60,
  oneTimePass: false,
  settleSeconds: 60,
  orderPatienceSeconds: 60,
  idleMinutes: 60,
  selfServiceMinutes: 60,
  contactsForRisk: 2,
  harmlessRoles: HARMLESS_ROLES,
  places: ['Service desk counter', 'Reception'],
  secondPersonFor: [
    'proof-not-by-callback',
    'third-contact-in-a-day',
    'medium-risk',
    'vip',
    'close-to-technician',
    'elevated-mode',
    'spike-mode',
    'out-of-hours',
  ],
  whenNotLicensed: { risk: 'go-on', eligibility: 'go-on' },
  officeHours: null,
  mode: 'normal',
  spike: false,
};

const MINUTE = 60_000;

/** Whether something of `since` is still within `minutes` at `now`. */
export function within(since: Instant, minutes: number, now: Instant): boolean {
  return now - since <= minutes * MINUTE;
}

/** What stands between the caller and a reset by themselves. Closed list. */
export type SelfServiceObstacle =
  | 'not-licensed'
  | 'self-service-off'
  | 'no-writeback'
  | 'unread'
  | 'no-methods'
  | 'too-few-methods'
  | 'methods-not-at-hand'
  | 'weak-methods-only';

/** What the picture suggests before the technician has asked the caller anything, and why. */
export interface Recommendation {
  readonly route: 'self-service' | 'pass' | 'escalate';
  readonly because: SelfServiceObstacle | 'enough-methods' | 'self-service-failed' | 'stopped';
}

/** The recommended next step for the card. Advice only: the table decides. `stops`: what was computed already. */
export function recommend(
  lockout: Case,
  policy: Policy,
  license: Reading<LicenseFacts> = NOT_ASKED,
  stops: readonly Stop[] = stopsFor(lockout.facts, lockout.technician, lockout.caller, policy),
): Recommendation {
  const { facts, state } = lockout;
  if (stops.some((stop) => stop.reach === 'case')) return { route: 'escalate', because: 'stopped' };
  const asking = state.kind === 'asking-methods';
  const failedBefore = asking && state.selfServiceFailure !== null;
  const obstacle = obstacleFor(facts, license, policy, asking ? null : lockout.atHand);
  const why = failedBefore && !isLasting(obstacle) ? 'self-service-failed' : obstacle;
  if (why === null) return { route: 'self-service', because: 'enough-methods' };
  if (stops.length === 0) return { route: 'pass', because: why };
  return { route: 'escalate', because: stops.every((stop) => stop.code.endsWith('-unread')) ? 'unread' : 'stopped' };
}

const NOT_ASKED: Reading<LicenseFacts> = { kind: 'unread', why: 'not-asked' };

/** What no method the caller has or gets will change. */
function isLasting(obstacle: SelfServiceObstacle | null): boolean {
  return obstacle === 'not-licensed' || obstacle === 'self-service-off' || obstacle === 'no-writeback';
}

/**
 * The first thing that keeps the caller from a reset by themselves; `null` when nothing known does. `atHand` holds the
 * refs the technician ticked, `null` before anybody was asked: then everything registered counts.
 */
export function obstacleFor(
  facts: CallerFacts,
  license: Reading<LicenseFacts>,
  policy: Policy,
  atHand: readonly string[] | null,
): SelfServiceObstacle | null {
  if (license.kind === 'read' && !license.value.selfServiceReset) return 'not-licensed';
  const blocked = selfServiceBlocked(facts, policy);
  if (blocked !== null) return blocked;
  if (facts.methods.kind !== 'read') return 'unread';
  const registered = facts.methods.value.filter((method) => worthOf(method.kind).countsForSelfService);
  if (registered.length === 0) return 'no-methods';
  const required = methodsRequired(facts, policy);
  if (!enoughFor(registered, required, facts)) return 'too-few-methods';
  const considered = atHand === null ? registered : registered.filter(({ ref }) => atHand.includes(ref));
  if (!enoughFor(considered, required, facts)) return 'methods-not-at-hand';
  return considered.every((method) => worthOf(method.kind).strength === 'weak') ? 'weak-methods-only' : null;
}

/** Why the self-service page cannot help this account whatever is at hand; `null` when it can, as far as we know. */
export function selfServiceBlocked(facts: CallerFacts, policy: Policy): 'self-service-off' | 'no-writeback' | null {
  if (facts.registration.kind === 'read' && !facts.registration.value.ssprEnabled) return 'self-service-off';
  if (facts.account.kind === 'read' && facts.account.value.synced && !policy.passwordWriteback) return 'no-writeback';
  return null;
}

/** The lifetime to order: our wish, clamped into the tenant's limits. Minutes. */
export function passLifetime(facts: CallerFacts, policy: Policy): number {
  if (facts.passPolicy.kind !== 'read') return policy.passLifetimeMinutes;
  const { minimumMinutes, maximumMinutes } = facts.passPolicy.value;
  return Math.min(Math.max(policy.passLifetimeMinutes, minimumMinutes), maximumMinutes);
}

/** Whether the pass will be one-time: the tenant's rule wins over our wish. */
export function passIsOneTime(facts: CallerFacts, policy: Policy): boolean {
  return policy.oneTimePass || (facts.passPolicy.kind === 'read' && facts.passPolicy.value.oneTimeOnly);
}
