/**
 * Times and ages in strings.
 * The one rule kept here: a clock time always carries its zone; clients are never trusted to format a date.
 */
import type { Instant } from '../procedure/facts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;
const days = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const length = (unit: 'day' | 'month' | 'year') =>
  new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' });
const lengths = { day: length('day'), month: length('month'), year: length('year') };
const exact = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

type Formats = Readonly<Record<'day' | 'dayOfYear' | 'year' | 'time', Intl.DateTimeFormat>>;
const formats = new Map<string, Formats>();

/** How long ago, in plain words: "just now", "3 hours ago", "yesterday", "3 years ago". A time ahead of `now` is "just now". */
export function age(then: Instant, now: Instant): string {
  const passed = now - then;
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return exact.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return exact.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 60 * DAY) return days.format(-Math.floor(passed / DAY), 'day');
  if (passed < 2 * YEAR) return exact.format(-Math.floor(passed / MONTH), 'month');
  return exact.format(-Math.floor(passed / YEAR), 'year');
}

/** How long, in plain words: "30 days", "14 months", "3 years". Less than a day is "less than a day". */
export function span(from: Instant, to: Instant): string {
  const passed = to - from;
  if (passed < DAY) return 'less than a day';
  if (passed < 60 * DAY) return lengths.day.format(Math.floor(passed / DAY));
  if (passed < 2 * YEAR) return lengths.month.format(Math.floor(passed / MONTH));
  return lengths.year.format(Math.floor(passed / YEAR));
}

/** A clock time with its zone, "14:05 UTC"; with the day before it when that is not the day of `now`, and the year when that is another one. `timeZone` is an IANA name. */
export function clock(at: Instant, now: Instant, timeZone: string): string {
  const { day, dayOfYear, year, time } = formatsFor(timeZone);
  if (day.format(at) === day.format(now)) return time.format(at);
  const sameYear = year.format(at) === year.format(now);
  return `${(sameYear ? dayOfYear : day).format(at)}, ${time.format(at)}`;
}

/** Whole minutes between two moments, never negative. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / MINUTE));
}

function formatsFor(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = {
    day: new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'short', day: 'numeric' }),
    dayOfYear: new Intl.DateTimeFormat('en-US', { timeZone, month: 'short', day: 'numeric' }),
    year: new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric' }),
    time: new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  };
  formats.set(timeZone, made);
  return made;
}
