/**
 * What cards for other people are drawn from: the caller, their manager, approvers, leads, and anybody who asks.
 * They hold only data of the current turn, and none of them can hold a pass.
 */
import type { CaseId, Proof } from '../../procedure/case.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { EarlierNo, Instant, MethodKind, PersonId, Reading, RegisteredMethod } from '../../procedure/facts.ts';
import type { PortalErrorCode } from '../../procedure/portal-errors.ts';
import type { RiskReason } from '../../procedure/risk-reasons.ts';
import type { StillNeeded } from '../../procedure/second-persons.ts';
import type { GroupMembers, Person } from './directory.ts';
import type { RequestCardPurpose, StoredCase } from './ledger.ts';
import type { MatchingWords, NoticeCode, ThreatMode } from './card-views.ts';

/** When a card is drawn, and the time zone of its times (IANA name). */
interface Drawn {
  readonly now: Instant;
  readonly timeZone: string;
}

/** A notice to the caller or their manager about a case. A name is `null` when it could not be read. */
export interface NoticeView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly technicianName: string | null;
  readonly callerName: string | null;
  readonly reader: 'caller' | 'manager';
  /** When the pass ends; `null` where there is none. */
  readonly usableUntil: Instant | null;
}

/** Asks the manager on record whether they are speaking with the caller right now. */
export interface ManagerQuestionView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly callerName: string | null;
  readonly technicianName: string | null;
  /** A digest of the question, which comes back with the answer: a yes counts only for the question that it was given to. */
  readonly question: string;
  readonly expiresAt: Instant;
}

/** What the leads are alarmed about. */
export type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];

/** An alarm to the leads. */
export interface AlarmView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly alarm: Alarm;
  /** What the bot could not do about it, so that the leads can. */
  readonly notices?: readonly NoticeCode[];
  /** After "This was not me": what was registered since the pass was ordered; `null` where there was no pass. */
  readonly leftBehind: Reading<readonly RegisteredMethod[]> | null;
  readonly person: Person | null;
  readonly technicianName: string | null;
}

/** What an approver decides on. `subject` comes back with the decision, which is void if it has changed by then. */
export interface ApprovalView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly person: Person | null;
  readonly technicianName: string | null;
  readonly proofBy: Proof['kind'];
  /** The name of the manager who vouched; `null` when nobody did, or it could not be read. */
  readonly vouchedBy: string | null;
  /** Whose agreement is still missing. */
  readonly stillNeeded: readonly StillNeeded[];
  /** The "no" about this caller that still count. */
  readonly noes: readonly EarlierNo[];
  readonly reasons: readonly RiskReason[];
  readonly subject: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

/**
 * Closed list: what became of a request. `withdrawn`: the case moved on before anybody answered. `moved`: it is still open, on a
 * newer card in the same chat. `approved-once`: for whoever has approved while somebody else has to approve as well.
 */
export type RequestOutcome =
  'approved' | 'approved-once' | 'denied' | 'confirmed' | 'declined' | 'expired' | 'withdrawn' | 'moved';

/** Replaces the cards of a request once it is over. `byName: null`: nobody decided, or the name was not read. */
export interface RequestClosedView extends Drawn {
  readonly stored: StoredCase;
  readonly purpose: RequestCardPurpose;
  readonly outcome: RequestOutcome;
  readonly byName: string | null;
  readonly at: Instant;
}

/** The error that the caller saw on Microsoft's page. `query`: the caller, as written; `null` when nobody was named. */
export interface PortalErrorView {
  readonly error: PortalErrorCode;
  readonly query: string | null;
}

/** A pass that lives or may live, for the leads. `ordered`: Microsoft was asked for it, and nobody knows yet whether it exists. */
export interface LivingPass {
  readonly caseId: CaseId;
  readonly caller: PersonId;
  /** `null` when the name was not read. */
  readonly callerName: string | null;
  readonly is: 'alive' | 'being-deleted' | 'ordered';
  /** When it ends, by Microsoft's clock; `null` when it is not known yet. */
  readonly until: Instant | null;
}

/** How many of the living passes a lead took back. */
export interface TakenBack {
  readonly done: number;
  readonly of: number;
}

/** What came of telling the leads of a mode. `unread`: who they are. `not-known`: the outcome was not written down. */
export type ModeNotice =
  | { readonly kind: 'sending' }
  | {
      readonly kind: 'reached';
      readonly reached: number;
      readonly of: number;
      readonly listed: GroupMembers['listed'];
    }
  | { readonly kind: 'not-reached'; readonly why: 'nobody' | 'unread' | 'not-known' }
  | { readonly kind: 'no-other-lead' };

/** The mode, for whoever asked or switched it. */
export interface ModeView extends Drawn {
  /** For leads: what came of telling the others. `null`: not shown, or not known. */
  readonly notice: ModeNotice | null;
  readonly mode: ThreatMode;
  readonly since: Instant | null;
  /** `null` when the bot raised the mode itself, or the name was not read. */
  readonly byName: string | null;
  /** The reason as the lead wrote it; empty when there is none. */
  readonly reason: string;
  /** The mode was raised because of many recoveries within an hour. */
  readonly spike: boolean;
  /** Whether the reader is a lead; the card then says how to change the mode. */
  readonly mayChange: boolean;
  /** For leads in lockdown: the passes that were issued before it. `null`: not shown. */
  readonly passes: readonly LivingPass[] | null;
  /** After the press that took them back; otherwise `null`. */
  readonly takenBack: TakenBack | null;
}

/** Whether the readers can reset their own password. Never about anybody else. */
export interface OwnReadiness {
  readonly methods: readonly OwnMethod[];
  readonly required: number;
  readonly enough: boolean;
  /** The methods could not be read, so the card says nothing about them. */
  readonly unread: boolean;
}

/** One method of the reader. `masked` contains text that people entered. */
export interface OwnMethod {
  readonly kind: MethodKind;
  readonly masked: string;
  readonly counts: boolean;
}

/** The ledger cannot be written, or can again after so many seconds. `unrecorded`: answers that were given without their entry. */
export type LedgerOutageView =
  { readonly kind: 'began' } | { readonly kind: 'over'; readonly seconds: number; readonly unrecorded: number };
