/**
 * The directory as casework needs it: who people are, what is known about a caller, and the life of a pass.
 * Every expected answer is data. A Fault is thrown only when the directory failed in a way the procedure has no place for.
 */
import type { IssuedPass, PassOrder, SelfServiceProgress } from '../../procedure/case.ts';
import type { LicenseFacts, SignInFact } from '../../procedure/diagnosis.ts';
import type { CallerFacts, GroupId, Instant, PersonId, Reading, RegisteredMethod } from '../../procedure/facts.ts';
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
export interface CallerProfile {
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
  readSnapshot(caller: PersonId): Promise<{ facts: GraphFacts; profile: CallerProfile | null }>;
  /** The manager on record of anybody; `value: null` when there is none. */
  managerOf(person: PersonId): Promise<Reading<PersonId | null>>;
  /** The caller's sign-ins since a time, newest first, at most 25. Slow and throttled: never on the way to the first card. */
  readSignIns(caller: PersonId, since: Instant): Promise<Reading<readonly SignInFact[]>>;
  /** The plans that matter for self-service, as the caller's license details tell them. */
  readLicense(caller: PersonId): Promise<Reading<LicenseFacts>>;
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
