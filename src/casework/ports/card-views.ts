/**
 * What a card is drawn from. Casework fills these; the cards read nothing else.
 * Everything is data of this turn: a card never asks the outside and never decides.
 */
import type { CaseState, Refusal } from '../../procedure/case.ts';
import type { Diagnosis, LicenseFacts } from '../../procedure/diagnosis.ts';
import type * as facts from '../../procedure/facts.ts';
import type { EarlierNo, Instant, MethodKind, MissingPart, NumberOnRecord, Reading } from '../../procedure/facts.ts';
import type { NumberTrouble } from '../../procedure/numbers.ts';
import type { Recommendation } from '../../procedure/policy.ts';
import type { Readiness } from '../../procedure/readiness.ts';
import type { RiskReason } from '../../procedure/risk-reasons.ts';
import type { Stop } from '../../procedure/stops.ts';
import type { CallerProfile, FoundPerson } from './directory.ts';
import type { Reach } from './reach-view.ts';
import type { FaultCode } from './fault.ts';
import type { RecordedEntry, StoredCase } from './ledger.ts';

/** How careful everybody has to be: `elevated` wants a second person for every pass, `lockdown` allows no pass. */
export type ThreatMode = 'normal' | 'elevated' | 'lockdown';

/** Closed list: what went differently than planned, shown on the card in one line. */
export type NoticeCode =
  | 'caller-not-reachable-in-teams'
  | 'caller-notified-in-teams'
  | 'manager-not-reachable-in-teams'
  | 'names-not-read'
  | 'pass-refused-by-directory'
  | 'sessions-not-ended';

/** A registered method and what it is worth. `masked` contains text that people entered, so it goes into a TextRun only. */
export interface MethodView {
  readonly ref: string;
  readonly kind: MethodKind;
  readonly masked: string;
  readonly registeredAt: Instant | null;
  /** Registered so recently that a number of this age would not be called either. Worth a second look. */
  readonly registeredLately: boolean;
  readonly countsForSelfService: boolean;
  readonly strength: 'strong' | 'weak' | 'none';
  /** The date on which Microsoft ends it for self-service, as `yyyy-mm-dd`; `null` when no end is known. */
  readonly retires: string | null;
}

/** A number on record as the technician dials it, and whether it may be used for a callback. */
export interface NumberView {
  readonly number: NumberOnRecord;
  /** The number as dialed; `null` when names and numbers could not be read this time. */
  readonly display: string | null;
  readonly usable: boolean;
  readonly whyNot: NumberTrouble | null;
}

/** Facts that take long to read: the first card is sent without them and updated later. Each says whether it was read. */
export interface SlowFacts {
  /** `value: null`: the log was read, and no failed sign-in explains a lockout. */
  readonly diagnosis: Reading<Diagnosis | null>;
  readonly license: Reading<LicenseFacts>;
}

/** Since when a mode has been on, and who set it. `byName: null`: the name was not read. `spike`: the bot raised it itself. */
export interface ModeLine {
  readonly since: Instant | null;
  readonly byName: string | null;
  readonly spike: boolean;
}

/** Two words shown both to the technician and to everybody who gets a message about the case, so that they can compare them. */
export type MatchingWords = readonly [string, string];

/** Everything a case card shows. */
export interface CaseView {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  /** `null` while they are being read; the card is updated afterwards. */
  readonly slowFacts: SlowFacts | null;
  /** `null` when names could not be read this time; the card then shows the end of the object id. */
  readonly profile: CallerProfile | null;
  readonly technicianName: string | null;
  readonly recommendation: Recommendation;
  readonly stops: readonly Stop[];
  /** What the next steps of the case need and could not be read. */
  readonly missing: readonly MissingPart[];
  /** When the bot reads it again by itself; `null` when nothing is missing, or nothing that comes by itself. */
  readonly nextReadAt: Instant | null;
  /** Up to when changes of numbers and managers have been seen; `null` when that is not known. */
  readonly changesSeenUpTo: Instant | null;
  readonly risks: readonly RiskReason[];
  /** The "no" about this caller that still count, whoever's case it was. */
  readonly noes: readonly EarlierNo[];
  /** Until when the second persons can answer; `null` while none is asked. */
  readonly approvalEndsAt: Instant | null;
  readonly methods: readonly MethodView[];
  readonly requiredMethods: number;
  readonly readiness: Readiness;
  readonly numbers: readonly NumberView[];
  /** A digest of these numbers, which comes back with the choice: what is dialed is what was shown. */
  readonly numbersShown: string;
  /** The configured places where a caller can be seen in person. Without any, the card has no such button. */
  readonly places: readonly string[];
  /**
   * False where no manager is on record, the manager is the technician or the caller, or who it is and since when could not be read.
   * Whether they may confirm the caller otherwise is read when they are asked.
   */
  readonly managerCanVouch: boolean;
  /** What will be ordered when *Issue the pass* is pressed; `null` when the policy could not be read. */
  readonly plannedPass: { readonly lifetimeMinutes: number; readonly oneTime: boolean } | null;
  readonly threatMode: ThreatMode;
  /** Shown next to a mode that is not normal; `null` when nothing more is known. */
  readonly modeLine: ModeLine | null;
  readonly notices: readonly NoticeCode[];
  /** `null` where nobody was asked or alarmed. */
  readonly reach: Reach | null;
  /** An address from the list of allowed links (links.ts); drawing any other throws. */
  readonly selfServiceUrl: string;
  readonly now: Instant;
  /** The time zone of the times on the card (IANA name); `UTC` when none is configured. */
  readonly timeZone: string;
}

/** A case view whose case is in a named state. */
export type ViewIn<Name extends CaseState['kind']> = CaseView & { readonly state: Extract<CaseState, { kind: Name }> };

/** Closed list: refusals given before, or instead of, asking the procedure. */
export type AccessDenial =
  /** The account of whoever asks is disabled, or gone from the directory. */
  | 'account-disabled'
  | 'not-a-technician'
  | 'not-an-approver'
  | 'not-an-auditor'
  | 'not-a-lead'
  | 'no-such-case'
  | 'only-in-personal-chat'
  | 'not-understood'
  | 'button-not-understood'
  | 'already-handled'
  /** Nobody in the directory has the id that a button carried. */
  | 'no-such-person'
  | 'too-many-searches'
  /** This person was refused, or looked at cases, too often within a minute. */
  | 'too-fast'
  /** A manual reset was asked for where others read along. */
  | 'manual-reset-in-a-group'
  /** Sent to the leads, when somebody at the helpdesk reached the limit of searches. */
  | 'many-searches-seen'
  /** Sent to the personal chat of somebody who wrote in a group chat. */
  | 'continue-here'
  | 'pass-already-shown'
  | 'pass-refused-by-directory'
  | 'nobody-named'
  | 'several-match'
  /** Another technician is working on a case about the same caller. */
  | 'already-open-elsewhere'
  /** The client is too old: the answer would be a message, and a pass is never sent in a message. */
  | 'pass-cannot-be-shown-here';

/** A refusal to show. With `at`, the card has a button that leads back to the case. */
export interface RefusalView {
  readonly refusal: Refusal | { readonly code: AccessDenial };
  readonly at: StoredCase | null;
  /** False: it has no entry, because the ledger cannot be written. The card says so. Left out: it has one, or needs none. */
  readonly recorded?: boolean;
  /** When the bot reads again what was missing. Left out: nobody said. */
  readonly nextRead?: { readonly at: Instant | null; readonly now: Instant; readonly timeZone: string };
}

/** A request for a manual reset, refused. `query` is who it is about, as written; empty when nobody was named. */
export interface ManualResetView {
  readonly query: string;
  /** The case in which it was asked, if there is one. The card then leads back to it. */
  readonly at: StoredCase | null;
  /** Whether the request was recorded in the ledger; the card claims it only then. */
  readonly recorded: boolean;
}

/** Several people match the search. `more`: there are others who are not listed. */
export interface CandidatesView {
  readonly query: string;
  readonly people: readonly FoundPerson[];
  readonly more: boolean;
}

/** One line of a list of cases. `callerName` is `null` when it was not read. */
interface CaseLine {
  readonly stored: StoredCase;
  readonly callerName: string | null;
}

/** A list of cases, newest first. */
export interface CaseListView {
  readonly cases: readonly CaseLine[];
  readonly now: Instant;
  readonly timeZone: string;
}

/** Entries of the ledger, newest first. `nameOf` gives the display name where one is known. */
export interface LogView {
  readonly entries: readonly RecordedEntry[];
  readonly nameOf: (actor: string) => string | null;
  readonly now: Instant;
  readonly timeZone: string;
}

/** Closed list: short confirmations that share one card. `still-working`: the answer takes long and comes in this place. */
export type ConfirmationCode =
  | 'still-working'
  | 'link-pushed'
  | 'link-to-read-out'
  | 'link-not-sent'
  | 'objection-taken'
  | 'manager-answer-taken'
  | 'decision-taken';

/** Confirms that something was done, or says what to read out. */
export interface ConfirmationView {
  readonly code: ConfirmationCode;
  readonly at: StoredCase | null;
  /** For the caller after "This was not me": what was registered since the pass was ordered; `null` where there was no pass. */
  readonly leftBehind?: Reading<readonly facts.RegisteredMethod[]> | null;
}

/** What the reader may do; the help card lists only that. */
export type ReaderRole = 'technician' | 'approver' | 'auditor' | 'lead';

/** Something outside failed, or we made a mistake. */
export interface FaultView {
  /** What failed; `null` for a bug of ours. */
  readonly code: FaultCode | null;
  /** What the reader quotes to the operator. */
  readonly reference: string;
  readonly at: StoredCase | null;
}
