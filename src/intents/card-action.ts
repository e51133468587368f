/**
 * What a person can mean by a button: a closed list, with the fields each button may carry.
 * The one rule kept here: a press names a case, a version and a choice; never a decision, a role or a lifetime.
 */
import type { AbandonReason, CallbackOutcome, CaseId, EscalationReason } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';

/** The case a button belongs to, and how the case stood when the card was drawn. The client's word: check both. */
export interface OnCase {
  readonly caseId: CaseId;
  readonly version: number;
}

/** Buttons that need no more than the case they stand on. */
export type PlainVerb =
  'go-back' | 'ask-manager' | 'issue-pass' | 'pass-read-out' | 'withdraw-pass' | 'not-me' | 'done' | 'read-again';

/** Reasons a technician may give for handing a case on; the others are given by the procedure itself. */
export type EscalateBecause = Extract<
  EscalationReason,
  'no-proof-possible' | 'self-service-keeps-failing' | 'technician-unsure'
>;

/** A button that was pressed, read and typed. Who pressed it is not in here: that is the channel's word. */
export type CardAction =
  | { readonly kind: 'open-lockout'; readonly query: string }
  | { readonly kind: 'pick-caller'; readonly caller: PersonId }
  | { readonly kind: 'show-case'; readonly caseId: CaseId }
  | { readonly [V in PlainVerb]: { readonly kind: V } & OnCase }[PlainVerb]
  /** Empty: nothing is at hand. */
  | ({ readonly kind: 'tick-methods'; readonly atHand: readonly string[] } & OnCase)
  /** Empty `numberRef`: no number was chosen. */
  | ({ readonly kind: 'choose-callback'; readonly numberRef: string } & OnCase)
  | ({ readonly kind: 'record-callback'; readonly outcome: CallbackOutcome } & OnCase)
  /** Empty `place`: none was chosen. */
  | ({ readonly kind: 'seen-in-person'; readonly place: string } & OnCase)
  | ({ readonly kind: 'manager-answer'; readonly speakingNow: boolean } & OnCase)
  /** Empty `reason`: none was given. `subject` is what the approver's card showed. */
  | ({
      readonly kind: 'decide-approval';
      readonly approved: boolean;
      readonly reason: string;
      readonly subject: string;
    } & OnCase)
  | ({ readonly kind: 'escalate'; readonly because: EscalateBecause } & OnCase)
  | ({ readonly kind: 'abandon'; readonly because: AbandonReason } & OnCase);

/** The verb of a button. */
export type Verb = CardAction['kind'];

/** Data that no card of ours could have sent. `reason` names our own fields only and may be logged as it is. */
export interface Forged {
  readonly kind: 'forged';
  readonly reason: string;
}
