/**
 * Why the caller is locked out, as far as the tenant's sign-in log tells, and whether a pass would help at all.
 * The one rule kept here: a code nobody knows is shown in the tenant's own words, never explained away.
 */
import type { Instant } from './facts.ts';

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
export interface LicenceFacts {
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
