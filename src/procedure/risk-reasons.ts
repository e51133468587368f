/**
 * The reasons why a second person has to decide, and which second persons there are, as codes. They are a file of their own
 * because a case records them.
 */

/** As what somebody agrees to a pass. A lead who holds both roles counts as a lead where one is needed. */
export type SecondPersonRole = 'approver' | 'lead';

/**
 * Which second persons have to agree. `lead-and-another`: two different people, one of them a lead, the other a lead or an
 * approver.
 */
export type SecondPersons = 'approver' | 'lead' | 'lead-and-another';

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
