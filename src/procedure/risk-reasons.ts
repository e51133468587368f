/**
 * Why a second person has to decide: the codes alone, for the case that records them.
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
