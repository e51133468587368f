/**
 * Why the caller is locked out, as far as the tenant's sign-in log tells, and whether a pass would help at all.
 * The one rule kept here: a code nobody knows is shown in the tenant's own words, never explained away.
 */
import type { CallerFacts, Instant } from './facts.ts';

/** One sign-in of the caller, from the tenant's log. */
export interface SignInFact {
  readonly at: Instant;
  /** Microsoft's code; 0 is a success. */
  readonly errorCode: number;
  /** The tenant's own reason, cleaned and cut; empty when there is none. */
  readonly failureReason: string;
  readonly conditionalAccess: 'success' | 'failure' | 'not-applied' | 'unknown';
}

/** The plans of the caller that decide about self-service reset. */
export interface LicenseFacts {
  /** Entra ID P1 or P2, or a plan that contains the reset (Business Premium and others). */
  readonly selfServiceReset: boolean;
  /** Names of the plans found, as Microsoft writes them, at most five. */
  readonly plans: readonly string[];
}

/** What keeps the caller out. Closed list. */
export type LockoutReason =
  | 'smart-lockout'
  | 'blocked-address'
  | 'wrong-password'
  | 'password-expired'
  | 'password-missing'
  | 'password-change-due'
  | 'account-disabled'
  | 'mfa-not-passed'
  | 'registration-required'
  | 'mfa-limit'
  | 'conditional-access'
  | 'device-required'
  | 'risk-block'
  | 'registration-place'
  | 'security-defaults'
  | 'on-premises-agent'
  | 'session-ended'
  | 'unknown-code';

/** The diagnosis: one reason, when it was last seen, and whether a pass would help. */
export interface Diagnosis {
  readonly reason: LockoutReason;
  readonly at: Instant;
  readonly errorCode: number;
  /** For `unknown-code`: the tenant's own words. */
  readonly tenantSays: string;
  readonly passHelps: 'yes' | 'no' | 'perhaps';
}

type Meaning = Pick<Diagnosis, 'reason' | 'passHelps'>;

/** A failure further back says nothing about today's call. */
export const TELLING_MS = 7 * 24 * 3_600_000;

const SUCCESS = 0;
const LOCKED = 50053;
const DISABLED = 50057;

/** Interrupts that keep nobody out: the question whether to stay signed in, and the way to reset or registration. */
const NOT_TELLING: ReadonlySet<number> = new Set([SUCCESS, 50125, 50140]);

/** Codes we know, by reason. Source: Microsoft's list of sign-in error codes. It may change without notice. */
const KNOWN: ReadonlyMap<number, Meaning> = new Map(
  (
    [
      ['wrong-password', 'yes', [50126, 50064]],
      ['password-expired', 'yes', [50055]],
      // The password of the on-premises directory: a pass opens the cloud, and no computer.
      ['password-expired', 'perhaps', [50144]],
      ['password-missing', 'perhaps', [50056]],
      // Whether the new password is accepted is for the risk guards to say.
      ['password-change-due', 'perhaps', [50135]],
      ['account-disabled', 'no', [DISABLED]],
      ['mfa-not-passed', 'yes', [50074, 50076, 50078, 500121]],
      ['registration-required', 'yes', [50072, 50079]],
      // It passes by itself; a pass spares the wait where a wait is too long.
      ['mfa-limit', 'perhaps', [50088]],
      ['conditional-access', 'no', [53003, 50158]],
      ['device-required', 'no', [53000, 53001]],
      // With a pass they would get in and could not register anything.
      ['risk-block', 'no', [53004, 53011]],
      ['registration-place', 'perhaps', [53010]],
      ['security-defaults', 'no', [530035]],
      ['session-ended', 'no', [50132, 50133, 50173]],
      // A wrong name or app: Microsoft says it better than any sentence of ours.
      ['unknown-code', 'no', [50034, 700011, 700016]],
    ] satisfies readonly [LockoutReason, Meaning['passHelps'], readonly number[]][]
  ).flatMap(([reason, passHelps, codes]) => codes.map((code) => [code, { reason, passHelps }] as const)),
);

/** Pass-through agents and the on-premises store behind them. */
const AGENT_CODES = { from: 80001, to: 80014 } as const;

/**
 * Why the caller is locked out: the newest failure that tells something. `null` when there is none, and when a sign-in
 * succeeded after it, because then they are in. Sign-ins may come in any order.
 */
export function diagnose(signIns: readonly SignInFact[], facts: CallerFacts, now: Instant): Diagnosis | null {
  const { account } = facts;
  // What the directory says now is newer than any log: nobody signs in to a disabled account, and one that was
  // enabled again is no longer kept out by it.
  if (account.kind === 'read' && !account.value.enabled) {
    return { reason: 'account-disabled', at: facts.readAt, errorCode: DISABLED, tenantSays: '', passHelps: 'no' };
  }
  const tells = ({ errorCode, at }: SignInFact): boolean =>
    !NOT_TELLING.has(errorCode) && !(account.kind === 'read' && errorCode === DISABLED) && now - at <= TELLING_MS;
  const failure = [...signIns].sort((a, b) => b.at - a.at).find(tells);
  if (failure === undefined) return null;
  if (signIns.some((one) => one.errorCode === SUCCESS && one.at > failure.at)) return null;
  const meaning = meaningOf(failure);
  const tenantSays = meaning.reason === 'unknown-code' ? failure.failureReason : '';
  return { ...meaning, at: failure.at, errorCode: failure.errorCode, tenantSays };
}

function meaningOf({ errorCode, failureReason, conditionalAccess }: SignInFact): Meaning {
  if (errorCode === LOCKED) return lockedBy(failureReason);
  const known = KNOWN.get(errorCode);
  if (known !== undefined) return known;
  if (errorCode >= AGENT_CODES.from && errorCode <= AGENT_CODES.to) {
    return { reason: 'on-premises-agent', passHelps: 'no' };
  }
  // A rule of the tenant that said no to a password says no to a pass as well.
  return { reason: 'unknown-code', passHelps: conditionalAccess === 'failure' ? 'no' : 'perhaps' };
}

/**
 * Microsoft uses one code for too many wrong passwords and for an address it distrusts; only the text tells them apart.
 * Whether smart lockout also holds back a pass is documented nowhere.
 */
function lockedBy(failureReason: string): Meaning {
  return /malicious|\bip[ -]?address/iu.test(failureReason)
    ? { reason: 'blocked-address', passHelps: 'no' }
    : { reason: 'smart-lockout', passHelps: 'perhaps' };
}
