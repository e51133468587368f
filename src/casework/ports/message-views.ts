/**
 * What cards for other people are drawn from: the caller, their manager, approvers, leads, and anybody who asks.
 * Everything is data of this turn, and none of these views could hold a pass.
 */
import type { Effect } from '../../procedure/effects.ts';
import type { Instant, MethodKind } from '../../procedure/facts.ts';
import type { PortalErrorCode } from '../../procedure/portal-errors.ts';
import type { RiskReason } from '../../procedure/risk-reasons.ts';
import type { Person } from './directory.ts';
import type { RequestCardPurpose, StoredCase } from './ledger.ts';
import type { MatchingWords, NoticeCode, ThreatMode } from './card-views.ts';

/** When a card is drawn, and the zone its times are written in (IANA name). */
interface Drawn {
  readonly now: Instant;
  readonly timeZone: string;
}

/** A message to the caller or their manager about a case. Names may be missing. */
export interface NoticeView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly technicianName: string | null;
  readonly callerName: string | null;
  readonly reader: 'caller' | 'manager';
  /** When the pass ends; `null` where there is none. */
  readonly usableUntil: Instant | null;
}

/** Asks the manager on record whether they are speaking with the caller now. */
export interface ManagerQuestionView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly callerName: string | null;
  readonly technicianName: string | null;
  readonly expiresAt: Instant;
}

/** What can be alarmed about. */
export type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];

/** An alarm to the leads. */
export interface AlarmView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly alarm: Alarm;
  /** What could not be done about it, for the leads to see to. */
  readonly notices?: readonly NoticeCode[];
  readonly person: Person | null;
  readonly technicianName: string | null;
}

/** What an approver decides on. `subject` travels back with the decision; a changed one voids it. */
export interface ApprovalView extends Drawn {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  readonly person: Person | null;
  readonly technicianName: string | null;
  readonly proofBy: 'callback' | 'in-person' | 'manager';
  readonly reasons: readonly RiskReason[];
  readonly subject: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

/** How a request ended. Closed list; `withdrawn`: the case went another way before anybody answered. */
export type RequestOutcome = 'approved' | 'denied' | 'confirmed' | 'declined' | 'expired' | 'withdrawn';

/** Takes the place of every card that asked, once the request is over. `byName: null`: nobody decided, or the name was not read. */
export interface RequestClosedView extends Drawn {
  readonly stored: StoredCase;
  readonly purpose: RequestCardPurpose;
  readonly outcome: RequestOutcome;
  readonly byName: string | null;
  readonly at: Instant;
}

/** What the page told the caller. `query`: who it is about, as written; `null` when nobody was named. */
export interface PortalErrorView {
  readonly error: PortalErrorCode;
  readonly query: string | null;
}

/** The mode, for whoever asked or switched it. */
export interface ModeView extends Drawn {
  readonly mode: ThreatMode;
  readonly since: Instant | null;
  /** `null`: raised by the bot itself, or the name was not read. */
  readonly byName: string | null;
  /** As the lead wrote it; empty when there is none. */
  readonly reason: string;
  /** Many recoveries within an hour raised it. */
  readonly spike: boolean;
  /** The reader is a lead: the card says how to change it. */
  readonly mayChange: boolean;
}

/** What the reader can do for themselves. Never about anybody else. */
export interface OwnReadiness {
  readonly methods: readonly OwnMethod[];
  readonly required: number;
  readonly enough: boolean;
  /** The methods could not be read: nothing is said about them. */
  readonly unread: boolean;
}

/** One method of the reader. `masked` is text of people. */
export interface OwnMethod {
  readonly kind: MethodKind;
  readonly masked: string;
  readonly counts: boolean;
}
