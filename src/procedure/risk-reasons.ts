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

/** Risk reasons for which the policy says whether they take a second person (`secondPersonFor`). */
export type ChosenReason =
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

/** Closed list of risk reasons. */
export type RiskReason =
  | ChosenReason
  /** The caller belongs to a group of the helpdesk, or owns one. */
  | 'helpdesk-account'
  /** Somebody said no to a pass for this caller lately. */
  | 'earlier-no'
  /** The tenant has no license or no permission to read the risk, or the roles that the caller can activate. */
  | 'risk-unknown'
  | 'eligibility-unknown'
  /** A second person was asked earlier in this case, for a reason that does not apply any more. */
  | 'asked-before';
