/**
 * What the bot remembers of the tenant between two looks at it. The tenant feed (graph/feed/) writes it, and so does every
 * case that reads a caller; the ledger's database keeps it. No name and no number is in it: values are kept as keyed digests.
 */
import type { SelfServiceProgress } from '../../procedure/case.ts';
import type { KnownFact, Sighting } from '../../procedure/ages.ts';
import type { GroupId, Instant, PersonId, RegistrationFacts, RiskFacts, UnreadReason } from '../../procedure/facts.ts';

/** A source that the feed follows. `people`: the change feed. `everybody`: the list of all accounts, to know their values. */
export type SourceName = 'people' | 'everybody' | 'audit' | 'audit-history' | 'risk' | 'registration' | 'members';

/** How far a source was read. */
export interface SourceStatus {
  readonly source: SourceName;
  /** Where the next round goes on: Graph's own link or a moment, opaque to the index. `null`: from the beginning. */
  readonly cursor: string | null;
  /** When the last complete round began. What the source showed by then is in the index. `null`: no round was complete. */
  readonly seenUpTo: Instant | null;
  /** Since when the source has been followed without a gap; for the audit log, how far back it was read without a gap. */
  readonly observedSince: Instant | null;
  /** Why the last round failed; `null` when it did not. */
  readonly trouble: UnreadReason | null;
}

/** A fact whose changes are followed. `method:<id>` is a registered phone or e-mail address. */
export type FollowedFact = 'office-number' | 'mobile-number' | 'manager' | `method:${string}`;

/** A look at one fact about one person. */
export interface FactSighting {
  readonly person: PersonId;
  readonly fact: FollowedFact;
  readonly seen: Sighting;
}

/** What is known about the followed facts of a person, and what can vouch for it, all as of one moment. */
export interface KnownFacts {
  readonly facts: ReadonlyMap<FollowedFact, KnownFact>;
  /** A status read at another moment could vouch for a change that is not among `facts` yet. */
  readonly sources: ReadonlyMap<SourceName, SourceStatus>;
  /** When the data about this person were last erased: no source vouches for what was before. `null`: never. */
  readonly erasedAt: Instant | null;
}

/** Something the tenant's audit log tells about a person. */
export interface TenantEvent {
  /** Microsoft's id of the entry: it comes more than once, and is kept once for each person it is about. */
  readonly id: string;
  readonly at: Instant;
  readonly about: PersonId;
  readonly what:
    | { readonly kind: 'self-service'; readonly progress: SelfServiceProgress }
    | { readonly kind: 'security-info'; readonly activity: string }
    | { readonly kind: 'pass-created' | 'pass-deleted' | 'reset-by-administrator' | 'policy-changed' };
}

/** A person's row in the registration report, and when the bot read it. */
export interface KnownRegistration {
  readonly facts: RegistrationFacts;
  readonly readAt: Instant;
}

/** What ID Protection says about a person, and when Microsoft last changed it (`riskLastUpdatedDateTime`): the newest counts. */
export interface KnownRisk {
  readonly person: PersonId;
  readonly facts: RiskFacts;
  readonly at: Instant;
}

/** What one round of a source found. It is written together with the new status, or not at all. */
export interface IndexUpdate {
  /** Absent when the update comes from a case and not from a round of the feed. */
  readonly status?: SourceStatus;
  readonly sightings?: readonly FactSighting[];
  readonly events?: readonly TenantEvent[];
  readonly risks?: readonly KnownRisk[];
  /** `true`: `risks` is the whole list, and whoever is not in it has no risk. */
  readonly risksAreComplete?: boolean;
  readonly registrations?: readonly { readonly person: PersonId; readonly known: KnownRegistration }[];
  /** The members of a group replace those known before. */
  readonly members?: readonly { readonly group: GroupId; readonly people: readonly PersonId[] }[];
}

/** Events older than this are of no use to any case or rule. In milliseconds; see `forgetEventsBefore`. */
export const EVENTS_KEPT_MS = 35 * 24 * 3_600_000;

/**
 * The index. Throws Fault `ledger-unwritable`, `ledger-unreadable` or `ledger-corrupt` when the database fails.
 *
 * Moments of sightings are those at which the answer arrived, `seenUpTo` is the moment at which the round asked: so a change
 * is never dated too early, and no source vouches for more than it showed.
 */
export interface TenantIndex {
  /** The keyed digest of a value of a fact, base64url. Equal values of one fact give equal digests. */
  digest(fact: FollowedFact, value: string): string;
  /** The sources that have been read or tried. */
  sources(): Promise<ReadonlyMap<SourceName, SourceStatus>>;
  /**
   * Writes an update in one transaction, so that a cursor never moves without what was found, nor the reverse. Sightings are
   * merged with what is known (procedure/ages.ts). An update may come again, and updates may come in any order, but for the
   * status, a complete list of risks and the members of a group: of these the last one written counts.
   */
  write(update: IndexUpdate): Promise<void>;
  /** What is known about the followed facts of a person. */
  factsAbout(person: PersonId): Promise<KnownFacts>;
  /** How many people other than `person` have a followed fact with one of these digests: how many share a number. */
  othersWith(digests: readonly string[], person: PersonId): Promise<number>;
  /** Events about these people since a moment, oldest first. */
  eventsAbout(people: readonly PersonId[], since: Instant): Promise<readonly TenantEvent[]>;
  /** The risk that was read for a person; `null` when the list does not have them. */
  riskOf(person: PersonId): Promise<RiskFacts | null>;
  registrationOf(person: PersonId): Promise<KnownRegistration | null>;
  /** The members of a group; `null` when they have not been read. */
  membersOf(group: GroupId): Promise<readonly PersonId[] | null>;
  /** Removes events older than a moment (`EVENTS_KEPT_MS` ago). The followed facts stay: their age is what they are kept for. */
  forgetEventsBefore(moment: Instant): Promise<void>;
}
