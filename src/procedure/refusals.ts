/**
 * Every way the procedure says no. The wording lives in the cards; here are only the reasons.
 * The one rule kept here: a refusal is a stable code, so the ledger of 2026 can still be read in 2030.
 */

/** Closed list of refusals of `step()`. */
export type RefusalCode =
  /** Somebody asked to set a password by hand. Refused in every state. */
  | 'manual-reset-never'
  /** The table has no such row: this cannot be done where the case stands. */
  | 'not-in-this-state'
  /** Only the technician who opened the case may work it. */
  | 'not-your-case'
  /** A guard stands in the way; the case is escalated. */
  | 'stopped'
  | 'unknown-method'
  | 'number-not-usable'
  | 'no-usable-number'
  | 'place-not-on-the-list'
  | 'no-manager-on-record'
  | 'manager-is-the-technician'
  | 'not-the-manager'
  | 'callback-is-stale'
  | 'proof-is-stale'
  | 'approver-is-the-requester'
  | 'approver-is-the-caller'
  /** The manager who vouched is the first person; the second must be somebody else. */
  | 'approver-has-vouched'
  | 'approval-has-expired'
  | 'approval-is-void'
  | 'reason-missing'
  | 'not-the-owner'
  /** Neither enough methods nor a reset seen: the case is not resolved. */
  | 'not-resolved-yet'
  | 'pass-order-mismatch';
