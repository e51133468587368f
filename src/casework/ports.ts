/**
 * What casework needs from the outside. graph/, ledger/ and teams/ implement these; nothing else of them is known here.
 * The one rule kept here: a port answers with data for everything that can be expected, and throws a Fault only
 * when the outside failed in a way that has no place in the procedure.
 */
import type { Case, CaseId, IssuedPass, PassOrder, SelfServiceProgress } from '../procedure/case.ts';
import type { LicenceFacts, SignInFact } from '../procedure/diagnosis.ts';
import type { CallerFacts, GroupId, Instant, PersonId, Reading, RegisteredMethod } from '../procedure/facts.ts';
import type { Secret } from './secret.ts';

/** What a directory entry says about a person. Names live in memory and on cards, never in the ledger. */
export interface Person {
  readonly id: PersonId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly isGuest: boolean;
}

/** A number as the technician dials it, matched to a NumberOnRecord by `ref`. */
export interface DialableNumber {
  readonly ref: string;
  /** International format as libphonenumber writes it, or the directory's own text when it cannot be parsed. */
  readonly display: string;
}

/** Everything about the caller that people read and nobody stores. */
export interface Dossier {
  readonly person: Person;
  readonly managerName: string | null;
  /** The manager's office number in the directory, as dialed: to ask them to look at their card, never a proof. */
  readonly managerNumber: string | null;
  readonly numbers: readonly DialableNumber[];
}

/** The facts that Graph tells; the others come from our own ledger. */
export type GraphFacts = Omit<CallerFacts, 'history' | 'closeToTechnician'>;

/** The outcome of one pass creation. There is no retry behind it: one call, one POST. */
export type PassCreation =
  | { readonly kind: 'created'; readonly pass: IssuedPass; readonly secret: Secret }
  /** Graph refused for certain (4xx). `reason` is safe to show and log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Timeout, 5xx, cut connection, unreadable answer: it may exist. */
  | { readonly kind: 'unanswered'; readonly reason: string };

/** The directory: Microsoft Graph, and nothing that could set a password. */
export interface Directory {
  /**
   * Finds people by UPN, mail, employee id, or display name (in this order of exactness); at most `limit`.
   * An exact hit on UPN, mail or employee id comes alone. Throws Fault when Graph cannot be read.
   */
  findPeople(query: string, limit: number): Promise<readonly Person[]>;
  /** One person by id; `null` when Graph knows none. Throws Fault when Graph cannot be read. */
  person(id: PersonId): Promise<Person | null>;
  /** What Graph tells of the facts, and what people read. Never throws for a missing part. */
  readPicture(caller: PersonId): Promise<{ facts: GraphFacts; dossier: Dossier | null }>;
  /** The manager on record of anybody; `value: null` when there is none. */
  managerOf(person: PersonId): Promise<Reading<PersonId | null>>;
  /** The caller's sign-ins since a time, newest first, at most 25. Slow and throttled: never on the way to the first card. */
  readSignIns(caller: PersonId, since: Instant): Promise<Reading<readonly SignInFact[]>>;
  /** The plans that matter for self-service, as the caller's licence details tell them. */
  readLicence(caller: PersonId): Promise<Reading<LicenceFacts>>;
  /** Installs this bot for a person, so that it can write to them. */
  installApp(person: PersonId): Promise<'installed' | 'already-there' | 'not-permitted' | 'not-known'>;
  /** The registered methods, live. */
  readMethods(caller: PersonId): Promise<Reading<readonly RegisteredMethod[]>>;
  /** The pass the caller holds now, usable or not; `value: null` when there is none. */
  readPass(
    caller: PersonId,
  ): Promise<Reading<(IssuedPass & { readonly createdAt: Instant; readonly usable: boolean }) | null>>;
  /** Creates a pass. One POST, never repeated; `intent` is sent along as the request's correlation id. */
  createPass(caller: PersonId, order: PassOrder): Promise<PassCreation>;
  /** Deletes a pass. `gone` also when there was none. */
  deletePass(caller: PersonId, passId: string): Promise<'gone' | 'not-known'>;
  /** Which of `groups` the person is in now, through groups of groups. At most 20 ids. Throws Fault when unreadable. */
  memberOf(person: PersonId, groups: readonly GroupId[]): Promise<ReadonlySet<GroupId>>;
  /**
   * SSPR events of the tenant's audit log about these people since `since`, oldest first; one request for all of them.
   * Unread when Graph does not answer.
   */
  selfServiceEvents(
    since: Instant,
    about: readonly PersonId[],
  ): Promise<Reading<readonly { readonly about: PersonId; readonly progress: SelfServiceProgress }[]>>;
  /** Ends the sessions of a person where the permission was granted. */
  endSessions(person: PersonId): Promise<'ended' | 'not-permitted' | 'not-known'>;
}

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
  readonly code: string;
  readonly actor: Actor;
  readonly about: PersonId | null;
  readonly caseId: CaseId | null;
  /** Pairs an outcome with its intent. */
  readonly intentId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** An entry that is in the ledger. */
export interface RecordedEntry extends LedgerEntry {
  readonly seq: number;
  readonly at: Instant;
}

/** A Teams conversation the bot may write to. Opaque to all but teams/. */
export interface ConversationKey {
  readonly person: PersonId;
  readonly reference: string;
}

/** Where the card of a case stands in a chat, so that it can be updated in place. */
export interface CardPlace {
  readonly conversation: string;
  readonly activity: string;
}

/** Cases and audit in one database, one transaction a step. Throws Fault `ledger-unwritable` when it cannot promise durability. */
export interface Ledger {
  /** Appends entries that belong to no step. Durable when it returns. */
  record(entries: readonly LedgerEntry[], at: Instant): Promise<void>;
  /** Gives the case its number and writes it with its entries, in one transaction. */
  openCase(draft: Omit<Case, 'id'>, entries: (id: CaseId) => readonly LedgerEntry[], at: Instant): Promise<StoredCase>;
  /** Writes the next state if the case is still at `from`; otherwise changes nothing and says `stale`. */
  advance(
    from: StoredCase,
    next: Case,
    entries: readonly LedgerEntry[],
    at: Instant,
  ): Promise<{ kind: 'written'; stored: StoredCase } | { kind: 'stale' }>;
  load(id: CaseId): Promise<StoredCase | null>;
  /** Every case that is not closed, oldest first. */
  openCases(): Promise<readonly StoredCase[]>;
  /** The cases of a technician, newest first. */
  casesOf(technician: PersonId, limit: number): Promise<readonly StoredCase[]>;
  /** Contacts about a caller since a time: cases opened and requests refused, whoever worked them. */
  contactsAbout(caller: PersonId, since: Instant): Promise<number>;
  /** The latest "This was not me" about a caller since a time. */
  objectionAbout(caller: PersonId, since: Instant): Promise<Instant | null>;
  /** Newest entries first, of one case or of all. */
  entries(filter: { readonly caseId: CaseId | null; readonly limit: number }): Promise<readonly RecordedEntry[]>;
  /** Intents without an outcome: what a crash left behind. */
  unsettledIntents(): Promise<readonly RecordedEntry[]>;
  /** True once per activity id: the channel delivers twice, we act once. */
  firstSight(activityId: string, at: Instant): Promise<boolean>;
  /**
   * Remembers how to reach a person and as what they were last seen; roles are an address book, never an authority.
   * `null`: the roles could not be read this time, what is known of them stays.
   */
  rememberConversation(key: ConversationKey, roles: readonly string[] | null, at: Instant): Promise<void>;
  /** People last seen in a role, the most recently seen first. */
  peopleAs(role: string): Promise<readonly PersonId[]>;
  conversationOf(person: PersonId): Promise<ConversationKey | null>;
  rememberCard(caseId: CaseId, place: CardPlace): Promise<void>;
  cardOf(caseId: CaseId): Promise<CardPlace | null>;
  /** Remembers a card about a case in somebody else's chat, so that it can be closed when it is answered. */
  rememberLetter(caseId: CaseId, purpose: LetterPurpose, person: PersonId, place: CardPlace): Promise<void>;
  /** Takes the remembered cards of a purpose out: each is given once. */
  takeLetters(caseId: CaseId, purpose: LetterPurpose): Promise<readonly SentLetter[]>;
  /** The newest entry with one of these codes. */
  newestOf(codes: readonly string[]): Promise<RecordedEntry | null>;
  /** How many different callers entries with these codes are about, since a time. */
  callersIn(codes: readonly string[], since: Instant): Promise<number>;
}

/** What a remembered card asks or tells. */
export type LetterPurpose = 'approval' | 'manager-question';

/** A card in somebody else's chat. */
export interface SentLetter {
  readonly person: PersonId;
  readonly place: CardPlace;
}

/** What became of a message to a person. Delivered only with the channel's own id. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly place: CardPlace }
  | { readonly kind: 'not-delivered'; readonly why: 'not-installed' | 'blocked' | 'throttled' | 'unreachable' };

/** A card and the line that notifications and screen readers get. */
export interface Letter {
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** Adaptive Card JSON, schema 1.5, expanded. */
export type AdaptiveCard = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** Writing to people outside their own turn. */
export interface Messenger {
  /** Sends to the person's personal chat. */
  send(to: ConversationKey, letter: Letter): Promise<Delivery>;
  /** Replaces a card that was sent earlier. */
  replace(to: ConversationKey, place: CardPlace, letter: Letter): Promise<Delivery>;
}

/** The clock, ids and waiting, as arguments. */
export interface Surroundings {
  now(): Instant;
  newId(): string;
}
