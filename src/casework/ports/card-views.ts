/**
 * What a card is drawn from. Casework fills these; the cards read nothing else.
 * Everything is data of this turn: a card never asks the outside and never decides.
 */
import type { CaseState, Refusal } from '../../procedure/case.ts';
import type { Diagnosis, LicenseFacts } from '../../procedure/diagnosis.ts';
import type { Instant, MethodKind, NumberOnRecord, Reading } from '../../procedure/facts.ts';
import type { Recommendation } from '../../procedure/policy.ts';
import type { Readiness } from '../../procedure/readiness.ts';
import type { RiskReason } from '../../procedure/risk-reasons.ts';
import type { Stop } from '../../procedure/stops.ts';
import type { CallerProfile, Person } from './directory.ts';
import type { FaultCode } from './fault.ts';
import type { RecordedEntry, StoredCase } from './ledger.ts';

/** How careful everybody has to be: `elevated` wants a second person for every pass, `lockdown` allows no pass. */
export type ThreatMode = 'normal' | 'elevated' | 'lockdown';

/** Closed list: what went differently than planned, shown on the card in one line. */
export type NoticeCode =
  | 'caller-not-reachable-in-teams'
  | 'caller-notified-in-teams'
  | 'manager-not-reachable-in-teams'
  | 'approvers-not-reachable-in-teams'
  | 'names-not-read'
  | 'pass-refused-by-directory'
  | 'sessions-not-ended';

/** A registered method with what it is worth. `masked` is text of people: it goes into a TextRun only. */
export interface MethodView {
  readonly ref: string;
  readonly kind: MethodKind;
  readonly masked: string;
  readonly registeredAt: Instant | null;
  /** Registered within the time in which a number is not called either: worth a second look. */
  readonly registeredLately: boolean;
  readonly countsForSelfService: boolean;
  readonly strength: 'strong' | 'weak' | 'none';
  /** The date Microsoft stops delivering it for self-service, as `yyyy-mm-dd`; `null` when it stays. */
  readonly retires: string | null;
}

/** A number on record, dialable, with whether it may be dialed. */
export interface NumberView {
  readonly number: NumberOnRecord;
  /** As dialed; `null` when the names and numbers could not be read this time. */
  readonly display: string | null;
  readonly usable: boolean;
  readonly whyNot: 'changed-lately' | 'age-unknown' | null;
}

/** What is read after the first card is out, because it is slow. Each part says for itself whether it was read. */
export interface SlowFacts {
  /** `value: null`: the log was read, and no failed sign-in explains a lockout. */
  readonly diagnosis: Reading<Diagnosis | null>;
  readonly license: Reading<LicenseFacts>;
}

/** Since when a mode is on, and by whom. `byName: null` where the name was not read; `spike`: the bot raised it by itself. */
export interface ModeLine {
  readonly since: Instant | null;
  readonly byName: string | null;
  readonly spike: boolean;
}

/** Two words that the technician and whoever got a message about the case see both. */
export type MatchingWords = readonly [string, string];

/** Everything a case card shows. */
export interface CaseView {
  readonly stored: StoredCase;
  readonly matchingWords: MatchingWords;
  /** `null`: still being read; the card is updated when it is there. */
  readonly slowFacts: SlowFacts | null;
  /** `null`: names could not be read this time; the card shows the tail of the object id instead. */
  readonly profile: CallerProfile | null;
  readonly technicianName: string | null;
  readonly recommendation: Recommendation;
  readonly stops: readonly Stop[];
  readonly risks: readonly RiskReason[];
  readonly methods: readonly MethodView[];
  readonly requiredMethods: number;
  readonly readiness: Readiness;
  readonly numbers: readonly NumberView[];
  /** Configured places where a caller can be seen; empty takes the button away. */
  readonly places: readonly string[];
  /** False where no manager is on record, or the manager is the technician. */
  readonly managerCanVouch: boolean;
  /** What will be ordered when *Issue the pass* is pressed; `null` when the policy could not be read. */
  readonly plannedPass: { readonly lifetimeMinutes: number; readonly oneTime: boolean } | null;
  readonly threatMode: ThreatMode;
  /** Told beside the mode when it is not normal; `null` when nothing more is known. */
  readonly modeLine: ModeLine | null;
  readonly notices: readonly NoticeCode[];
  /** An address of the allow-list in links.ts; anything else throws. */
  readonly selfServiceUrl: string;
  readonly now: Instant;
  /** IANA name; times are written with its label. `UTC` when nothing is configured. */
  readonly timeZone: string;
}

/** A case view whose case is in a named state. */
export type ViewIn<Name extends CaseState['kind']> = CaseView & { readonly state: Extract<CaseState, { kind: Name }> };

/** Closed list: refusals before the procedure was asked. */
export type AccessDenial =
  | 'not-a-technician'
  | 'not-an-approver'
  | 'not-an-auditor'
  | 'not-a-lead'
  | 'card-is-old'
  | 'no-such-case'
  | 'only-in-personal-chat'
  | 'not-understood'
  | 'button-not-understood'
  | 'already-handled'
  | 'pass-already-shown'
  | 'pass-refused-by-directory'
  | 'nobody-named'
  | 'several-match'
  /** Another technician works on a case about the same caller. */
  | 'already-open-elsewhere'
  /** An old client: the answer would be a message, and a pass is never in a message. */
  | 'pass-cannot-be-shown-here';

/** A refusal to show. `at` puts a button on the card that leads back to the case. */
export interface RefusalView {
  readonly refusal: Refusal | { readonly code: AccessDenial };
  readonly at: StoredCase | null;
}

/** A request for a manual reset, refused. `query` is who it is about, as written; empty when nobody was named. */
export interface ManualResetView {
  readonly query: string;
  /** The case in which it was asked, when there is one: then the button leads back to it. */
  readonly at: StoredCase | null;
  /** Whether the request is in the ledger: the card says so only then. */
  readonly recorded: boolean;
}

/** Several people match. `more`: there are others beyond those listed. */
export interface CandidatesView {
  readonly query: string;
  readonly people: readonly Person[];
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

/** Closed list: short good news that needs no card of its own. */
export type ConfirmationCode =
  'link-pushed' | 'link-to-read-out' | 'objection-taken' | 'manager-answer-taken' | 'decision-taken';

/** Something was done, or is to be done by voice. */
export interface ConfirmationView {
  readonly code: ConfirmationCode;
  readonly at: StoredCase | null;
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
