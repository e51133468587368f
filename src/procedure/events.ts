/**
 * What can happen to a case. Events are things that happened, in the words of the helpdesk;
 * whether they move the case is for the table in lockout.ts to say.
 * The one rule kept here: an event carries who did it and typed choices, never free text that could move a case.
 */
import type { AbandonReason, CallbackOutcome, IssuedPass, SelfServiceProgress } from './case.ts';
import type { CallerFacts, PersonId, RegisteredMethod } from './facts.ts';

/** The event that creates a case: the caller picture was read. */
export interface SnapshotRead {
  readonly kind: 'snapshot-read';
  readonly by: PersonId;
  readonly facts: CallerFacts;
}

/** Everything that can happen to an open case. */
export type CaseEvent =
  /** Somebody asked, in whatever words, to set the password by hand. */
  | { readonly kind: 'manual-reset-asked'; readonly by: PersonId }
  /** The technician had the picture read again. */
  | { readonly kind: 'snapshot-read-again'; readonly by: PersonId; readonly facts: CallerFacts }
  /** The technician ticked what the caller really has at hand; empty = nothing. */
  | { readonly kind: 'methods-ticked'; readonly by: PersonId; readonly atHand: readonly string[] }
  /** The tenant's audit log told how far the caller is at Microsoft's reset page. */
  | { readonly kind: 'self-service-progressed'; readonly progress: SelfServiceProgress }
  /** The technician goes back to the question which methods are at hand. */
  | { readonly kind: 'went-back'; readonly by: PersonId }
  | { readonly kind: 'callback-chosen'; readonly by: PersonId; readonly numberRef: string }
  | { readonly kind: 'callback-recorded'; readonly by: PersonId; readonly outcome: CallbackOutcome }
  | { readonly kind: 'seen-in-person'; readonly by: PersonId; readonly place: string }
  | { readonly kind: 'manager-asked'; readonly by: PersonId }
  /** `by` is whoever pressed the manager's card. */
  | { readonly kind: 'manager-answered'; readonly by: PersonId; readonly speakingNow: boolean }
  /** `by` is whoever pressed; that they are an approver now was checked outside. */
  | {
      readonly kind: 'approval-decided';
      readonly by: PersonId;
      readonly approved: boolean;
      /** What the approver's card showed. */
      readonly subject: string;
      readonly reasonGiven: boolean;
    }
  /** The technician pressed *Issue*. `facts` were read for this click; `orderId` names the intent. */
  | { readonly kind: 'issue-pressed'; readonly by: PersonId; readonly facts: CallerFacts; readonly orderId: string }
  | { readonly kind: 'pass-created'; readonly orderId: string; readonly pass: IssuedPass }
  /** Graph refused for certain: no pass exists. */
  | { readonly kind: 'pass-refused'; readonly orderId: string }
  /** Graph may or may not have created it: no answer, or the process died. */
  | { readonly kind: 'pass-unanswered'; readonly orderId: string }
  /** A look at the caller's methods found a pass created since the order. */
  | { readonly kind: 'pass-found'; readonly pass: IssuedPass }
  | { readonly kind: 'no-pass-found' }
  /** The registered methods were read after the pass was issued. */
  | { readonly kind: 'methods-seen'; readonly methods: readonly RegisteredMethod[] }
  | { readonly kind: 'withdraw-pressed'; readonly by: PersonId }
  /** Graph says the pass is gone. */
  | { readonly kind: 'pass-deleted' }
  /** "This was not me", pressed by the caller or the manager. */
  | { readonly kind: 'caller-objected'; readonly by: PersonId }
  | {
      readonly kind: 'escalated';
      readonly by: PersonId;
      readonly because: 'no-proof-possible' | 'self-service-keeps-failing' | 'technician-unsure';
    }
  | { readonly kind: 'abandoned'; readonly by: PersonId; readonly because: AbandonReason }
  /** The technician says the caller is in; allowed only where the facts agree. */
  | { readonly kind: 'done-pressed'; readonly by: PersonId }
  /** Time went by; expiry and deadlines are looked at. */
  | { readonly kind: 'time-passed' };

/** The name of an event. */
export type EventName = CaseEvent['kind'];
