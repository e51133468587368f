/**
 * How long a fact about a person is known not to have changed: a telephone number, the manager, a registered phone.
 *
 * Before an attacker calls the helpdesk, they change the number on record to their own. The tenant's audit log tells of it
 * minutes later, or never, so the bot keeps a digest of every value it saw. A value that differs from the one seen before
 * counts as changed just now, whatever any log says. A value seen for the first time counts as unchanged only for as long as
 * a source was watched that would have told of a change, and only once that source has caught up with the moment of the
 * first sight.
 *
 * What no digest can tell is that a value was another one for a while and came back between two looks, if no source told of
 * it. It is the same value then: whoever put it there did so before the first of the two looks.
 */
import type { Age, Instant, Reading } from './facts.ts';

/** One fact about a person as the index keeps it. The value itself is never kept, only its keyed digest. */
export interface KnownFact {
  /** Digest of the value; `null` when it is only known that it changed, and the value was not seen since. */
  readonly digest: string | null;
  /** When this value was first seen. */
  readonly firstSeenAt: Instant;
  /** The latest moment at which it was seen, or reported, to have changed; `null` when that never happened. */
  readonly changedAt: Instant | null;
}

/** A look at a fact. */
export type Sighting =
  /** The value was read: for a case, or in the list of everybody. `at` is when the answer arrived. */
  | { readonly kind: 'value'; readonly digest: string; readonly at: Instant }
  /**
   * A change feed delivered the value because it changed; `at` is when that arrived. Feeds repeat themselves, so the same
   * value may come again.
   */
  | { readonly kind: 'change'; readonly digest: string; readonly at: Instant }
  /** A log tells that it changed at `at`, but not to what. */
  | { readonly kind: 'logged-change'; readonly at: Instant; readonly seenAt: Instant };

/** How late sources may show what a direct read shows already, in milliseconds. */
export interface SourceDelays {
  readonly feedMs: number;
  readonly logMs: number;
}

/**
 * What Microsoft's sources usually keep to. No figure is promised: a minute is usual for the change feed, and up to fifteen
 * minutes were seen in the audit log.
 */
export const SOURCE_DELAYS: SourceDelays = { feedMs: 120_000, logMs: 20 * 60_000 };

/**
 * A source that was watched: since when without a gap (every change after `since` is told), and up to when it was read, which
 * is when the last complete round asked.
 */
export interface Watched {
  readonly since: Instant;
  readonly upTo: Instant;
}

/** What can vouch for a fact beside its own digest. `null`: there is no such source, or it was never read. */
export interface Witnesses {
  /** A feed that delivers every change of this fact. Registered phones have none. */
  readonly feed: Watched | null;
  /** The audit log, as far back as it was really read. */
  readonly log: Watched | null;
  /** When the account was created: nothing about it is older. */
  readonly accountCreatedAt: Instant | null;
}

/**
 * A change that the feed delivers within this time of the first sight of its value is the one that the sight was too early
 * for, if no other change is known. Later than that, it is more likely that Graph told of a person anew for another reason.
 * In milliseconds; far beyond what is usual, because Microsoft promises no figure.
 */
const LATE_DELIVERY_MS = 60 * 60_000;

/**
 * What is known about a fact after a look at it. `feedReadUpTo`: up to when the change feed had been read before this look. A
 * change that it delivers for a value seen after that is the change the first sight was too early to recognize.
 *
 * Looks may arrive in another order than they were taken. One that is older than the first sight of the present value never
 * replaces it.
 */
export function afterSighting(
  known: KnownFact | null,
  seen: Sighting,
  feedReadUpTo: Instant | null,
  delays: SourceDelays,
): KnownFact {
  if (seen.kind === 'logged-change') {
    if (known === null) return { digest: null, firstSeenAt: seen.seenAt, changedAt: seen.at };
    return { ...known, changedAt: later(known.changedAt, seen.at) };
  }
  const { digest, at } = seen;
  if (known === null) return { digest, firstSeenAt: at, changedAt: seen.kind === 'change' ? at : null };
  if (known.digest === null) {
    // The log told of an earlier change. Whether this is the same one or another one is not known.
    return {
      digest,
      firstSeenAt: at,
      changedAt: seen.kind === 'change' ? later(known.changedAt, at) : known.changedAt,
    };
  }
  if (known.digest !== digest) {
    // An older look at another value: the present one came between the two, at the latest when it was first seen.
    if (at < known.firstSeenAt) return { ...known, changedAt: later(known.changedAt, known.firstSeenAt) };
    return { digest, firstSeenAt: at, changedAt: later(known.changedAt, at) };
  }
  const firstSeenAt = at < known.firstSeenAt ? at : known.firstSeenAt;
  const patience = known.changedAt === null ? Math.max(delays.feedMs, LATE_DELIVERY_MS) : delays.feedMs;
  const tooEarly = feedReadUpTo === null || feedReadUpTo < known.firstSeenAt + patience;
  if (seen.kind === 'change' && tooEarly) return { digest, firstSeenAt, changedAt: later(known.changedAt, at) };
  return firstSeenAt === known.firstSeenAt ? known : { ...known, firstSeenAt };
}

/** Known for longer than this, a value needs no other witness: no policy asks for more. In milliseconds. */
const LONG_KNOWN_MS = 30 * 24 * 3_600_000;

/**
 * The age of a fact whose present value was read at `readAt` and is the one in `known`.
 *
 * Unread `not-confirmed`: the value was never seen, or first seen so recently that the feed may not have told of its change
 * yet; a look some minutes later settles it. Unread `stale`: the feed was not read for so long that it vouches for nothing.
 */
export function ageOf(known: KnownFact, witnesses: Witnesses, readAt: Instant, delays: SourceDelays): Reading<Age> {
  const { feed, log, accountCreatedAt } = witnesses;
  const { digest, firstSeenAt, changedAt } = known;
  if (digest === null) return { kind: 'unread', why: 'not-confirmed' };
  if (changedAt !== null && changedAt >= firstSeenAt) return changed(changedAt, readAt);
  let since: number = firstSeenAt;
  if (feed !== null) {
    if (feed.upTo >= firstSeenAt + delays.feedMs) {
      since = Math.min(since, feed.since);
      // The log vouches for the time before that, if it had shown everything up to then.
      if (log !== null && log.upTo >= since + delays.logMs) since = Math.min(since, log.since);
    } else if (readAt - firstSeenAt < LONG_KNOWN_MS) {
      return { kind: 'unread', why: readAt - feed.upTo > delays.feedMs ? 'stale' : 'not-confirmed' };
    }
  }
  // A change from before the first sight: the value may be the one of that change, and nothing vouches for more.
  if (changedAt !== null && changedAt >= since) return changed(changedAt, readAt);
  return { kind: 'read', value: { since: Math.max(since, accountCreatedAt ?? 0) as Instant, changed: false } };
}

/** A log whose clock is ahead of ours must not make a change younger than the look: an age is never negative. */
function changed(at: Instant, readAt: Instant): Reading<Age> {
  return { kind: 'read', value: { since: at < readAt ? at : readAt, changed: true } };
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}
