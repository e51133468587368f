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

/** Something the tenant's audit log tells about a person. */
export interface TenantEvent {
  /** Microsoft's id of the entry: it comes more than once, and is kept once. */
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

/** What one round of a source found. It is written together with the new status, or not at all. */
export interface IndexUpdate {
  /** Absent when the update comes from a case and not from a round of the feed. */
  readonly status?: SourceStatus;
  readonly sightings?: readonly FactSighting[];
  readonly events?: readonly TenantEvent[];
  readonly risks?: readonly { readonly person: PersonId; readonly facts: RiskFacts }[];
  /** `true`: `risks` is the whole list, and whoever is not in it has no risk. */
  readonly risksAreComplete?: boolean;
  readonly registrations?: readonly { readonly person: PersonId; readonly known: KnownRegistration }[];
  /** The members of a group replace those known before. */
  readonly members?: readonly { readonly group: GroupId; readonly people: readonly PersonId[] }[];
}

/** The index. Throws Fault `ledger-unwritable` or `ledger-unreadable` when the database fails. */
export interface TenantIndex {
  /** The keyed digest of a value of a fact, base64url. Equal values of one fact give equal digests. */
  digest(fact: FollowedFact, value: string): string;
  /** The sources that have been read or tried. */
  sources(): Promise<ReadonlyMap<SourceName, SourceStatus>>;
  /** Writes an update in one transaction. Sightings are merged with what is known (procedure/ages.ts). */
  write(update: IndexUpdate): Promise<void>;
  /** What is known about the followed facts of a person. */
  factsAbout(person: PersonId): Promise<ReadonlyMap<FollowedFact, KnownFact>>;
  /** Events about these people since a moment, oldest first. */
  eventsAbout(people: readonly PersonId[], since: Instant): Promise<readonly TenantEvent[]>;
  /** The risk that was read for a person; `null` when the list does not have them. */
  riskOf(person: PersonId): Promise<RiskFacts | null>;
  registrationOf(person: PersonId): Promise<KnownRegistration | null>;
  /** The members of a group; `null` when they have not been read. */
  membersOf(group: GroupId): Promise<readonly PersonId[] | null>;
  /** Removes events older than a moment. The followed facts stay: their age is what they are kept for. */
  forgetEventsBefore(moment: Instant): Promise<void>;
}
