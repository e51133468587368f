/**
 * The messages of Microsoft's pages when a reset does not work, what each one means, and how to fix it.
 * No fix lets anybody set a password or add a method for the caller. Where Microsoft's page says "ask your admin to reset it", the
 * decoder leads to a pass or to the right team instead.
 */

/**
 * Closed list of the errors that a caller or an administrator can read out. The numbers are from Microsoft's troubleshooting page
 * for self-service password reset, which has none between 15 and 28. The others stand for groups of similar texts.
 */
export const PORTAL_ERROR_CODES = [
  'SSPR_0009',
  'SSPR_0010',
  'SSPR_0011',
  'SSPR_0012',
  'SSPR_0013',
  'SSPR_0014',
  'SSPR_0029',
  'SSPR_0030',
  /** An SSPR number that Microsoft does not document. */
  'SSPR_unknown',
  'not-enabled',
  'contact-your-administrator',
  'cannot-reset-own-password',
  'not-registered',
  'no-recovery-methods',
  'too-many-attempts',
  'password-banned',
  'writeback-needed',
  'license-missing',
  'menu-not-found',
  'admin-gets-no-notices',
  'user-gets-no-notice',
  'asked-to-confirm-info',
  'no-helpdesk-link',
  'still-locked',
  'old-password-on-computer',
  'add-method-for-caller',
] as const;

/** One of these errors. */
export type PortalErrorCode = (typeof PORTAL_ERROR_CODES)[number];

/** Closed list: the cause of an error. */
export type PortalErrorCause =
  | 'reset-off-for-all'
  | 'reset-off-for-caller'
  | 'no-reset-policy'
  | 'license-missing'
  | 'methods-missing'
  | 'off-or-not-registered'
  | 'writeback-off'
  | 'writeback-misconfigured'
  | 'writeback-unreachable'
  | 'throttled'
  | 'password-on-banned-list'
  | 'administrator-lacks-role-or-license'
  | 'notices-switched-off'
  | 'confirmation-due'
  | 'helpdesk-link-not-set'
  | 'locked-but-password-known'
  | 'computer-has-not-heard'
  | 'method-must-be-the-callers-own'
  | 'not-documented';

/** Closed list: how the cause is fixed, and by whom. */
export type PortalErrorFix =
  | 'identity-team-switches-reset-on'
  | 'identity-team-adds-caller-to-group'
  | 'identity-team-assigns-license'
  | 'pass-then-register'
  | 'look-at-readiness'
  | 'sync-team-switches-writeback-on'
  | 'sync-team-checks-permissions'
  | 'sync-team-checks-connection'
  | 'wait-a-day'
  | 'choose-another-password'
  | 'check-role-license-and-menu-place'
  | 'identity-team-switches-notices-on'
  | 'caller-confirms-info'
  | 'identity-team-sets-helpdesk-link'
  | 'unlock-without-reset'
  | 'connect-to-office-network'
  | 'read-out-the-whole-text';

/** What the technician can do next: one button. */
export type NextStep =
  'self-service' | 'pass' | 'escalate-identity-team' | 'escalate-sync-team' | 'wait' | 'try-again' | 'readiness';

/** One row of the decoder. */
export interface PortalError {
  readonly cause: PortalErrorCause;
  readonly fix: PortalErrorFix;
  readonly next: NextStep;
}

/**
 * The decoder. `fix` solves the problem for good, `next` helps the caller now: when self-service is switched off for them, a pass
 * lets them in today, and the identity team can switch it on later.
 */
const ERRORS: Readonly<Record<PortalErrorCode, PortalError>> = {
  SSPR_0009: { cause: 'reset-off-for-all', fix: 'identity-team-switches-reset-on', next: 'pass' },
  SSPR_0010: { cause: 'writeback-off', fix: 'sync-team-switches-writeback-on', next: 'pass' },
  SSPR_0011: { cause: 'no-reset-policy', fix: 'identity-team-switches-reset-on', next: 'pass' },
  SSPR_0012: { cause: 'license-missing', fix: 'identity-team-assigns-license', next: 'pass' },
  SSPR_0013: { cause: 'reset-off-for-caller', fix: 'identity-team-adds-caller-to-group', next: 'pass' },
  SSPR_0014: { cause: 'methods-missing', fix: 'pass-then-register', next: 'pass' },
  SSPR_0029: { cause: 'writeback-misconfigured', fix: 'sync-team-checks-permissions', next: 'escalate-sync-team' },
  SSPR_0030: { cause: 'writeback-unreachable', fix: 'sync-team-checks-connection', next: 'escalate-sync-team' },
  SSPR_unknown: { cause: 'not-documented', fix: 'read-out-the-whole-text', next: 'readiness' },
  'not-enabled': { cause: 'reset-off-for-caller', fix: 'identity-team-adds-caller-to-group', next: 'pass' },
  'contact-your-administrator': { cause: 'methods-missing', fix: 'pass-then-register', next: 'pass' },
  'cannot-reset-own-password': { cause: 'off-or-not-registered', fix: 'look-at-readiness', next: 'readiness' },
  'not-registered': { cause: 'methods-missing', fix: 'pass-then-register', next: 'pass' },
  'no-recovery-methods': { cause: 'methods-missing', fix: 'pass-then-register', next: 'pass' },
  'too-many-attempts': { cause: 'throttled', fix: 'wait-a-day', next: 'wait' },
  'password-banned': { cause: 'password-on-banned-list', fix: 'choose-another-password', next: 'try-again' },
  'writeback-needed': { cause: 'writeback-off', fix: 'sync-team-switches-writeback-on', next: 'pass' },
  'license-missing': { cause: 'license-missing', fix: 'identity-team-assigns-license', next: 'pass' },
  'menu-not-found': {
    cause: 'administrator-lacks-role-or-license',
    fix: 'check-role-license-and-menu-place',
    next: 'escalate-identity-team',
  },
  'admin-gets-no-notices': {
    cause: 'notices-switched-off',
    fix: 'identity-team-switches-notices-on',
    next: 'escalate-identity-team',
  },
  'user-gets-no-notice': {
    cause: 'notices-switched-off',
    fix: 'identity-team-switches-notices-on',
    next: 'escalate-identity-team',
  },
  'asked-to-confirm-info': { cause: 'confirmation-due', fix: 'caller-confirms-info', next: 'self-service' },
  'no-helpdesk-link': {
    cause: 'helpdesk-link-not-set',
    fix: 'identity-team-sets-helpdesk-link',
    next: 'escalate-identity-team',
  },
  'still-locked': { cause: 'locked-but-password-known', fix: 'unlock-without-reset', next: 'self-service' },
  'old-password-on-computer': {
    cause: 'computer-has-not-heard',
    fix: 'connect-to-office-network',
    next: 'try-again',
  },
  'add-method-for-caller': { cause: 'method-must-be-the-callers-own', fix: 'pass-then-register', next: 'pass' },
};

/** What an error means and what to do. Sources: Microsoft's troubleshooting page and the error tables of the guides. */
export function explain(error: PortalErrorCode): PortalError {
  return ERRORS[error];
}
