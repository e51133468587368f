/**
 * What can happen to a case. An event says what happened and who caused it; the table in lockout.ts decides what follows.
 * Events carry choices from closed lists, and never free text that could move a case.
 */
import type { PlainEvent } from './actions.ts';
import type { IssuedPass, SelfServiceProgress } from './case.ts';
import type { CallerFacts, PersonId, Reading, RegisteredMethod } from './facts.ts';
import type { SecondPersonRole } from './risk-reasons.ts';

/** The event that creates a case: the facts about the caller were read. */
export interface SnapshotRead {
  readonly kind: 'snapshot-read';
  readonly by: PersonId;
  readonly facts: CallerFacts;
}

/** Everything that can happen to a case. */
export type CaseEvent =
  /** A button was pressed whose event needs nothing but its own fields. The row in actions.ts names the event and the fields. */
  | PlainEvent
  /** The technician chose a number, from those that the card showed. */
  | { readonly kind: 'callback-chosen'; readonly by: PersonId; readonly numberRef: string }
  /** The technician wants the manager to be asked. `facts` were read for this click. */
  | { readonly kind: 'manager-asked'; readonly by: PersonId; readonly facts: CallerFacts }
  /** The manager answered. `question` is what their card asked, and `facts` were read for this answer. */
  | {
      readonly kind: 'manager-answered';
      readonly by: PersonId;
      readonly speakingNow: boolean;
      readonly question: string;
      readonly facts: CallerFacts;
    }
  /** "This was not me". `managerNow`: who the caller's manager is now; unread where nobody had to ask, or it could not be read. */
  | { readonly kind: 'caller-objected'; readonly by: PersonId; readonly managerNow: Reading<PersonId | null> }
  /** Somebody asked, in whatever words, for a password to be set by hand. */
  | { readonly kind: 'manual-reset-asked'; readonly by: PersonId }
  /** The facts about the caller were read again: the technician asked for it, or the bot tried again by itself. */
  | { readonly kind: 'snapshot-read-again'; readonly by: PersonId | 'hardline'; readonly facts: CallerFacts }
  /** The tenant's audit log shows how far the caller has come on Microsoft's reset page. */
  | { readonly kind: 'self-service-progressed'; readonly progress: SelfServiceProgress }
  /** `by` is whoever pressed the button, and `roles` what they are now, read for this press (turns/access.ts). */
  | {
      readonly kind: 'approval-decided';
      readonly by: PersonId;
      readonly roles: readonly SecondPersonRole[];
      readonly approved: boolean;
      /** What the approver's card showed. */
      readonly subject: string;
      readonly reasonGiven: boolean;
    }
  /**
   * The technician pressed *Issue*. `facts` were read for this click; `orderId` identifies the intent in the ledger.
   * `timeLeft`: whether enough of the turn is left to wait for Graph's answer to the order. When there is too little, Teams would
   * give up before the pass can be shown, so no order is placed. `stillMay`: those of the case's approvals whose givers still hold
   * the role that they gave them in, with an account that works, read for this click.
   */
  | {
      readonly kind: 'issue-pressed';
      readonly by: PersonId;
      readonly facts: CallerFacts;
      readonly stillMay: Reading<readonly PersonId[]>;
      readonly orderId: string;
      readonly timeLeft: 'enough' | 'too-little';
    }
  | { readonly kind: 'pass-created'; readonly orderId: string; readonly pass: IssuedPass }
  /** Graph created the pass, but nobody waits for the answer any more, or it was lost on its way: nobody has seen the pass. */
  | { readonly kind: 'pass-unseen'; readonly orderId: string; readonly pass: IssuedPass }
  /** Graph refused, so certainly no pass exists. */
  | { readonly kind: 'pass-refused'; readonly orderId: string }
  /** Graph may have created the pass: it did not answer, or the process died. */
  | { readonly kind: 'pass-unanswered'; readonly orderId: string }
  /** The caller's methods contain a pass that was created since the order. */
  | { readonly kind: 'pass-found'; readonly pass: IssuedPass }
  | { readonly kind: 'no-pass-found' }
  /** The registered methods were read after the pass was issued. */
  | { readonly kind: 'methods-seen'; readonly methods: readonly RegisteredMethod[] }
  /** Graph confirmed that the pass no longer exists. */
  | { readonly kind: 'pass-deleted' }
  /** Time has passed: deadlines and expiry are checked. */
  | { readonly kind: 'time-passed' };

/** The name of an event. */
export type EventName = CaseEvent['kind'];
