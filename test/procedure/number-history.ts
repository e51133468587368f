/**
 * Plays the history of one number: when it was changed, when the bot looked at it, and what Microsoft's sources delivered the bot,
 * each as late as it may. Everything goes through afterSighting and ageOf, in the order in which the index would write it.
 */
import { afterSighting, ageOf } from '../../src/procedure/ages.ts';
import type { KnownFact, Sighting, SourceDelays, Watched } from '../../src/procedure/ages.ts';
import type { Age, Instant, Reading } from '../../src/procedure/facts.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;
export const DELAYS: SourceDelays = { feedMs: 2 * MINUTE, logMs: 20 * MINUTE };

/** How long the tenant keeps its log. */
const LOG_KEPT = 30 * DAY;

/** The number was changed. */
export interface Change {
  readonly at: number;
  /** To the number before the last one, and not to a new one. */
  readonly back: boolean;
  /** How late the change feed tells of it. */
  readonly feedLate: number;
  /** How late the log tells of it. */
  readonly logLate: number;
  /** The log never tells, unless the feed cannot either: of a change that no source ever tells nobody can know. */
  readonly neverLogged: boolean;
}

/** What the bot did, and when. `lasts`: until the answer arrived. */
export interface Step {
  readonly kind: keyof typeof STEPS;
  readonly at: number;
  readonly lasts: number;
  /** How much later a case writes than the answer arrived; for the feed, how far "from now on" is behind the clock. */
  readonly waits: number;
}

/** An age that the bot gave a number at `at`, and what was really so. */
export interface Claim {
  readonly age: Reading<Age>;
  readonly at: number;
  /** When the number that was read had come to be on record for the last time; `null`: it was always there. */
  readonly lastChange: number | null;
  /** When it was on record for the first time; `null`: from the beginning. */
  readonly firstOnRecord: number | null;
}

interface Play {
  readonly changes: readonly Change[];
  readonly isDelivered: (change: Change) => boolean;
  readonly claims: Claim[];
  /** A registered phone: no feed tells of it, and the log vouches for nothing. */
  readonly phone: boolean;
  known: KnownFact | null;
  feed: (Watched & { readonly from: number; readonly delivered: number }) | null;
  log: Watched | null;
  erasedAt: number;
  /** Graph no longer knows where the feed was; the feed learns that in its next round. */
  isForgotten: boolean;
}

type Write = (play: Play) => void;

/** What each step reads when it is taken; the result is written later. */
const STEPS = {
  /** A round of the change feed. The first one, and the first after a gap, only begins: changes until then are never delivered. */
  round: (play, { at, waits }, arrived): Write => {
    const { feed, isForgotten } = play;
    play.isForgotten = false;
    if (feed === null || isForgotten) {
      const since = (at + DELAYS.feedMs) as Instant;
      return (now) => {
        now.feed = { from: at + waits, since, upTo: at as Instant, delivered: 0 };
      };
    }
    const shown = play.changes.filter((one) => one.at > feed.from && one.at + one.feedLate <= at);
    const newest = shown.at(-1);
    return (now) => {
      if (newest !== undefined && shown.length > feed.delivered && now.feed?.from === feed.from) {
        see(now, { kind: 'change', digest: valueAt(now.changes, newest.at), at: arrived as Instant });
      }
      if (now.feed?.from === feed.from) now.feed = { ...feed, upTo: at as Instant, delivered: shown.length };
    };
  },
  /** The same page again: a replay, or a round that was written but whose answer was lost. */
  replay: (play, { at }, arrived): Write => {
    const { feed } = play;
    const delivered = play.changes.filter((one) => feed !== null && one.at > feed.from && one.at + one.feedLate <= at);
    const newest = delivered.slice(0, feed?.delivered ?? 0).at(-1);
    return (now) => {
      if (newest !== undefined)
        see(now, { kind: 'change', digest: valueAt(now.changes, newest.at), at: arrived as Instant });
    };
  },
  /** Graph forgot where the feed was: the next round begins anew, and what was not delivered until then never is. */
  gap: (play): Write => {
    play.isForgotten = true;
    return () => undefined;
  },
  /** The tail of the log, with everything in it that is visible by now; entries come again and again. */
  log: (play, { at }): Write => readLog((play.log?.upTo ?? at) - DELAYS.logMs, at),
  /** The log is read back as far as the tenant keeps it. */
  history: (_play, { at }): Write => readLog(at - LOG_KEPT, at),
  /** The list of everybody: a look that nobody asks an age for. */
  list: (play, { at }, arrived): Write => {
    const digest = valueAt(play.changes, at);
    return (now) => see(now, { kind: 'value', digest, at: arrived as Instant });
  },
  /** A case reads the number, writes what it saw, and asks how old it is. */
  look: (play, { at }, arrived): Write => {
    const digest = valueAt(play.changes, at);
    return (now) => {
      see(now, { kind: 'value', digest, at: arrived as Instant });
      if (now.known !== null) now.claims.push(claimOf(now, now.known, at, arrived));
    };
  },
  /** The key of the index was lost: digests go, changes stay, the feed begins anew (ledger/index-key.ts). */
  'new-key': (): Write => (now) => {
    now.known = now.known === null || now.known.changedAt === null ? null : { ...now.known, digest: null };
    now.feed = null;
  },
  /** Everything about the person was erased: nothing vouches for the time before (ledger/index-about.ts). */
  erasure:
    (_play, { at }): Write =>
    (now) => {
      now.known = null;
      now.erasedAt = at;
    },
} satisfies Readonly<Record<string, (play: Play, step: Omit<Step, 'kind'>, arrived: number) => Write>>;

/** Reads the log from a moment on, as far as it is kept. If that leaves a gap, the log is watched anew from there. */
function readLog(from: number, at: number): Write {
  const since = Math.max(from, at - LOG_KEPT) as Instant;
  return (now) => {
    for (const one of now.changes) {
      const isShown = one.at >= since && one.at + one.logLate <= at && !(one.neverLogged && now.isDelivered(one));
      if (isShown) see(now, { kind: 'logged-change', at: one.at as Instant, seenAt: at as Instant });
    }
    const before = now.log !== null && now.log.upTo - DELAYS.logMs >= since ? now.log : { since, upTo: at as Instant };
    now.log = { since: Math.min(since, before.since) as Instant, upTo: Math.max(at, before.upTo) as Instant };
  };
}

function see(play: Play, seen: Sighting): void {
  play.known = afterSighting(play.known, seen, play.feed?.upTo ?? null, DELAYS);
}

function claimOf(play: Play, known: KnownFact, at: number, arrived: number): Claim {
  const cut = (watched: Watched | null): Watched | null =>
    watched === null || play.phone ? null : { ...watched, since: Math.max(watched.since, play.erasedAt) as Instant };
  const witnesses = { feed: cut(play.feed), log: cut(play.log), accountCreatedAt: null };
  const until = play.changes.filter((one) => one.at <= at);
  const value = valueAt(play.changes, at);
  return {
    age: ageOf(known, witnesses, arrived as Instant, DELAYS),
    at,
    lastChange: until.at(-1)?.at ?? null,
    firstOnRecord:
      value === valueAt([], at) ? null : (until.find((one) => valueAt(until, one.at) === value)?.at ?? null),
  };
}

/** The number on record at a moment. */
function valueAt(changes: readonly Change[], at: number): string {
  const values = ['0'];
  for (const [n, one] of changes.entries()) {
    if (one.at > at) break;
    values.push(one.back ? (values.at(-2) ?? '0') : String(n + 1));
  }
  return values.at(-1) ?? '0';
}

/** Plays a history and gives every age that the bot gave in it. Changes are in order and at different moments. */
export function play(changes: readonly Change[], steps: readonly Step[], phone = false): readonly Claim[] {
  const taken = steps.toSorted((a, b) => a.at - b.at);
  const delivered = new Set<Change>();
  // Once to know which changes the feed comes to tell, and once with what the log need not tell therefore.
  if (!phone)
    run(
      taken,
      newPlay(changes, phone, () => false),
      (one) => delivered.add(one),
    );
  const real = newPlay(changes, phone, (one) => delivered.has(one) || phone);
  run(taken, real, () => undefined);
  return real.claims;
}

function newPlay(changes: readonly Change[], phone: boolean, isDelivered: (one: Change) => boolean): Play {
  return {
    changes,
    isDelivered,
    claims: [],
    phone,
    known: null,
    feed: null,
    log: null,
    erasedAt: 0,
    isForgotten: false,
  };
}

/** Every step is taken at its time and written at its own, the feed's in order: it waits for its own writes. */
function run(steps: readonly Step[], playing: Play, onDelivered: (one: Change) => void): void {
  const due: { readonly at: number; readonly write: Write }[] = [];
  const writeUntil = (moment: number): void => {
    due.sort((a, b) => a.at - b.at);
    for (let first = due[0]; first !== undefined && first.at <= moment; first = due[0]) {
      due.shift();
      const before = playing.feed?.delivered ?? 0;
      first.write(playing);
      const { feed } = playing;
      if (feed === null || feed.delivered <= before) continue;
      const shown = playing.changes.filter((one) => one.at > feed.from && one.at + one.feedLate <= feed.upTo);
      for (const one of shown) onDelivered(one);
    }
  };
  let feedWaitsUntil = 0;
  for (const step of steps) {
    const { kind, at, lasts, waits } = step;
    const isFeed = kind === 'round' || kind === 'replay';
    if (isFeed && (playing.phone || at < feedWaitsUntil)) continue;
    writeUntil(at);
    const arrived = at + lasts;
    if (isFeed) feedWaitsUntil = arrived;
    const isCase = kind === 'look' || kind === 'list';
    due.push({ at: arrived + (isCase ? waits : 0), write: STEPS[kind](playing, step, arrived) });
  }
  writeUntil(Infinity);
}
