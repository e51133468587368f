/**
 * The reasons why a second person has to decide, as codes. They are a file of their own because a case records them.
 */

/** Closed list of risk reasons. */
export type RiskReason =
  | 'proof-not-by-callback'
  | 'third-contact-in-a-day'
  | 'medium-risk'
  | 'vip'
  | 'close-to-technician'
  | 'elevated-mode'
  | 'spike-mode'
  | 'out-of-hours';
