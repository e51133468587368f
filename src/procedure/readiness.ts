/**
 * Whether the caller can reset the password themselves: the checklist on the case card, and its result.
 * What could not be read is `unknown` on the checklist, and never a yes.
 */
import type { LicenseFacts } from './diagnosis.ts';
import type { CallerFacts, Instant, Reading, RegisteredMethod } from './facts.ts';
import { enoughFor, slotsOpenedBy, methodsRequired, worthOf } from './methods.ts';
import { obstacleFor, type Policy, type Recommendation, type SelfServiceObstacle } from './policy.ts';
import { holdsPrivilegedRole } from './stops.ts';

/** The state of a row. `caution`: good enough today, but not for long, or not by itself. */
export type RowState = 'yes' | 'no' | 'unknown' | 'caution';

/** One row of the checklist. Rows that do not concern the caller are left out. */
export type ReadinessRow =
  /** `plans`: the names of the license plans found, at most five. */
  | { readonly code: 'licensed'; readonly state: RowState; readonly plans: readonly string[] }
  | { readonly code: 'enabled'; readonly state: RowState }
  | { readonly code: 'registered'; readonly state: RowState }
  | { readonly code: 'capable'; readonly state: RowState }
  /** `administrator`: needs two methods whatever the tenant's setting is, and cannot use security questions. */
  | {
      readonly code: 'methods-counted';
      readonly state: RowState;
      readonly counted: number;
      readonly required: 1 | 2;
      readonly administrator: boolean;
    }
  /** Every method that counts is a weak one, such as e-mail. */
  | { readonly code: 'weak-only'; readonly state: 'caution' }
  /** The caller has security questions, which end on `retires` (an ISO date). */
  | { readonly code: 'security-questions'; readonly state: 'caution' | 'no'; readonly retires: string }
  /** There are enough methods only because of SMS and voice calls, which Microsoft ends on `retires` (an ISO date). */
  | { readonly code: 'sms-and-voice'; readonly state: 'caution' | 'no'; readonly retires: string }
  /** For synced accounts, and for accounts that could not be read. */
  | { readonly code: 'writeback'; readonly state: RowState }
  /** Age of the registration report in whole hours; `null` when the report does not say. */
  | { readonly code: 'report-age'; readonly state: RowState; readonly hours: number | null };

/** The name of a row. */
export type ReadinessCode = ReadinessRow['code'];

/** Closed list: the result of the checklist. */
export type ReadinessVerdict =
  | 'can-reset-now'
  /** Enough methods, but only weak ones. The reset page accepts them; a stronger one should be added. */
  | 'weak-methods-only'
  | 'registered-not-at-hand'
  | 'not-registered'
  | 'not-enabled'
  | 'not-licensed'
  | 'no-writeback'
  | 'unknown';

/** The caller's readiness, as data for the card. */
export interface Readiness {
  readonly rows: readonly ReadinessRow[];
  readonly verdict: ReadinessVerdict;
  /** The route that follows, without regard to stops. The recommendation includes those. */
  readonly route: Exclude<Recommendation['route'], 'escalate' | 'wait'>;
}

/** A report older than this gets a caution, because Microsoft renews it every few hours. */
const REPORT_FRESH_HOURS = 24;
const HOUR_MS = 3_600_000;

const VERDICTS: Readonly<Record<SelfServiceObstacle, ReadinessVerdict>> = {
  'not-licensed': 'not-licensed',
  'self-service-off': 'not-enabled',
  'no-writeback': 'no-writeback',
  unread: 'unknown',
  'no-methods': 'not-registered',
  'too-few-methods': 'not-registered',
  'methods-not-at-hand': 'registered-not-at-hand',
  'weak-methods-only': 'weak-methods-only',
};

/**
 * The caller's readiness. `atHand` holds the references that the technician ticked. It is `null` before they asked; then every
 * registered method counts. The route is the one that `recommend` gives when nothing stops a pass.
 */
export function readinessOf(
  facts: CallerFacts,
  license: Reading<LicenseFacts>,
  policy: Policy,
  now: Instant,
  atHand: readonly string[] | null = null,
): Readiness {
  const obstacle = obstacleFor(facts, license, policy, atHand);
  return {
    rows: [
      licensedRow(license),
      ...reportRows(facts, policy),
      ...methodRows(facts, policy, now),
      ...writebackRow(facts, policy),
      ...reportAgeRow(facts, now),
    ],
    verdict: obstacle === null ? verdictWithout(facts) : VERDICTS[obstacle],
    route: obstacle === null ? 'self-service' : 'pass',
  };
}

/** Nothing is known against a reset. That is a yes only if the facts behind it were read. */
function verdictWithout({ registration, account }: CallerFacts): ReadinessVerdict {
  return registration.kind === 'read' && account.kind === 'read' ? 'can-reset-now' : 'unknown';
}

function licensedRow(license: Reading<LicenseFacts>): ReadinessRow {
  if (license.kind !== 'read') return { code: 'licensed', state: 'unknown', plans: [] };
  return { code: 'licensed', state: license.value.selfServiceReset ? 'yes' : 'no', plans: license.value.plans };
}

/** The report lags some hours behind: where the live list of methods suffices, its "no" is only a caution. */
function reportRows(facts: CallerFacts, policy: Policy): readonly ReadinessRow[] {
  const { registration, methods } = facts;
  if (registration.kind !== 'read') {
    return (['enabled', 'registered', 'capable'] as const).map((code) => ({ code, state: 'unknown' }));
  }
  const { ssprEnabled, ssprRegistered, ssprCapable } = registration.value;
  const live = methods.kind === 'read' ? methods.value : [];
  const lagging = enoughFor(live, methodsRequired(facts, policy), facts) ? 'caution' : 'no';
  return [
    { code: 'enabled', state: ssprEnabled ? 'yes' : 'no' },
    { code: 'registered', state: ssprRegistered ? 'yes' : lagging },
    { code: 'capable', state: ssprCapable ? 'yes' : ssprEnabled ? lagging : 'no' },
  ];
}

function methodRows(facts: CallerFacts, policy: Policy, now: Instant): readonly ReadinessRow[] {
  const required = methodsRequired(facts, policy);
  const { activeRoles } = facts;
  const administrator = activeRoles.kind === 'read' && holdsPrivilegedRole(facts);
  if (facts.methods.kind !== 'read') {
    return [{ code: 'methods-counted', state: 'unknown', counted: 0, required, administrator }];
  }
  const methods = facts.methods.value.filter((method) => worthOf(method.kind).countsForSelfService);
  const counted = slotsOpenedBy(methods, facts);
  const state = counted >= required ? 'yes' : 'no';
  const rows: ReadinessRow[] = [{ code: 'methods-counted', state, counted, required, administrator }];
  if (methods.length > 0 && methods.every(({ kind }) => worthOf(kind).strength === 'weak')) {
    rows.push({ code: 'weak-only', state: 'caution' });
  }
  return [...rows, ...questionsRow(facts, now), ...smsAndVoiceRow(methods, required, facts, now)];
}

function questionsRow({ methods, registration }: CallerFacts, now: Instant): readonly ReadinessRow[] {
  const listed = methods.kind === 'read' && methods.value.some(({ kind }) => kind === 'security-questions');
  const reported = registration.kind === 'read' && registration.value.hasSecurityQuestions;
  const { retires } = worthOf('security-questions');
  if (retires === null || !(listed || reported)) return [];
  return [{ code: 'security-questions', state: ended(retires, now), retires }];
}

/** Shown when the caller has enough methods today, but would not without the text messages and calls that Microsoft ends. */
function smsAndVoiceRow(
  methods: readonly RegisteredMethod[],
  required: number,
  facts: CallerFacts,
  now: Instant,
): readonly ReadinessRow[] {
  const { retires } = worthOf('mobile-phone');
  const others = methods.filter(({ kind }) => worthOf(kind).retires !== retires);
  if (retires === null || !enoughFor(methods, required, facts) || enoughFor(others, required, facts)) return [];
  return [{ code: 'sms-and-voice', state: ended(retires, now), retires }];
}

function ended(retires: string, now: Instant): 'caution' | 'no' {
  return now < Date.parse(retires) ? 'caution' : 'no';
}

function writebackRow({ account }: CallerFacts, policy: Policy): readonly ReadinessRow[] {
  if (account.kind !== 'read') return [{ code: 'writeback', state: 'unknown' }];
  return account.value.synced ? [{ code: 'writeback', state: policy.passwordWriteback ? 'yes' : 'no' }] : [];
}

function reportAgeRow({ registration }: CallerFacts, now: Instant): readonly ReadinessRow[] {
  if (registration.kind !== 'read') return [];
  const { reportAt } = registration.value;
  if (reportAt === null) return [{ code: 'report-age', state: 'unknown', hours: null }];
  const hours = Math.max(0, Math.floor((now - reportAt) / HOUR_MS));
  return [{ code: 'report-age', state: hours < REPORT_FRESH_HOURS ? 'yes' : 'caution', hours }];
}
