import assert from 'node:assert/strict';
import { age, clock, clockWithSeconds, dayOf, minutesBetween } from '../../src/cards/time-format.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import type { Instant } from '../../src/procedure/facts.ts';

const at = (text: string): Instant => Date.parse(text) as Instant;
const NOW = at('2026-11-20T03:04:00Z');

describe('An age on a card', () => {
  const ages: readonly (readonly [string, string])[] = [
    ['2026-11-20T03:03:30Z', 'just now'],
    ['2026-11-20T03:05:00Z', 'just now'],
    ['2026-11-20T03:03:00Z', '1 minute ago'],
    ['2026-11-20T02:05:00Z', '59 minutes ago'],
    ['2026-11-20T02:04:00Z', '1 hour ago'],
    ['2026-11-19T03:05:00Z', '23 hours ago'],
    ['2026-11-19T03:04:00Z', 'yesterday'],
    ['2026-11-06T03:04:00Z', '14 days ago'],
    ['2026-08-20T03:04:00Z', '3 months ago'],
    ['2023-11-01T03:04:00Z', '3 years ago'],
  ];
  for (const [then, words] of ages) {
    it(`of ${then} reads "${words}"`, () => assert.equal(age(at(then), NOW, english), words));
  }
});

describe('A day on a card', () => {
  it('is the day in the zone of the card, with the year when it is another one', () => {
    const day = (text: string, timeZone = 'UTC'): string => dayOf(at(text), { now: NOW, timeZone }, english);
    assert.equal(day('2026-11-09T23:30:00Z'), 'Nov 9');
    assert.equal(day('2026-11-09T23:30:00Z', 'Europe/Berlin'), 'Nov 10');
    assert.equal(day('2023-11-01T03:04:00Z'), 'Nov 1, 2023');
  });
});

describe('A time on a card', () => {
  it('always carries its zone', () => {
    assert.equal(clock(NOW, { now: NOW, timeZone: 'UTC' }, english), '03:04 UTC');
    assert.equal(clock(NOW, { now: NOW, timeZone: 'Europe/Berlin' }, english), '04:04 GMT+1');
  });

  it('has seconds when something is about to happen', () => {
    assert.equal(clockWithSeconds(NOW, { now: NOW, timeZone: 'UTC' }, english), '03:04:00 UTC');
  });

  it('carries the day when it is another day there, and the year when it is another year', () => {
    assert.equal(clock(at('2026-11-19T23:30:00Z'), { now: NOW, timeZone: 'UTC' }, english), 'Nov 19, 23:30 UTC');
    assert.equal(clock(at('2026-11-19T23:30:00Z'), { now: NOW, timeZone: 'Europe/Berlin' }, english), '00:30 GMT+1');
    assert.equal(clock(at('2025-12-31T12:00:00Z'), { now: NOW, timeZone: 'UTC' }, english), 'Dec 31, 2025, 12:00 UTC');
  });

  it('refuses a zone nobody knows, at once', () => {
    assert.throws(() => clock(NOW, { now: NOW, timeZone: 'Mars/Olympus' }, english));
  });
});

describe('The length of a case', () => {
  it('is counted in whole minutes and never below zero', () => {
    assert.equal(minutesBetween(NOW, (NOW + 90_000) as Instant), 2);
    assert.equal(minutesBetween(NOW, (NOW - 90_000) as Instant), 0);
  });
});
