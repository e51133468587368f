/**
 * The data of the procedure: a case, its state, the proof of the caller's identity, the approvals and the pass.
 * A case holds ids, times and codes only: no name, no complete phone number, and never the code of a pass.
 */
import type { CallerFacts, Instant, MissingPart, PersonId, Reading, RegisteredMethod } from './facts.ts';
import type { PlainRefusalCode } from './refusals.ts';
import type { RiskReason, SecondPersonRole, SecondPersons } from './risk-reasons.ts';
import type { Stop } from './stops.ts';

/** The number of a case, as in "case 12". Positive, assigned by the ledger, never reused. */
export type CaseId = number & { readonly __caseId: true };

/** A pass as the procedure knows it: everything except the code. */
export interface IssuedPass {
  /** Graph's id of the method; enough to delete the pass, useless for signing in. */
  readonly passId: string;
  readonly usableFrom: Instant;
  readonly usableUntil: Instant;
  readonly oneTime: boolean;
}

/** How the caller's identity was verified. It counts only in this case, for its technician and its caller. */
export type Proof =
  /** `numberDigest`: keyed digest of the number that was dialed; empty in cases of older versions. */
  | { readonly kind: 'callback'; readonly numberRef: string; readonly numberDigest: string; readonly at: Instant }
  | { readonly kind: 'in-person'; readonly place: string; readonly at: Instant }
  | { readonly kind: 'manager'; readonly manager: PersonId; readonly at: Instant };

/** A second person's approval. `subject` is what they approved; the approval is void as soon as any of it changes. */
export interface Approval {
  readonly by: PersonId;
  readonly as: SecondPersonRole; // from the groups they were in when they pressed
  readonly at: Instant;
  readonly subject: string;
}

/** The pass to create, decided before Graph is asked. */
export interface PassOrder {
  /** Identifies the intent in the ledger. One order is one POST. */
  readonly orderId: string;
  readonly lifetimeMinutes: number;
  readonly oneTime: boolean;
  readonly orderedAt: Instant;
  /**
   * The pass that the caller had when this one was ordered, which does not work any more; `null`: none. Whatever other pass is
   * found afterwards comes from this order, whatever the clocks say.
   */
  readonly passBefore: string | null;
}

/** What a pass was issued on: the proof, and the approvals where any were needed. */
export interface IssuedOn {
  readonly proof: Proof;
  readonly approvals: readonly Approval[];
}

/** Where a case goes when its pass is gone and nobody ever saw it: the proof still counts, so the pass can be issued again. */
export interface IssueAgain extends IssuedOn {
  readonly kind: 'issue-again';
}

/** Where a case goes when its pass expired while the caller resets the password: the reset is followed without the pass. */
export interface FollowReset {
  readonly kind: 'follow-reset';
  readonly since: Instant;
  readonly progress: SelfServiceProgress;
}

/** Where a case goes once its pass is gone. */
export type AfterPass = Closing | 'choosing-proof' | IssueAgain | FollowReset;

/** Why a case closed. */
export type Closing =
  | { readonly outcome: 'resolved'; readonly because: 'self-service-succeeded' | 'methods-registered' }
  /** The password was set at `setAt`. Whether the caller did that themselves, the audit log tells only minutes later. */
  | { readonly outcome: 'resolved'; readonly because: 'password-set'; readonly setAt: Instant }
  | { readonly outcome: 'escalated'; readonly because: EscalationReason; readonly stops: readonly Stop[] }
  | { readonly outcome: 'abandoned'; readonly because: AbandonReason }
  | { readonly outcome: 'expired'; readonly because: 'nobody-acted' | 'pass-expired' };

/** Closed list: why a case was escalated. */
export type EscalationReason =
  | 'stopped'
  | 'someone-else-answered'
  | 'caller-objected'
  | 'approval-denied'
  | 'no-proof-possible'
  | 'self-service-keeps-failing'
  | 'technician-unsure';

/** Closed list: why a case ended without a solution. */
export type AbandonReason = 'caller-hung-up' | 'caller-found-another-way' | 'opened-by-mistake';

/**
 * How far the caller has come on Microsoft's reset page, according to the tenant's audit log. `password-set` comes from the
 * account itself, which shows a new password within seconds; by whom it was set is told by the log, minutes later.
 */
export interface SelfServiceProgress {
  readonly step: 'link-sent' | 'id-entered' | 'verifying' | 'failed' | 'blocked' | 'password-set' | 'succeeded';
  /** The reason as the audit log words it, cleaned; `null` where the step needs none. */
  readonly reason: string | null;
  readonly at: Instant;
}

/** A method as it was before: a phone whose number was replaced keeps its `ref`, and gets another digest. */
export type KnownMethod = Pick<RegisteredMethod, 'ref' | 'digest'>;

/** The passes of a case. Without their codes, like everything that a case holds. */
export interface IssuedPasses {
  /** Graph's ids of all passes that were created for the case, also of those that are gone. */
  readonly passIds: readonly string[];
  /** The methods that were registered when the first of them was ordered. */
  readonly methodsBefore: readonly KnownMethod[];
  /** The managers who were told of one of them. They may object while the case is open, whoever is the manager by then. */
  readonly managersTold: readonly PersonId[];
}

/** The state of a case. The card template of each state has the state's name (adaptive-cards/). */
export type CaseState =
  | { readonly kind: 'asking-methods'; readonly selfServiceFailure: SelfServiceProgress | null }
  | {
      readonly kind: 'awaiting-self-service';
      readonly since: Instant;
      readonly progress: SelfServiceProgress;
      /** Set when the caller has a pass already: it is deleted once the reset has succeeded. */
      readonly pass: IssuedPass | null;
    }
  | { readonly kind: 'choosing-proof'; readonly lastAttempt: LastAttempt | null }
  | {
      readonly kind: 'awaiting-callback';
      readonly numberRef: string;
      /** Keyed digest of the number to dial, as for the proof. */
      readonly numberDigest: string;
      readonly since: Instant;
    }
  | { readonly kind: 'awaiting-manager'; readonly manager: PersonId; readonly since: Instant }
  | {
      readonly kind: 'awaiting-approval';
      readonly proof: Proof;
      readonly reasons: readonly RiskReason[];
      /** Who has to agree, and who has so far. */
      readonly needs: SecondPersons;
      readonly approvals: readonly Approval[];
      readonly subject: string;
      readonly since: Instant;
      /** Set when the approvers are asked again, because one who had agreed has left the group or was disabled since. */
      readonly lastAttempt: 'approver-gone' | null;
    }
  | {
      readonly kind: 'ready-to-issue';
      readonly proof: Proof;
      readonly approvals: readonly Approval[];
      /** Set when a pass was created for this proof, but nobody saw it and it was deleted. */
      readonly lastAttempt: 'pass-never-shown' | null;
    }
  | {
      readonly kind: 'issuing';
      readonly proof: Proof;
      readonly approvals: readonly Approval[];
      readonly order: PassOrder;
      /** Bad news came before Graph answered: the pass is deleted without being shown, and the case goes here. `null`: none came. */
      readonly then: Closing | 'choosing-proof' | null;
    }
  | {
      readonly kind: 'uncertain-pass';
      readonly order: PassOrder;
      /** Where the case goes once it is certain that no unseen pass can be used. */
      readonly then: Closing | 'choosing-proof';
      /** When a first check found no pass, by Microsoft's clock. A later second check makes it certain (`settleSeconds`). */
      readonly firstNotFoundAt: Instant | null;
    }
  | {
      readonly kind: 'awaiting-backup-method';
      readonly pass: IssuedPass;
      /** What the pass was issued on. It is needed again when the pass turns out never to have been seen. `null`: not recorded. */
      readonly issuedOn: IssuedOn | null;
      readonly since: Instant;
      /** The methods registered before the pass, to tell which ones are new. */
      readonly methodsBefore: readonly KnownMethod[];
      readonly newMethods: readonly RegisteredMethod[];
    }
  | {
      readonly kind: 'withdrawing-pass';
      readonly pass: IssuedPass;
      readonly since: Instant;
      readonly then: AfterPass;
      /**
       * When a first look found the pass gone, by Microsoft's clock. A later second look makes it certain (`settleSeconds`):
       * a server that lags behind also answers "not found".
       */
      readonly firstGoneAt: Instant | null;
    }
  | { readonly kind: 'closed'; readonly at: Instant; readonly closing: Closing };

/** Why the technician has to choose a proof again. */
export type LastAttempt =
  | Exclude<CallbackOutcome, 'answered-by-caller' | 'answered-by-someone-else'>
  | 'manager-declined'
  | 'manager-silent'
  | 'approval-expired'
  | 'proof-expired'
  | 'number-changed'
  | 'number-not-known-long-enough'
  /** What was dialed cannot be one person's own number, or is the technician's. */
  | 'number-proves-nothing'
  | 'manager-changed'
  | 'manager-not-known-long-enough'
  /** The manager is the caller or the technician, a guest, or disabled. */
  | 'manager-may-not-confirm'
  | 'pass-withdrawn'
  | 'pass-unconfirmed';

/** The name of a state. */
export type StateName = CaseState['kind'];

/** What the technician can report about the call to the number on record. */
export type CallbackOutcome =
  'answered-by-caller' | 'answered-by-someone-else' | 'voicemail' | 'nobody' | 'wrong-number';

/** One lockout, one caller, one technician. */
export interface Case {
  readonly id: CaseId;
  readonly technician: PersonId;
  readonly caller: PersonId;
  readonly openedAt: Instant;
  /** When the case last moved; one that is idle for too long expires. */
  readonly movedAt: Instant;
  readonly facts: CallerFacts;
  /** References of the methods the caller has at hand: those last ticked, and those registered since. */
  readonly atHand: readonly string[];
  /** The passes that were created for the case; `null`: none so far. */
  readonly issued: IssuedPasses | null;
  /**
   * After "This was not me": the methods that were registered since the first pass was ordered and have to be removed. `null`:
   * nobody objected, or there was no pass.
   */
  readonly leftBehind: Reading<readonly RegisteredMethod[]> | null;
  /** The risk reasons for which a second person was asked, or the leads were to be alarmed. They stand until the case is closed. */
  readonly reasonsFound: readonly RiskReason[];
  /** The managers who were asked in this case and have not said no: a "no" of theirs counts while it is open, and for a day after. */
  readonly managersAsked: readonly PersonId[];
  readonly state: CaseState;
}

/** Why an event was refused. A value, never an exception. */
export type Refusal =
  | { readonly code: PlainRefusalCode }
  | { readonly code: 'facts-unread'; readonly missing: readonly MissingPart[] }
  /** `seconds`: how long after the number was chosen the answer was reported. */
  | { readonly code: 'callback-too-quick'; readonly seconds: number };
