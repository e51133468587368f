/**
 * The settings of the procedure, with the defaults of the guides, and what follows from them for a caller.
 * Every limit that a lead may want to change is a field of `Policy`, and is written nowhere else.
 */
import type { Case } from './case.ts';
import type { LicenseFacts } from './diagnosis.ts';
import type { CallerFacts, Instant, Reading } from './facts.ts';
import { enoughFor, methodsRequired, worthOf } from './methods.ts';
import { missingForPass, MOST_SECONDS_OFF } from './missing.ts';
import type { OfficeHours } from './office-hours.ts';
import type { ChosenReason } from './risk-reasons.ts';
import { stopsFor, type Stop } from './stops.ts';

/** The settings of the procedure. They come from the configuration; the mode and the spike come from the ledger. */
export interface Policy {
  /** How many methods the tenant requires for a self-service reset. Graph does not say, so it is configured. */
  readonly requiredMethods: 1 | 2;
  /** Whether password writeback is on for synced accounts. Graph does not say, so it is configured. */
  readonly passwordWriteback: boolean;
  /** How long a proof of identity counts. OWASP ASVS 6.5.5 allows at most 10 minutes. */
  readonly proofValidMinutes: number;
  /** A number that changed more recently than this is not used for a callback. */
  readonly numberSettledDays: number;
  /** An answer to a callback that is reported sooner than this does not count: nobody can have dialed in that time. */
  readonly callbackAtLeastSeconds: number;
  readonly managerAnswerMinutes: number;
  readonly approvalValidMinutes: number;
  /** The lifetime to ask for, within the limits of the tenant's policy. */
  readonly passLifetimeMinutes: number;
  readonly oneTimePass: boolean;
  /** Only two checks this far apart prove that there is no pass, because Graph can be slow to show a new one. */
  readonly settleSeconds: number;
  /** How long to wait for Graph's answer to an order before it counts as unanswered. */
  readonly orderPatienceSeconds: number;
  /** A case that nobody works on for this long expires. */
  readonly idleMinutes: number;
  /** So long after a case was closed, the owner of the account can still say that it was not them. */
  readonly objectionDays: number;
  /** How long the caller has for the reset page. */
  readonly selfServiceMinutes: number;
  /** This many earlier contacts in 24 hours are a risk reason (2: the current contact is the third). */
  readonly contactsForRisk: number;
  /** Template ids of the directory roles that do not make a caller privileged. */
  readonly harmlessRoles: readonly string[];
  /** The places where a caller can be seen in person. A list, because free text never moves a case. */
  readonly places: readonly string[];
  /**
   * Which risk reasons call for a second person, among those that may be chosen. Elevated mode always does, and so do an earlier
   * "no" and a caller who works at the helpdesk (risk.ts).
   */
  readonly secondPersonFor: readonly ChosenReason[];
  /** Callers who belong to a group of the helpdesk, or own one. `lead`: a lead has to agree. `never`: no pass. */
  readonly helpdeskAccounts: 'lead' | 'never';
  /** How long a "no" about a caller counts: until then a pass takes a lead and another second person. */
  readonly noSticksHours: number;
  /**
   * What happens when a check cannot be made because the tenant lacks the plan for it (P2), or did not grant the permission.
   * `second-person`: an approver has to agree. `go-on`: as if nothing was found. `stop`: no pass.
   */
  readonly whenNotLicensed: {
    readonly risk: 'stop' | 'go-on' | 'second-person';
    readonly eligibility: 'stop' | 'go-on' | 'second-person';
  };
  readonly officeHours: OfficeHours | null;
  /** Set by a lead. `lockdown`: no passes at all. `elevated`: a second person for every pass. */
  readonly mode: 'normal' | 'elevated' | 'lockdown';
  /** Many recoveries within an hour, as counted in the ledger. */
  readonly spike: boolean;
}

/** Roles with which an account can still get a pass. They only read or invite, and cannot change any account. */
export const HARMLESS_ROLES: readonly string[] = [
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', // Directory Readers
  '95e79109-95c0-4d8e-aee3-d01accf2d47b', // Guest Inviter
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', // Message Center Reader
  '4a5d8f65-41da-4de4-8968-e035b65339cf', // Reports Reader
  '75934031-6c7e-415a-99d7-48dbd49e875e', // Usage Summary Reports Reader
  '27460883-1df1-4691-b032-3b79643e5e63', // User Experience Success Manager
];

/** The settings that the guides recommend. */
export const DEFAULT_POLICY: Policy = {
  requiredMethods: 2,
  passwordWriteback: true,
  proofValidMinutes: 10,
  numberSettledDays: 14,
  callbackAtLeastSeconds: 15,
  managerAnswerMinutes: 10,
  approvalValidMinutes: 15,
  passLifetimeMinutes: 60,
  oneTimePass: false,
  settleSeconds: 60,
  orderPatienceSeconds: 60,
  idleMinutes: 60,
  objectionDays: 7,
  selfServiceMinutes: 60,
  contactsForRisk: 2,
  harmlessRoles: HARMLESS_ROLES,
  places: ['Service desk counter', 'Reception'],
  secondPersonFor: [
    'proof-not-by-callback',
    'shared-number',
    'third-contact-in-a-day',
    'medium-risk',
    'vip',
    'close-to-technician',
    'elevated-mode',
    'spike-mode',
    'out-of-hours',
  ],
  helpdeskAccounts: 'lead',
  noSticksHours: 24,
  whenNotLicensed: { risk: 'second-person', eligibility: 'second-person' },
  officeHours: null,
  mode: 'normal',
  spike: false,
};

const MINUTE = 60_000;

/**
 * Whether `since` was at most `minutes` ago. For everything that brings a case nearer to a pass: a moment that is still to come
 * was written with a wrong clock, so nobody knows how long ago it was, and it does not count. `MOST_SECONDS_OFF` is what two good
 * clocks may differ, for example those of two machines that share a ledger.
 */
export function within(since: Instant, minutes: number, now: Instant): boolean {
  return since - now <= MOST_SECONDS_OFF * 1000 && !isOlder(since, minutes, now);
}

/** Whether `since` was more than `minutes` ago. For a "no" and for waiting, which a wrong clock must not end. */
export function isOlder(since: Instant, minutes: number, now: Instant): boolean {
  return now - since > minutes * MINUTE;
}

/** Closed list: what keeps the caller from resetting the password themselves. */
export type SelfServiceObstacle =
  | 'not-licensed'
  | 'self-service-off'
  | 'no-writeback'
  | 'unread'
  | 'no-methods'
  | 'too-few-methods'
  | 'methods-not-at-hand'
  | 'weak-methods-only';

/** The recommended route, and why. `wait`: a fact that matters could not be read yet, and nothing known stands in the way. */
export interface Recommendation {
  readonly route: 'self-service' | 'pass' | 'wait' | 'escalate';
  readonly because: SelfServiceObstacle | 'enough-methods' | 'self-service-failed' | 'stopped';
}

/** The recommended next step for the card. It is advice: the table decides. `stops` can be passed where they are known already. */
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
  if (stops.length > 0) return { route: 'escalate', because: 'stopped' };
  return missingForPass(facts, policy).length > 0
    ? { route: 'wait', because: 'unread' }
    : { route: 'pass', because: why };
}

const NOT_ASKED: Reading<LicenseFacts> = { kind: 'unread', why: 'not-asked' };

/** Whether the obstacle remains whatever methods the caller registers. */
function isLasting(obstacle: SelfServiceObstacle | null): boolean {
  return obstacle === 'not-licensed' || obstacle === 'self-service-off' || obstacle === 'no-writeback';
}

/**
 * The first thing that keeps the caller from resetting the password themselves; `null` when nothing known does. `atHand` holds the
 * references that the technician ticked. It is `null` before they asked; then every registered method counts.
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

/** Why the reset page cannot help this account, whatever is at hand; `null` when nothing is known against it. */
export function selfServiceBlocked(facts: CallerFacts, policy: Policy): 'self-service-off' | 'no-writeback' | null {
  if (facts.registration.kind === 'read' && !facts.registration.value.ssprEnabled) return 'self-service-off';
  if (facts.account.kind === 'read' && facts.account.value.synced && !policy.passwordWriteback) return 'no-writeback';
  return null;
}

/** The lifetime to order, in minutes: the configured one, within the limits of the tenant's policy. */
export function passLifetime(facts: CallerFacts, policy: Policy): number {
  if (facts.passPolicy.kind !== 'read') return policy.passLifetimeMinutes;
  const { minimumMinutes, maximumMinutes } = facts.passPolicy.value;
  return Math.min(Math.max(policy.passLifetimeMinutes, minimumMinutes), maximumMinutes);
}

/** Whether the pass works only once: as configured, or because the tenant's policy requires it. */
export function passIsOneTime(facts: CallerFacts, policy: Policy): boolean {
  return policy.oneTimePass || (facts.passPolicy.kind === 'read' && facts.passPolicy.value.oneTimeOnly);
}
