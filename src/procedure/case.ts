/**
 * The nouns of the procedure: a case, where it stands, and what has been proven.
 * The one rule kept here: a case holds ids, times and codes. No name, no full number, and no pass.
 */
import type { CallerFacts, Instant, PersonId, RegisteredMethod } from './facts.ts';
import type { RefusalCode } from './refusals.ts';
import type { RiskReason } from './risk-reasons.ts';
import type { Stop } from './stops.ts';

/** The number people say: "case 12". Positive, given by the ledger, never reused. */
export type CaseId = number & { readonly __caseId: true };

/** The pass as the procedure knows it: everything but the code. */
export interface IssuedPass {
  /** Graph's id of the method, enough to delete it. */
  readonly passId: string;
  readonly usableFrom: Instant;
  readonly usableUntil: Instant;
  readonly oneTime: boolean;
}

/** Why we believe the caller is who they say. Bound to one case, one technician, one caller. */
export type Proof =
  | { readonly kind: 'callback'; readonly numberRef: string; readonly at: Instant }
  | { readonly kind: 'in-person'; readonly place: string; readonly at: Instant }
  | { readonly kind: 'manager'; readonly manager: PersonId; readonly at: Instant };

/** A second person's yes. `subject` is what they saw; a different subject voids the approval. */
export interface Approval {
  readonly by: PersonId;
  readonly at: Instant;
  readonly subject: string;
}

/** What shall be issued, decided before Graph is asked. */
export interface PassOrder {
  /** Names the intent in the ledger; one order, one POST. */
  readonly orderId: string;
  readonly lifetimeMinutes: number;
  readonly oneTime: boolean;
  readonly orderedAt: Instant;
}

/** Why a case closed. */
export type Closing =
  | { readonly outcome: 'resolved'; readonly because: 'self-service-succeeded' | 'methods-registered' }
  | { readonly outcome: 'escalated'; readonly because: EscalationReason; readonly stops: readonly Stop[] }
  | { readonly outcome: 'abandoned'; readonly because: AbandonReason }
  | { readonly outcome: 'expired'; readonly because: 'nobody-acted' | 'pass-expired' };

/** Closed list: why a case goes to somebody else. */
export type EscalationReason =
  | 'stopped'
  | 'someone-else-answered'
  | 'caller-objected'
  | 'approval-denied'
  | 'no-proof-possible'
  | 'self-service-keeps-failing'
  | 'technician-unsure';

/** Closed list: why a case ends without help given. */
export type AbandonReason = 'caller-hung-up' | 'caller-found-another-way' | 'opened-by-mistake';

/** Progress of the caller at Microsoft's reset page, as far as the tenant's audit log tells it. */
export interface SelfServiceProgress {
  readonly step: 'link-sent' | 'id-entered' | 'verifying' | 'failed' | 'blocked' | 'succeeded';
  /** The tenant's own words, cleaned; `null` where the step says it all. */
  readonly reason: string | null;
  readonly at: Instant;
}

/** Where a case stands. One template in adaptive-cards/ bears each name. */
export type CaseState =
  | { readonly kind: 'asking-methods'; readonly selfServiceFailure: SelfServiceProgress | null }
  | {
      readonly kind: 'awaiting-self-service';
      readonly since: Instant;
      readonly progress: SelfServiceProgress;
      /** Set when the caller got here with a pass: it is deleted when the reset succeeded. */
      readonly pass: IssuedPass | null;
    }
  | { readonly kind: 'choosing-proof'; readonly lastAttempt: LastAttempt | null }
  | { readonly kind: 'awaiting-callback'; readonly numberRef: string; readonly since: Instant }
  | { readonly kind: 'awaiting-manager'; readonly manager: PersonId; readonly since: Instant }
  | {
      readonly kind: 'awaiting-approval';
      readonly proof: Proof;
      readonly reasons: readonly RiskReason[];
      readonly subject: string;
      readonly since: Instant;
    }
  | { readonly kind: 'ready-to-issue'; readonly proof: Proof; readonly approval: Approval | null }
  | {
      readonly kind: 'issuing';
      readonly proof: Proof;
      readonly approval: Approval | null;
      readonly order: PassOrder;
      /** "This was not me" arrived while Graph was being asked: the pass is deleted unseen. */
      readonly objected: boolean;
    }
  | {
      readonly kind: 'uncertain-pass';
      readonly order: PassOrder;
      /** Where the case goes once we know that no unknown pass is alive. */
      readonly then: Closing | 'choosing-proof';
      /** First look that found nothing; a second one, a minute later, settles it. */
      readonly firstNotFoundAt: Instant | null;
    }
  | {
      readonly kind: 'awaiting-backup-method';
      readonly pass: IssuedPass;
      readonly since: Instant;
      /** Methods registered before the pass, to tell a new one from an old one. */
      readonly methodsBefore: readonly string[];
      readonly newMethods: readonly RegisteredMethod[];
    }
  | {
      readonly kind: 'withdrawing-pass';
      readonly pass: IssuedPass;
      readonly since: Instant;
      readonly then: Closing | 'choosing-proof';
    }
  | { readonly kind: 'closed'; readonly at: Instant; readonly closing: Closing };

/** Why the technician is at the choice of a proof again. */
export type LastAttempt =
  | Exclude<CallbackOutcome, 'answered-by-caller' | 'answered-by-someone-else'>
  | 'manager-declined'
  | 'manager-silent'
  | 'approval-expired'
  | 'proof-expired'
  | 'number-changed'
  | 'manager-changed'
  | 'pass-withdrawn'
  | 'pass-unconfirmed';

/** The name of a state. */
export type StateName = CaseState['kind'];

/** What the technician can report about a call to the number on record. */
export type CallbackOutcome =
  'answered-by-caller' | 'answered-by-someone-else' | 'voicemail' | 'nobody' | 'wrong-number';

/** One lockout, one caller, one technician. */
export interface Case {
  readonly id: CaseId;
  readonly technician: PersonId;
  readonly caller: PersonId;
  readonly openedAt: Instant;
  /** The last time a person or the tenant moved it; an idle case expires. */
  readonly movedAt: Instant;
  readonly facts: CallerFacts;
  /** Refs of the methods the technician last ticked as being at hand. */
  readonly atHand: readonly string[];
  readonly state: CaseState;
}

/** Why a step was not taken. A value, never an exception. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The guards that stood in the way, when the code is `stopped`. */
  readonly stops: readonly Stop[];
}
