/**
 * What can happen to a case. An event says what happened and who caused it; the table in lockout.ts decides what follows.
 * Events carry choices from closed lists, and never free text that could move a case.
 */
import type { AbandonReason, CallbackOutcome, IssuedPass, SelfServiceProgress } from './case.ts';
import type { CallerFacts, PersonId, RegisteredMethod } from './facts.ts';

/** The event that creates a case: the facts about the caller were read. */
export interface SnapshotRead {
  readonly kind: 'snapshot-read';
  readonly by: PersonId;
  readonly facts: CallerFacts;
}

/** Everything that can happen to a case. */
export type CaseEvent =
  /** Somebody asked, in whatever words, for a password to be set by hand. */
  | { readonly kind: 'manual-reset-asked'; readonly by: PersonId }
  /** The technician had the facts about the caller read again. */
  | { readonly kind: 'snapshot-read-again'; readonly by: PersonId; readonly facts: CallerFacts }
  /** The technician ticked the methods that the caller has at hand; empty when there are none. */
  | { readonly kind: 'methods-ticked'; readonly by: PersonId; readonly atHand: readonly string[] }
  /** The tenant's audit log shows how far the caller has come on Microsoft's reset page. */
  | { readonly kind: 'self-service-progressed'; readonly progress: SelfServiceProgress }
  /** The technician goes back: to another proof, or to the question which methods are at hand. */
  | { readonly kind: 'went-back'; readonly by: PersonId }
  | { readonly kind: 'callback-chosen'; readonly by: PersonId; readonly numberRef: string }
  | { readonly kind: 'callback-recorded'; readonly by: PersonId; readonly outcome: CallbackOutcome }
  | { readonly kind: 'seen-in-person'; readonly by: PersonId; readonly place: string }
  | { readonly kind: 'manager-asked'; readonly by: PersonId }
  /** `by` is whoever pressed the button on the manager's card. */
  | { readonly kind: 'manager-answered'; readonly by: PersonId; readonly speakingNow: boolean }
  /** `by` is whoever pressed the button. That they are an approver was checked before (turns/access.ts). */
  | {
      readonly kind: 'approval-decided';
      readonly by: PersonId;
      readonly approved: boolean;
      /** What the approver's card showed. */
      readonly subject: string;
      readonly reasonGiven: boolean;
    }
  /** The technician pressed *Issue*. `facts` were read for this click; `orderId` identifies the intent in the ledger. */
  | { readonly kind: 'issue-pressed'; readonly by: PersonId; readonly facts: CallerFacts; readonly orderId: string }
  | { readonly kind: 'pass-created'; readonly orderId: string; readonly pass: IssuedPass }
  /** Graph refused, so certainly no pass exists. */
  | { readonly kind: 'pass-refused'; readonly orderId: string }
  /** Graph may have created the pass: it did not answer, or the process died. */
  | { readonly kind: 'pass-unanswered'; readonly orderId: string }
  /** The caller's methods contain a pass that was created since the order. */
  | { readonly kind: 'pass-found'; readonly pass: IssuedPass }
  | { readonly kind: 'no-pass-found' }
  /** The registered methods were read after the pass was issued. */
  | { readonly kind: 'methods-seen'; readonly methods: readonly RegisteredMethod[] }
  | { readonly kind: 'withdraw-pressed'; readonly by: PersonId }
  /** Graph says the pass is gone. */
  | { readonly kind: 'pass-deleted' }
  /** The caller or their manager pressed "This was not me". */
  | { readonly kind: 'caller-objected'; readonly by: PersonId }
  | {
      readonly kind: 'escalated';
      readonly by: PersonId;
      readonly because: 'no-proof-possible' | 'self-service-keeps-failing' | 'technician-unsure';
    }
  | { readonly kind: 'abandoned'; readonly by: PersonId; readonly because: AbandonReason }
  /** The technician says that the caller is back in. Accepted only when the facts agree. */
  | { readonly kind: 'done-pressed'; readonly by: PersonId }
  /** Time has passed: deadlines and expiry are checked. */
  | { readonly kind: 'time-passed' };

/** The name of an event. */
export type EventName = CaseEvent['kind'];
