/**
 * The ledger as casework needs it: cases and audit entries in one database, and the addresses of chats and cards.
 * An action is recorded before it is taken, so every write here is durable when its promise resolves.
 */
import type { Case, CaseId, StateName } from '../../procedure/case.ts';
import type { EarlierNo, Instant, PersonId } from '../../procedure/facts.ts';
import type { LedgerCode } from './ledger-codes.ts';
import type { Leases } from './leases.ts';

/** A case as stored: `version` grows with every step and decides races. */
export interface StoredCase {
  readonly case: Case;
  readonly version: number;
}

/** Who wrote an entry: a person, or the bot by itself. */
export type Actor = PersonId | 'hardline';

/**
 * One line of the ledger. `code` is stable (`case.opened`, `pass.create.intent`, ...).
 * `detail` is personal or may be: it is kept apart from the chained record and can be erased.
 */
export interface LedgerEntry {
  readonly code: LedgerCode;
  readonly actor: Actor;
  readonly about: PersonId | null;
  readonly caseId: CaseId | null;
  /** Pairs an outcome with its intent. */
  readonly intentId: string | null;
  /** What it belongs to: see turn-id.ts. Kept with the detail, and erased with it. Entries of older versions have none. */
  readonly turn?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** An entry that is in the ledger. */
export interface RecordedEntry extends Omit<LedgerEntry, 'code'> {
  /** As it was written, also by an older version. */
  readonly code: string;
  readonly seq: number;
  readonly at: Instant;
}

/** An intent whose outcome is not written yet. */
export interface UnsettledIntent extends RecordedEntry {
  /** The process that wrote it; `null` when that is not known, as in a ledger of an older version. */
  readonly owner: string | null;
}

/** A Teams conversation the bot may write to. Opaque to all but teams/. */
export interface ConversationKey {
  readonly person: PersonId;
  readonly reference: string;
  /** Language of the person's Teams client when they last wrote or clicked: two letters, lower case. */
  readonly language: string;
}

/** Where the card of a case is in a chat, so that it can be updated in place. */
export interface CardPlace {
  readonly conversation: string;
  readonly activity: string;
}

/** What the ledger keeps of a message that came in: that it was seen, and how its sender can be reached. */
export interface Arrival {
  /** The channel's id of the activity. */
  readonly activityId: string;
  readonly conversation: ConversationKey;
  /** `null`: they could not be read this time, what is known of them stays. */
  readonly roles: readonly string[] | null;
}

/** What became of an opening. A caller has at most one open case; the database decides which one it is. */
export type Opening =
  | { readonly kind: 'opened'; readonly stored: StoredCase }
  | { readonly kind: 'already-open'; readonly stored: StoredCase };

/** What is written in the same transaction as an opening or a step. */
export interface WithOpening {
  /** Entries about what led to it, such as the outcome of a read. They are written even when it does not happen. */
  readonly before?: readonly LedgerEntry[];
}

/** What is written, or looked at, in the same transaction as a step. */
export interface WithStep extends WithOpening {
  /** The card of the case shows a pass: nobody redraws it until then. A step without this ends any hold. */
  readonly holdCardUntil?: Instant;
  /** The step is stale when the ledger has an entry with one of these codes after this number. */
  readonly unlessNewer?: { readonly codes: readonly string[]; readonly than: number };
}

/** Which entries are read. Anybody who looks at a case adds entries to it, so whoever needs a certain one names its code. */
export interface EntryFilter {
  readonly caseId: CaseId | null;
  /** Only entries about this person. */
  readonly about?: PersonId;
  /** Only entries with a smaller number: how a reader goes on after a page. */
  readonly before?: number;
  readonly limit: number;
  readonly codes?: readonly string[];
}

/** Which open cases are read. What is left out does not matter. */
export interface OpenCaseFilter {
  readonly states?: readonly StateName[];
  readonly technician?: PersonId;
  /** Only cases after this one: how a reader goes on after a page. */
  readonly after?: CaseId;
  /** At most `OPEN_CASES_AT_ONCE`, which is also meant when this is left out. */
  readonly limit?: number;
}

/** Reading a case costs time in which nobody is answered, so nobody reads more of them than this in one go. */
export const OPEN_CASES_AT_ONCE = 200;

/** Cases and audit in one database, one transaction a step. Throws Fault `ledger-unwritable` when it cannot promise durability. */
export interface Ledger {
  /** What several processes on this ledger agree on. */
  readonly leases: Leases;
  /**
   * Appends entries that belong to no step. Durable when it returns. Every intent has one outcome: where one is written already,
   * a further one is left out, because whoever wrote it has given the intent up.
   */
  record(entries: readonly LedgerEntry[], at: Instant): Promise<void>;
  /**
   * Writes down that a message arrived, and with it the first entries that it leads to. `repeated`: this activity was seen
   * before, and nothing was written.
   */
  recordArrival(arrival: Arrival, entries: readonly LedgerEntry[], at: Instant): Promise<'first' | 'repeated'>;
  /** Gives the case its number and writes it with its entries, unless the caller has an open case. */
  openCase(
    draft: Omit<Case, 'id'>,
    entries: (id: CaseId) => readonly LedgerEntry[],
    at: Instant,
    also?: WithOpening,
  ): Promise<Opening>;
  /** Writes the next state if the case is still at `from`; otherwise leaves the case alone and says `stale`. */
  advance(
    from: StoredCase,
    next: Case,
    entries: readonly LedgerEntry[],
    at: Instant,
    also?: WithStep,
  ): Promise<{ readonly kind: 'written'; readonly stored: StoredCase } | { readonly kind: 'stale' }>;
  load(id: CaseId): Promise<StoredCase | null>;
  /** The open case about a caller. */
  openCaseOf(caller: PersonId): Promise<StoredCase | null>;
  /** Cases that are not closed, oldest first. Who needs all of them reads them page by page (background/open-cases.ts). */
  openCases(which?: OpenCaseFilter): Promise<readonly StoredCase[]>;
  /** The numbers of open cases before this one, or of all, newest first; their content is not read. At most `limit`. */
  openCaseIds(which: {
    readonly states?: readonly StateName[];
    readonly before: CaseId | null;
    readonly limit: number;
  }): Promise<readonly CaseId[]>;
  /** The cases of a technician, newest first. */
  casesOf(technician: PersonId, limit: number): Promise<readonly StoredCase[]>;
  /**
   * The entries that tell of contacts about a caller since a time, oldest first: cases opened or asked about, and requests refused,
   * whoever worked them. One call can leave several (steps/contacts.ts).
   */
  contactsAbout(caller: PersonId, since: Instant): Promise<readonly RecordedEntry[]>;
  /** The latest "no" of each kind to a pass for a caller since a time, newest first, also after the details were erased. */
  noesAbout(caller: PersonId, since: Instant): Promise<readonly EarlierNo[]>;
  /** The latest "This was not me" about a caller since a time. */
  objectionAbout(caller: PersonId, since: Instant): Promise<Instant | null>;
  /** Newest entries first, of one case, of one person or of all; with `codes`, only those. */
  entries(filter: EntryFilter): Promise<readonly RecordedEntry[]>;
  /** Intents without an outcome: what is under way in some process, and what a crash left behind. */
  unsettledIntents(): Promise<readonly UnsettledIntent[]>;
  /** Writes nothing, and shows that something could be written. Throws Fault `ledger-unwritable` when it could not. */
  checkWritable(): Promise<void>;
  /** True once per activity id: the channel delivers twice, we act once. */
  firstSight(activityId: string, at: Instant): Promise<boolean>;
  /**
   * Remembers how to reach a person and in which roles they were last seen; the roles only say whom to write to, never what
   * somebody may do. Writes only when something changed, or when the last contact was more than an hour ago.
   */
  rememberConversation(key: ConversationKey, roles: readonly string[] | null, at: Instant): Promise<void>;
  /** People last seen in a role, the most recently seen first, to the hour. */
  peopleAs(role: string): Promise<readonly PersonId[]>;
  conversationOf(person: PersonId): Promise<ConversationKey | null>;
  rememberCard(caseId: CaseId, place: CardPlace): Promise<void>;
  cardOf(caseId: CaseId): Promise<CardPlace | null>;
  /** Whether the card of a case must stay as it is, because a pass is shown on it. See `WithStep.holdCardUntil`. */
  isCardHeld(caseId: CaseId, now: Instant): Promise<boolean>;
  /** Ends the hold, if there is one. */
  releaseCard(caseId: CaseId): Promise<void>;
  /** Remembers a card about a case in somebody else's chat, so that it can be closed when it is answered. */
  rememberRequestCard(caseId: CaseId, purpose: RequestCardPurpose, person: PersonId, place: CardPlace): Promise<void>;
  /** The remembered cards of a purpose, which stay remembered. */
  requestCardsOf(caseId: CaseId, purpose: RequestCardPurpose): Promise<readonly SentRequestCard[]>;
  /** Takes the remembered cards of a purpose out: each is given once. */
  takeRequestCards(caseId: CaseId, purpose: RequestCardPurpose): Promise<readonly SentRequestCard[]>;
  /** The newest entry with one of these codes, of one case or of all. */
  newestOf(codes: readonly string[], caseId?: CaseId): Promise<RecordedEntry | null>;
  /** Entries with one of these codes since a time, oldest first. */
  entriesSince(codes: readonly string[], since: Instant): Promise<readonly RecordedEntry[]>;
  /** How many entries with these codes somebody caused since a time, at whichever process. */
  countBy(person: PersonId, codes: readonly LedgerCode[], since: Instant): Promise<number>;
  /** How many different callers entries with these codes are about, since a time. */
  callersIn(codes: readonly string[], since: Instant): Promise<number>;
}

/** What a remembered card asks or tells. */
export type RequestCardPurpose = 'approval' | 'manager-question';

/** A card in somebody else's chat. */
export interface SentRequestCard {
  readonly person: PersonId;
  readonly place: CardPlace;
}
