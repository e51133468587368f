/**
 * Why the caller is locked out, as far as the tenant's sign-in log shows, and whether a pass would help.
 * The meaning of an unknown code is never guessed: the card shows the reason that the log itself gives.
 */
import type { CallerFacts, Instant } from './facts.ts';

/** One sign-in of the caller, from the tenant's log. */
export interface SignInFact {
  readonly at: Instant;
  /** Microsoft's code; 0 is a success. */
  readonly errorCode: number;
  /** The reason that the log gives, cleaned and cut; empty when there is none. */
  readonly failureReason: string;
  readonly conditionalAccess: 'success' | 'failure' | 'not-applied' | 'unknown';
}

/** The caller's license plans, as far as they matter for self-service reset. */
export interface LicenseFacts {
  /** They have Entra ID P1 or P2, or a plan that includes self-service reset (Business Premium and others). */
  readonly selfServiceReset: boolean;
  /** Names of the plans found, as Microsoft writes them, at most five. */
  readonly plans: readonly string[];
}

/** Closed list: why the caller cannot sign in. */
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

/** The diagnosis: the reason, when it was last seen, and whether a pass would help. */
export interface Diagnosis {
  readonly reason: LockoutReason;
  readonly at: Instant;
  readonly errorCode: number;
  /** For `unknown-code`: the reason that the log gives. */
  readonly tenantSays: string;
  readonly passHelps: 'yes' | 'no' | 'perhaps';
}

type Meaning = Pick<Diagnosis, 'reason' | 'passHelps'>;

/** A failed sign-in older than this says nothing about today's call. Milliseconds. */
export const TELLING_MS = 7 * 24 * 3_600_000;

const SUCCESS = 0;
const LOCKED = 50053;
const DISABLED = 50057;

/** Codes that keep nobody out: success, the question whether to stay signed in, and the detour to reset or registration. */
const HARMLESS_CODES: ReadonlySet<number> = new Set([SUCCESS, 50125, 50140]);

/** The known codes, by reason. Source: Microsoft's list of sign-in error codes, which may change without notice. */
const KNOWN: ReadonlyMap<number, Meaning> = new Map(
  (
    [
      ['wrong-password', 'yes', [50126, 50064]],
      ['password-expired', 'yes', [50055]],
      // The password of the on-premises directory expired. A pass works for the cloud, but not for signing in to a computer.
      ['password-expired', 'perhaps', [50144]],
      ['password-missing', 'perhaps', [50056]],
      // The password has to change because of a risk. Whether a pass is possible depends on the stops for risk.
      ['password-change-due', 'perhaps', [50135]],
      ['account-disabled', 'no', [DISABLED]],
      ['mfa-not-passed', 'yes', [50074, 50076, 50078, 500121]],
      ['registration-required', 'yes', [50072, 50079]],
      // This limit ends by itself. A pass helps where the wait would be too long.
      ['mfa-limit', 'perhaps', [50088]],
      ['conditional-access', 'no', [53003, 50158]],
      ['device-required', 'no', [53000, 53001]],
      // With a pass they could sign in, but could not register anything.
      ['risk-block', 'no', [53004, 53011]],
      ['registration-place', 'perhaps', [53010]],
      ['security-defaults', 'no', [530035]],
      ['session-ended', 'no', [50132, 50133, 50173]],
      // A wrong name or a wrong app. Microsoft's own text explains it best.
      ['unknown-code', 'no', [50034, 700011, 700016]],
    ] satisfies readonly [LockoutReason, Meaning['passHelps'], readonly number[]][]
  ).flatMap(([reason, passHelps, codes]) => codes.map((code) => [code, { reason, passHelps }] as const)),
);

/** Errors of the agents for pass-through authentication, and of the on-premises directory behind them. */
const AGENT_CODES = { from: 80001, to: 80014 } as const;

/**
 * Why the caller is locked out, judged by their latest failed sign-in. `null` when no failure explains it, and when a later sign-in
 * succeeded. The sign-ins may come in any order.
 */
export function diagnose(signIns: readonly SignInFact[], facts: CallerFacts, now: Instant): Diagnosis | null {
  const { account } = facts;
  // What the directory says now is newer than the log. Nobody can sign in to an account that is disabled now, and an account
  // that is enabled again is no longer locked out for that reason.
  if (account.kind === 'read' && !account.value.enabled) {
    return { reason: 'account-disabled', at: facts.readAt, errorCode: DISABLED, tenantSays: '', passHelps: 'no' };
  }
  const explainsLockout = ({ errorCode, at }: SignInFact): boolean =>
    !HARMLESS_CODES.has(errorCode) && !(account.kind === 'read' && errorCode === DISABLED) && now - at <= TELLING_MS;
  const failure = [...signIns].sort((a, b) => b.at - a.at).find(explainsLockout);
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
  // Conditional Access blocked the sign-in with a password, so it would block one with a pass as well.
  return { reason: 'unknown-code', passHelps: conditionalAccess === 'failure' ? 'no' : 'perhaps' };
}

/**
 * Microsoft uses one code for too many wrong passwords and for a suspicious IP address; only the text tells them apart.
 * Whether a pass works during smart lockout is documented nowhere.
 */
function lockedBy(failureReason: string): Meaning {
  return /malicious|\bip[ -]?address/iu.test(failureReason)
    ? { reason: 'blocked-address', passHelps: 'no' }
    : { reason: 'smart-lockout', passHelps: 'perhaps' };
}
