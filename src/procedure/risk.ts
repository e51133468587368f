/**
 * Reasons why one person is not enough. Each is a small named function; which of them call for a second person is policy.
 */

/** Closed list of risk reasons. */
export type RiskReason =
  | 'proof-not-by-callback'
  | 'third-contact-in-a-day'
  | 'medium-risk'
  | 'vip'
  | 'elevated-mode'
  | 'spike-mode'
  | 'out-of-hours';
