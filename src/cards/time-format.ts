/**
 * Times and ages in words. A clock time always carries its zone, because clients are never trusted to format a date.
 */
import type { Instant } from '../procedure/facts.ts';
import type { Strings } from './strings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

/** The formats of one language. */
interface Lengths {
  readonly days: Intl.RelativeTimeFormat;
  readonly exact: Intl.RelativeTimeFormat;
  readonly lengths: Readonly<Record<'day' | 'month' | 'year', Intl.NumberFormat>>;
}
/** The formats of one language in one zone. */
type Clock = Readonly<Record<'day' | 'dayOfYear' | 'year' | 'time', Intl.DateTimeFormat>>;

/** Formats are dear to make and never change. */
const lengthsMade = new Map<string, Lengths>();
const clocksMade = new Map<string, Clock>();

/** How long ago, in plain words: "just now", "3 hours ago", "yesterday", "3 years ago". A time ahead of `now` is "just now". */
export function age(then: Instant, now: Instant, { time }: Strings): string {
  const passed = now - then;
  const { days, exact } = lengthsFor(time.intl.language);
  if (passed < MINUTE) return time.justNow;
  if (passed < HOUR) return exact.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return exact.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 60 * DAY) return days.format(-Math.floor(passed / DAY), 'day');
  if (passed < 2 * YEAR) return exact.format(-Math.floor(passed / MONTH), 'month');
  return exact.format(-Math.floor(passed / YEAR), 'year');
}

/** How long, in plain words: "30 days", "14 months", "3 years". Less than a day is "less than a day". */
export function span(from: Instant, to: Instant, { time }: Strings): string {
  const passed = to - from;
  const { lengths } = lengthsFor(time.intl.language);
  if (passed < DAY) return time.lessThanADay;
  if (passed < 60 * DAY) return lengths.day.format(Math.floor(passed / DAY));
  if (passed < 2 * YEAR) return lengths.month.format(Math.floor(passed / MONTH));
  return lengths.year.format(Math.floor(passed / YEAR));
}

/** When a card is drawn, and the zone its times are written in (IANA name). */
interface ClockView {
  readonly now: Instant;
  readonly timeZone: string;
}

/**
 * A clock time with its zone, "14:05 UTC"; with the day before it when that is not the day of `now`, and the year when
 * that is another one. Throws RangeError for a zone nobody knows.
 */
export function clock(at: Instant, { now, timeZone }: ClockView, strings: Strings): string {
  const { day, dayOfYear, year, time } = clockFor(strings.time.intl.clock, timeZone);
  if (day.format(at) === day.format(now)) return time.format(at);
  const sameYear = year.format(at) === year.format(now);
  return `${(sameYear ? dayOfYear : day).format(at)}, ${time.format(at)}`;
}

/** Whole minutes between two moments, never negative. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / MINUTE));
}

function lengthsFor(language: string): Lengths {
  const known = lengthsMade.get(language);
  if (known !== undefined) return known;
  const length = (unit: 'day' | 'month' | 'year'): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  const made = {
    days: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    exact: new Intl.RelativeTimeFormat(language, { numeric: 'always' }),
    lengths: { day: length('day'), month: length('month'), year: length('year') },
  };
  lengthsMade.set(language, made);
  return made;
}

function clockFor(language: string, timeZone: string): Clock {
  const key = `${language} ${timeZone}`;
  const known = clocksMade.get(key);
  if (known !== undefined) return known;
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { timeZone, ...options });
  const made = {
    day: format({ year: 'numeric', month: 'short', day: 'numeric' }),
    dayOfYear: format({ month: 'short', day: 'numeric' }),
    year: format({ year: 'numeric' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }),
  };
  clocksMade.set(key, made);
  return made;
}
