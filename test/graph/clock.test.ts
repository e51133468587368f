import assert from 'node:assert/strict';
import { measureClock } from '../../src/graph/clock.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const SECOND = 1000;

/** An answer of Graph with this time in it. */
function answer(time: number, others: Readonly<Record<string, string>> = { 'request-id': 'r1' }): Headers {
  return new Headers({ date: new Date(time).toUTCString(), ...others });
}

/** A clock that is ahead of Microsoft's by so many seconds, measured once with an answer that took `took` milliseconds. */
function measured(ahead: number, took = 200): number {
  const clock = measureClock(() => NOON);
  const theirs = NOON - ahead * SECOND;
  clock.measure(NOON - took, NOON, answer(theirs));
  const facts = clock.facts();
  return facts.kind === 'read' ? facts.value.secondsAhead : assert.fail('not measured');
}

describe('Our clock, measured by the answers of Microsoft', () => {
  it('is not known before the first answer', () => {
    assert.deepEqual(measureClock(() => NOON).facts(), { kind: 'unread', why: 'not-asked' });
    assert.equal(measureClock(() => NOON).now(), NOON);
  });

  it('is told in steps of half a minute, rounded away from zero, ahead and behind', () => {
    const seconds = [0, 5, 29, 40, 61, 121, 180, 3600, -10, -40, -121, -180, -3600];
    const shown = [0, 0, 0, 60, 60, 120, 180, 3600, 0, -60, -150, -180, -3600];
    // The header has whole seconds, so a difference is only as large as can be shown: a second less is possible ahead.
    assert.deepEqual(
      seconds.map((one) => measured(one)),
      shown,
    );
  });

  it('does not look bad because an answer was slow', () => {
    assert.equal(measured(100, 120 * SECOND), 0, 'all of it may be the time that the answer took');
    assert.equal(measured(-100, 120 * SECOND), -120, 'an answer from the future is no matter of how long it took');
  });

  it('is not measured with the time of a proxy, or with a time that cannot be read', () => {
    const clock = measureClock(() => NOON);
    clock.measure(NOON, NOON, answer(0, {}));
    clock.measure(NOON, NOON, new Headers({ 'request-id': 'r1' }));
    clock.measure(NOON, NOON, new Headers({ 'request-id': 'r1', date: 'soon' }));
    assert.equal(clock.facts().kind, 'unread');
  });

  it('follows every answer, so a clock that was set is noticed with the next one', () => {
    const reports: unknown[] = [];
    let ours = NOON;
    const clock = measureClock(
      () => ours,
      (report) => reports.push(report),
    );
    for (const ahead of [0, 60, 180, 3600, -3600, 0]) {
      ours = NOON + ahead * SECOND;
      clock.measure(ours, ours, answer(NOON));
      assert.ok(Math.abs(clock.now() - NOON) < 2 * SECOND, 'the time by the clock of Microsoft stays right');
    }
    assert.deepEqual(reports, [
      { kind: 'differs', secondsAhead: 180 },
      { kind: 'agrees', secondsAhead: 0 },
    ]);
  });
});
