/**
 * What the index knows about a caller, put beside what was just read live: since when numbers, the manager and registered
 * phones are known not to have changed, and the caller's risk and registration.
 */
import { Fault } from '../casework/ports/fault.ts';
import type {
  FactSighting,
  FollowedFact,
  KnownFacts,
  SourceName,
  TenantIndex,
} from '../casework/ports/tenant-index.ts';
import { ageOf } from '../procedure/ages.ts';
import type { KnownFact, Watched, Witnesses } from '../procedure/ages.ts';
import type { Age, Instant, PersonId, Reading, RegistrationFacts, RiskFacts } from '../procedure/facts.ts';
import { read, unread } from './answer.ts';
import { REGISTERED_PHONES } from './feed/audit-events.ts';
import { logWatched } from './feed/audit-reach.ts';
import { statusOf } from './feed/source.ts';
import type { Statuses } from './feed/source.ts';
import type { FeedSettings } from './feed/settings.ts';

/** Values of facts, as they were read a moment ago, in the form that is compared (canonical.ts). */
export type LiveValues = ReadonlyMap<FollowedFact, string>;

/** What the index adds to a caller's snapshot. */
export interface Known {
  /** The age of a fact whose live value was handed in. */
  age(fact: FollowedFact): Reading<Age>;
  readonly risk: Reading<RiskFacts>;
  readonly registration: Reading<RegistrationFacts>;
  /** The row of the registration report is missing or old. */
  readonly registrationIsOld: boolean;
}

/** Whose facts are looked up, and what was read of them. */
interface Look {
  readonly person: PersonId;
  readonly values: LiveValues;
  /** When the last of the values had arrived. */
  readonly readAt: Instant;
  readonly accountCreatedAt: Instant | null;
}

/** Looks somebody up. What differs from what is known, or is new, is written first. An index that fails leaves everything unread. */
export async function lookUp(index: TenantIndex, settings: FeedSettings, look: Look): Promise<Known> {
  try {
    const [known, risk, row] = await Promise.all([
      learn(index, look),
      index.riskOf(look.person),
      index.registrationOf(look.person),
    ]);
    const at = look.readAt;
    return {
      age: (fact) => ageIn(known, fact, look, settings),
      risk: riskIn(known.sources, risk, settings, at),
      registration: row === null ? unread(whyMissing(known.sources, 'registration')) : read(row.facts),
      registrationIsOld: row === null || at - row.readAt > settings.every.registration,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const nothing = unread('unreachable');
    return { age: () => nothing, risk: nothing, registration: nothing, registrationIsOld: false };
  }
}

/** What is known after this look. Nothing is written when the look shows nothing new. */
async function learn(index: TenantIndex, { person, values, readAt }: Look): Promise<KnownFacts> {
  const before = await index.factsAbout(person);
  const sightings = [...values].flatMap(([fact, value]): readonly FactSighting[] => {
    const digest = index.digest(fact, value);
    if (before.facts.get(fact)?.digest === digest) return [];
    return [{ person, fact, seen: { kind: 'value', digest, at: readAt } }];
  });
  if (sightings.length === 0) return before;
  await index.write({ sightings });
  return index.factsAbout(person);
}

function ageIn(known: KnownFacts, fact: FollowedFact, look: Look, { delays }: FeedSettings): Reading<Age> {
  const own = known.facts.get(fact);
  if (own === undefined) return unread('missing');
  if (!fact.startsWith('method:')) return ageOf(own, witnesses(known, look), look.readAt, delays);
  // A registered phone has no feed, and the log may only make it younger: nothing but its own digest vouches for it.
  const alone: Witnesses = { feed: null, log: null, accountCreatedAt: look.accountCreatedAt };
  return ageOf(withPhoneChanges(own, known.facts.get(REGISTERED_PHONES)), alone, look.readAt, delays);
}

/** The log tells that a phone was registered, but not which one: it may have been this one. */
function withPhoneChanges(own: KnownFact, phones: KnownFact | undefined): KnownFact {
  const changedAt = phones?.changedAt ?? null;
  if (changedAt === null || (own.changedAt !== null && own.changedAt >= changedAt)) return own;
  return { ...own, changedAt };
}

function witnesses({ sources, erasedAt }: KnownFacts, { accountCreatedAt }: Look): Witnesses {
  const people = statusOf(sources, 'people');
  const { observedSince: since, seenUpTo: upTo } = people;
  const feed = since === null || upTo === null ? null : { since, upTo };
  return { feed: after(erasedAt, feed), log: after(erasedAt, logWatched(sources)), accountCreatedAt };
}

/** What was erased about a person cannot be vouched for. */
function after(erasedAt: Instant | null, watched: Watched | null): Watched | null {
  if (watched === null || erasedAt === null || watched.since >= erasedAt) return watched;
  return { ...watched, since: erasedAt };
}

/** Why a source has nothing about somebody. */
function whyMissing(sources: Statuses, source: SourceName) {
  const { trouble, seenUpTo } = statusOf(sources, source);
  return trouble ?? (seenUpTo === null ? 'not-asked' : 'missing');
}

function riskIn(sources: Statuses, risk: RiskFacts | null, { stale }: FeedSettings, now: Instant): Reading<RiskFacts> {
  const { trouble, seenUpTo } = statusOf(sources, 'risk');
  if (trouble === 'not-licensed') return risk?.confirmedCompromised === true ? read(risk) : unread(trouble);
  if (seenUpTo === null) return unread(trouble ?? 'not-asked');
  if (now - seenUpTo > stale.risk) return unread(trouble ?? 'stale');
  return read(risk ?? { level: 'none', confirmedCompromised: false });
}
