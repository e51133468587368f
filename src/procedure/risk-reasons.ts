/**
 * The reasons why a second person has to decide, as codes. They are a file of their own because a case records them.
 */

/** Closed list of risk reasons. */
export type RiskReason =
  | 'proof-not-by-callback'
  /** Others have the number that was called, too: whoever answered may be any of them. */
  | 'shared-number'
  | 'third-contact-in-a-day'
  | 'medium-risk'
  | 'vip'
  | 'close-to-technician'
  | 'elevated-mode'
  | 'spike-mode'
  | 'out-of-hours';
