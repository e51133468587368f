/**
 * The directory as casework needs it: who people are, what is known about a caller, and creating and deleting a pass.
 * Every expected answer is data. A Fault is thrown only where the procedure cannot go on without the answer.
 */
import type { IssuedPass, PassOrder, SelfServiceProgress } from '../../procedure/case.ts';
import type { LicenseFacts, SignInFact } from '../../procedure/diagnosis.ts';
import type {
  CallerFacts,
  ClockFacts,
  GroupId,
  Instant,
  PersonId,
  Reading,
  RegisteredMethod,
} from '../../procedure/facts.ts';
import type { Deadline } from './runtime.ts';
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
  /** The digest of the number, as in its NumberOnRecord: both must be about the same number before it is dialed. */
  readonly digest: string;
  /** International format as libphonenumber writes it, or the directory's own text when it cannot be parsed. */
  readonly display: string;
}

/** What people read about a caller. It is never stored. */
export interface CallerProfile {
  readonly person: Person;
  readonly managerName: string | null;
  /** The manager's office number in the directory, to call them about their card. Never used as proof. */
  readonly managerNumber: string | null;
  readonly numbers: readonly DialableNumber[];
}

/** Somebody's account and groups at this moment. Somebody the directory does not know has no enabled account and is in no group. */
export interface AccountNow {
  readonly enabled: boolean;
  /** Those of the groups asked about that the person belongs to, directly or through other groups. */
  readonly groups: ReadonlySet<GroupId>;
}

/** A member of a group, and how they are called on the phone. Both live in memory and on cards, never in the ledger. */
export interface GroupMember {
  readonly id: PersonId;
  readonly displayName: string;
  /** Their office number in the directory, or else the mobile number there; `null` when there is neither. */
  readonly number: string | null;
}

/** The members of a group. `first-pages`: there are more than were read, so nobody may say that these are all. */
export interface GroupMembers {
  readonly people: readonly GroupMember[];
  readonly listed: 'all' | 'first-pages';
}

/** The facts that come from Graph. The others come from our own ledger. */
export type GraphFacts = Omit<CallerFacts, 'history' | 'closeToTechnician' | 'technicianNumbers'>;

/** The outcome of creating a pass. It is never retried: one call is one POST. */
export type PassCreation =
  | { readonly kind: 'created'; readonly pass: IssuedPass; readonly secret: Secret }
  /** Graph refused (4xx), so certainly no pass exists. `reason` is safe to show and to log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** A timeout, a 5xx, a lost connection or an unreadable answer: the pass may exist. */
  | { readonly kind: 'unanswered'; readonly reason: string };

/** A pass as Graph lists it: everything but the code. `alive`: see `ExistingPass`. */
export interface PassFound extends IssuedPass {
  readonly createdAt: Instant;
  readonly alive: boolean;
}

/**
 * One look after the deletion of a pass. `gone`: deleted, used up or expired, as far as one look tells; only a second one, some
 * time later, makes it certain. `still-there`: Graph lists it as alive. `not-known`: Graph did not say.
 */
export type PassLook = 'gone' | 'still-there' | 'not-known';

/**
 * Somebody a search found. `similar`: their name differs from what was written by accents or one letter, so somebody has to
 * look at it before a case is opened.
 */
export interface FoundPerson extends Person {
  readonly match: 'as-written' | 'similar';
}

/**
 * The directory: Microsoft Graph, without any function that could set a password. A read with a `deadline` ends with it, whatever
 * it waits for; what was not read by then is unread because of `timeout`, or throws the Fault that says so.
 */
export interface Directory {
  /**
   * Finds people by UPN, mail, employee id, alias, on-premises account name (also as DOMAIN\user) or display name, in this
   * order of exactness; at most `limit`. An exact hit comes alone. When nobody matches, people with a similar name.
   * Throws Fault when Graph cannot be read.
   */
  findPeople(query: string, limit: number, deadline?: Deadline): Promise<readonly FoundPerson[]>;
  /** One person by id; `null` when Graph knows nobody with this id. Throws Fault when Graph cannot be read. */
  person(id: PersonId, deadline?: Deadline): Promise<Person | null>;
  /** The facts about a caller, and what people read about them. A part that could not be read is unread; nothing is thrown. */
  readSnapshot(caller: PersonId, deadline?: Deadline): Promise<{ facts: GraphFacts; profile: CallerProfile | null }>;
  /** Somebody's manager on record; `value: null` when there is none. */
  managerOf(person: PersonId, deadline?: Deadline): Promise<Reading<PersonId | null>>;
  /** The digests of the numbers that somebody has on record, comparable with those of `NumberOnRecord`. */
  numbersOf(person: PersonId, deadline?: Deadline): Promise<Reading<readonly string[]>>;
  /** The caller's sign-ins since a time, newest first, at most 25. Slow and throttled, so the first card never waits for it. */
  readSignIns(caller: PersonId, since: Instant): Promise<Reading<readonly SignInFact[]>>;
  /** The plans that matter for self-service, as the caller's license details tell them. */
  readLicense(caller: PersonId): Promise<Reading<LicenseFacts>>;
  /** Installs this bot for a person, so that it can write to them. */
  installApp(person: PersonId): Promise<'installed' | 'already-there' | 'not-permitted' | 'not-known'>;
  /** The methods registered right now. */
  readMethods(caller: PersonId, deadline?: Deadline): Promise<Reading<readonly RegisteredMethod[]>>;
  /** The pass that the caller has now, alive or not; `value: null` when there is none. */
  readPass(caller: PersonId): Promise<Reading<PassFound | null>>;
  /**
   * Creates a pass with a single POST that is never repeated. The id of the order is sent as the request's correlation id.
   * `deadline`: how long the answer is waited for. Afterwards the order is unanswered: the pass may exist.
   */
  createPass(caller: PersonId, order: PassOrder, deadline?: Deadline): Promise<PassCreation>;
  /** Deletes a pass, and looks whether it is gone. */
  deletePass(caller: PersonId, passId: string): Promise<PassLook>;
  /** Where somebody stands now, as to these groups (at most 20). One round trip. Throws Fault when any of it is unreadable. */
  standing(person: PersonId, groups: readonly GroupId[], deadline?: Deadline): Promise<AccountNow>;
  /** The members of a group whose accounts are enabled, nested groups included; of a huge group the first ten pages (9,990). */
  membersOf(group: GroupId, deadline?: Deadline): Promise<Reading<GroupMembers>>;
  /**
   * The SSPR events about these people since `since`, oldest first, as far as the tenant's audit log told of them.
   * Unread when the log was not read for too long.
   */
  selfServiceEvents(
    since: Instant,
    about: readonly PersonId[],
  ): Promise<Reading<readonly { readonly about: PersonId; readonly progress: SelfServiceProgress }[]>>;
  /** Has the audit log read now, so that `selfServiceEvents` tells what it knows at this moment. Never rejects. */
  readLogNow(): Promise<void>;
  /**
   * When the passwords of these people (at most 20) were last changed, by whomever; `value: null` when never. One round trip,
   * and live: the audit log tells the same minutes later.
   */
  passwordChangedAt(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Reading<Instant | null>>>;
  /** Up to when changes of numbers and managers were seen; `null` before the first look. */
  changesSeenUpTo(): Instant | null;
  /** Ends the sessions of a person, where the tenant granted the permission for it. */
  endSessions(person: PersonId): Promise<'ended' | 'not-permitted' | 'not-known'>;
  /** Our clock against Microsoft's, as the last answer showed it. */
  clock(): Reading<ClockFacts>;
  /** The time by Microsoft's clock, as the last answer showed it; ours as long as there was none. */
  now(): Instant;
}
