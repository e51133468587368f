/**
 * Every reason for which the procedure refuses an event. The sentences that people read are in cards/locales/.
 * The codes are written to the ledger, so they never change their meaning: a ledger of 2026 has to be readable in 2030.
 */

/** Closed list: why a manager may not confirm the caller. The rules are in vouching.ts. */
export type ManagerUnfit =
  | 'no-manager-on-record'
  | 'manager-is-the-technician'
  | 'manager-is-the-caller'
  | 'manager-is-disabled'
  | 'manager-is-a-guest'
  /** Another manager was on record until lately, so this one's word proves nothing. */
  | 'manager-changed-lately'
  /** No change of the manager was seen, but the bot has not watched for long enough. */
  | 'manager-not-known-long-enough';

/** Closed list of the refusals that need no more than their code. */
export type PlainRefusalCode =
  /** Somebody asked for a password to be set by hand. Refused in every state. */
  | 'manual-reset-never'
  /** The table has no row for this event in the state of the case. */
  | 'not-in-this-state'
  /** Only the technician who opened the case may work on it. */
  | 'not-your-case'
  | 'unknown-method'
  | 'number-not-usable'
  | 'no-usable-number'
  | 'place-not-on-the-list'
  /** The manager on record may not confirm the caller (vouching.ts). */
  | ManagerUnfit
  | 'not-the-manager'
  /** The answer is on the card of an earlier question. */
  | 'manager-question-is-over'
  | 'callback-is-stale'
  | 'proof-is-stale'
  | 'approver-is-the-requester'
  | 'approver-is-the-caller'
  /** The manager who vouched cannot approve as well: two different people have to agree. */
  | 'approver-has-vouched'
  /** Nobody counts twice: somebody else has to agree as well. */
  | 'approver-has-approved'
  /** Only a lead's agreement is missing. */
  | 'lead-needed'
  /** An approver's agreement is missing, and whoever pressed is a lead but no approver. */
  | 'approver-needed'
  | 'approval-has-expired'
  | 'approval-is-void'
  | 'reason-missing'
  | 'not-the-owner'
  /** The case was closed more than `objectionDays` ago. */
  | 'objection-is-too-late'
  /** The manager's button is good only while the case is open. */
  | 'objection-after-the-case'
  /** Too few methods are registered, and no reset was seen, so the case is not resolved. */
  | 'not-resolved-yet'
  | 'pass-order-mismatch'
  /** Too little of the turn was left to order a pass and still show it. Nothing was ordered, and the proof still counts. */
  | 'too-slow';

/**
 * Closed list of the refusals of `step()`. `facts-unread`: facts that the step needs could not be read. `callback-too-quick`: nobody
 * can have dialed and talked in so little time. State and proof stay.
 */
export type RefusalCode = PlainRefusalCode | 'facts-unread' | 'callback-too-quick';
