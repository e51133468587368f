/** How old a fact is, from what was seen of it: by hand, and for generated histories of changes, looks and delays. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterSighting, ageOf } from '../../src/procedure/ages.ts';
import type { KnownFact, Sighting, SourceDelays, Watched, Witnesses } from '../../src/procedure/ages.ts';
import type { Instant } from '../../src/procedure/facts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DELAYS: SourceDelays = { feedMs: 2 * MINUTE, logMs: 20 * MINUTE };
const at = (ms: number): Instant => ms as Instant;
const NOW = at(100 * DAY);
const ago = (ms: number): Instant => at(NOW - ms);
const value = (digest: string, when: Instant): Sighting => ({ kind: 'value', digest, at: when });
const change = (digest: string, when: Instant): Sighting => ({ kind: 'change', digest, at: when });
const logged = (when: Instant, seenAt: Instant): Sighting => ({ kind: 'logged-change', at: when, seenAt });
const watched = (since: Instant, upTo: Instant = NOW): Watched => ({ since, upTo });
const by = (feed: Watched | null, log: Watched | null = null): Witnesses => ({ feed, log, accountCreatedAt: null });

/** What is known after these looks; the feed had been read up to `feedReadUpTo` before each of them. */
function after(sightings: readonly Sighting[], feedReadUpTo: Instant | null = null): KnownFact {
  let known: KnownFact | null = null;
  for (const seen of sightings) known = afterSighting(known, seen, feedReadUpTo, DELAYS);
  assert.ok(known !== null);
  return known;
}

const age = (known: KnownFact, witnesses: Witnesses) => ageOf(known, witnesses, NOW, DELAYS);
const since = (when: Instant, changed = false) => ({ kind: 'read', value: { since: when, changed } }) as const;

describe('The age of a number', () => {
  it('is counted from where the change feed began, once the feed has caught up with the first look', () => {
    const known = after([value('a', ago(10 * MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(3 * DAY)))), since(ago(3 * DAY)));
  });

  it('is not known before the feed has caught up: the number may have been changed a minute ago', () => {
    const known = after([value('a', ago(MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(3 * DAY)))), { kind: 'unread', why: 'not-confirmed' });
    assert.deepEqual(age(known, by(watched(ago(3 * DAY), ago(5 * MINUTE)))), { kind: 'unread', why: 'stale' });
  });

  it('goes back as far as the log was read, also for numbers that were seen before the feed began', () => {
    const log = watched(ago(30 * DAY));
    for (const first of [ago(60 * MINUTE), ago(50 * MINUTE), ago(40 * MINUTE)]) {
      const known = after([value('a', first)]);
      assert.deepEqual(age(known, by(watched(ago(50 * MINUTE)), log)), since(ago(30 * DAY)));
    }
  });

  it('goes back no further than the feed while the log may still hide a change from just before', () => {
    const known = after([value('a', ago(10 * MINUTE))]);
    const feed = watched(ago(15 * MINUTE));
    assert.deepEqual(age(known, by(feed, watched(ago(30 * DAY)))), since(ago(15 * MINUTE)));
  });

  it('survives a gap in the feed: a number that was known before is still the same one', () => {
    const known = after([value('a', ago(20 * DAY)), value('a', ago(MINUTE))]);
    const log = watched(ago(40 * DAY));
    assert.deepEqual(age(known, by(watched(ago(60 * MINUTE)), log)), since(ago(40 * DAY)));
  });

  it('begins anew with every number that differs from the one before', () => {
    const known = after([value('a', ago(20 * DAY)), value('b', ago(MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(20 * DAY)))), since(ago(MINUTE), true));
  });

  it('begins with the change that the feed tells about a number seen too early to know', () => {
    const known = after([value('b', ago(3 * MINUTE)), change('b', ago(2 * MINUTE))], ago(4 * MINUTE));
    assert.deepEqual(age(known, by(watched(ago(20 * DAY)))), since(ago(2 * MINUTE), true));
  });

  it('does not begin anew when the feed repeats itself', () => {
    const known = after([value('a', ago(DAY)), change('a', ago(MINUTE))], ago(MINUTE));
    assert.deepEqual(age(known, by(watched(ago(20 * DAY)))), since(ago(20 * DAY)));
  });

  it('begins with a change that the feed tells within the hour, later than it usually does', () => {
    const early = after([value('b', ago(50 * MINUTE)), change('b', ago(10 * MINUTE))], ago(11 * MINUTE));
    assert.deepEqual(age(early, by(watched(ago(20 * DAY)))), since(ago(10 * MINUTE), true));
    const repeated = after([change('b', ago(50 * MINUTE)), change('b', ago(10 * MINUTE))], ago(11 * MINUTE));
    assert.deepEqual(age(repeated, by(watched(ago(20 * DAY)))), since(ago(50 * MINUTE), true));
  });

  it('does not begin anew when an older look is written after a newer one', () => {
    const feed = by(watched(ago(20 * DAY)));
    assert.deepEqual(age(after([value('a', ago(DAY)), value('a', ago(2 * DAY))]), by(null)), since(ago(2 * DAY)));
    const overtaken = after([value('b', ago(60 * MINUTE)), value('a', ago(70 * MINUTE)), value('b', ago(MINUTE))]);
    assert.deepEqual(age(overtaken, feed), since(ago(60 * MINUTE), true));
    const repeated = after([value('a', ago(DAY)), change('b', ago(60 * MINUTE)), value('a', ago(DAY))]);
    assert.deepEqual(age(repeated, feed), since(ago(60 * MINUTE), true));
  });

  it('is not known as long as only a log told of the number and nobody has seen it', () => {
    const known = after([logged(ago(20 * DAY), ago(DAY))]);
    assert.deepEqual(age(known, by(watched(ago(30 * DAY)))), { kind: 'unread', why: 'not-confirmed' });
  });

  it('is never less than nothing, even if the clock of the log is ahead', () => {
    const known = after([value('a', ago(DAY)), logged(at(NOW + MINUTE), NOW)]);
    assert.deepEqual(age(known, by(watched(ago(30 * DAY)))), since(NOW, true));
  });

  it('begins with a change that only the log tells about', () => {
    const known = after([value('a', ago(DAY)), logged(ago(2 * DAY), ago(MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(3 * DAY)))), since(ago(2 * DAY), true));
  });

  it('is not that of an old change in the log when the number itself was never seen before', () => {
    const old = logged(ago(20 * DAY), ago(DAY));
    const feed = watched(ago(DAY));
    assert.deepEqual(age(after([old, value('b', ago(MINUTE))]), by(feed)), { kind: 'unread', why: 'not-confirmed' });
    assert.deepEqual(age(after([old, change('b', ago(MINUTE))]), by(feed)), since(ago(MINUTE), true));
    assert.deepEqual(age(after([old, value('b', ago(60 * MINUTE))]), by(feed)), since(ago(DAY)));
    assert.deepEqual(
      age(after([old, value('b', ago(60 * MINUTE))]), by(feed, watched(ago(30 * DAY)))),
      since(ago(20 * DAY), true),
    );
  });

  it('of a registered phone is that of its own digest, which the log can only make younger', () => {
    const nobody = by(null, null);
    assert.deepEqual(age(after([value('a', ago(15 * DAY))]), nobody), since(ago(15 * DAY)));
    const withLog = (when: Instant) => after([value('a', ago(15 * DAY)), logged(when, NOW)]);
    assert.deepEqual(age(withLog(ago(40 * DAY)), nobody), since(ago(15 * DAY)));
    assert.deepEqual(age(withLog(ago(5 * DAY)), nobody), since(ago(5 * DAY), true));
  });

  it('is known at the very moment at which the feed, and the log, have caught up', () => {
    const known = after([value('a', ago(2 * MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(3 * DAY)))), since(ago(3 * DAY)));
    assert.equal(age(known, by(watched(ago(3 * DAY), at(NOW - 1)))).kind, 'unread');
    const feed = watched(ago(20 * MINUTE));
    assert.deepEqual(age(known, by(feed, watched(ago(30 * DAY)))), since(ago(30 * DAY)));
    assert.deepEqual(age(known, by(feed, watched(ago(30 * DAY), at(NOW - 1)))), since(ago(20 * MINUTE)));
  });

  it('is not known while the feed is behind, unless the number has been known for more than thirty days', () => {
    const behind = (first: Instant) => age(after([value('a', first)]), by(watched(ago(60 * DAY), ago(50 * DAY))));
    assert.deepEqual(behind(ago(30 * DAY)), since(ago(30 * DAY)));
    assert.deepEqual(behind(at(NOW - 30 * DAY + 1)), { kind: 'unread', why: 'stale' });
  });

  it('is called not confirmed as long as the feed was read within its usual delay', () => {
    const known = after([value('a', ago(MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(DAY), ago(2 * MINUTE)))), { kind: 'unread', why: 'not-confirmed' });
    assert.deepEqual(age(known, by(watched(ago(DAY), at(NOW - 2 * MINUTE - 1)))), { kind: 'unread', why: 'stale' });
  });

  it('begins with a change of the very moment at which the feed began', () => {
    const known = after([logged(ago(DAY), ago(DAY)), value('a', ago(60 * MINUTE))]);
    assert.deepEqual(age(known, by(watched(ago(DAY)))), since(ago(DAY), true));
  });

  it('counts a change as told before when the feed had been read to where it can no longer be late', () => {
    const feed = by(watched(ago(20 * DAY)));
    const first = change('b', ago(60 * MINUTE));
    const knownAt = (feedReadUpTo: Instant) => after([first, change('b', ago(MINUTE))], feedReadUpTo);
    assert.deepEqual(age(knownAt(ago(58 * MINUTE)), feed), since(ago(60 * MINUTE), true), 'the feed repeats itself');
    assert.deepEqual(
      age(knownAt(at(ago(58 * MINUTE) - 1)), feed),
      since(ago(MINUTE), true),
      'it may be another change',
    );
  });

  it('is that of the number that was written last, of two that were seen in the same moment', () => {
    const known = after([value('a', ago(DAY)), value('b', ago(DAY))]);
    assert.deepEqual(known, { digest: 'b', firstSeenAt: ago(DAY), changedAt: ago(DAY) });
  });

  it('is never more than that of the account', () => {
    const known = after([value('a', ago(DAY))]);
    const witnesses = { ...by(watched(ago(20 * DAY))), accountCreatedAt: ago(2 * DAY) };
    assert.deepEqual(age(known, witnesses), since(ago(2 * DAY)));
  });
});

/** A history: when the number was changed, when it was looked at, and how late each source was, within its delay. */
const history = fc.record({
  changes: fc.array(fc.record({ before: fc.nat(40 * 24 * 60), logLate: fc.option(fc.nat(20)) }), { maxLength: 5 }),
  looks: fc.array(fc.nat(40 * 24 * 60), { maxLength: 5 }),
  feedBegan: fc.nat(20 * 24 * 60),
  feedLate: fc.nat({ max: 119 }),
  logReaches: fc.integer({ min: 0, max: 30 * 24 * 60 }),
});

describe('A number that was changed', () => {
  it('is never said to be unchanged since before that, whenever it was looked at, and if the log never tells of it', () => {
    fc.assert(
      fc.property(history, ({ changes, looks, feedBegan, feedLate, logReaches }) => {
        const began = ago(feedBegan * MINUTE);
        const feedSince = at(began + DELAYS.feedMs);
        const reach = Math.min(began, ago(logReaches * MINUTE));
        // Before the feed there is only the log: a change of that time that it never tells cannot be known to anybody.
        const all = changes
          .map(({ before, logLate }) => ({ at: ago(before * MINUTE), logLate }))
          .filter((one) => one.logLate !== null || one.at > began)
          .sort((a, b) => a.at - b.at);
        const digestAt = (when: number): string => `n${all.filter((one) => one.at <= when).length}`;
        const tells: { when: number; seen: Sighting }[] = [
          ...[...looks.map((minutes) => ago(minutes * MINUTE)), NOW]
            .filter((when) => when >= began)
            .map((when) => ({ when, seen: value(digestAt(when), when) })),
          ...all
            .map((one) => ({ one, when: at(one.at + feedLate * 1000) }))
            .filter(({ one, when }) => one.at > began && when <= NOW)
            .map(({ when }) => ({ when, seen: change(digestAt(when - feedLate * 1000), when) })),
          ...all
            .map((one) => ({ one, when: one.at + (one.logLate ?? 0) * MINUTE }))
            .filter(({ one, when }) => one.logLate !== null && one.at >= reach && when <= NOW)
            .map(({ one, when }) => {
              const seenAt = at(Math.max(when, began));
              return { when: seenAt, seen: logged(one.at, seenAt) };
            }),
        ].sort((a, b) => a.when - b.when);
        let known: KnownFact | null = null;
        for (const { when, seen } of tells) known = afterSighting(known, seen, at(when - 15_000), DELAYS);
        assert.ok(known !== null);
        const found = age(known, by(watched(feedSince), watched(at(reach))));
        const last = all.at(-1);
        if (found.kind !== 'read' || last === undefined || last.at < reach) return;
        assert.ok(
          found.value.since >= last.at,
          `said to be unchanged since ${found.value.since}, changed at ${last.at}`,
        );
      }),
      { numRuns: 5000 },
    );
  });
});
