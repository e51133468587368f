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
}
/** The formats of one language in one zone. */
type Clock = Readonly<Record<'day' | 'dayOfYear' | 'year' | 'time' | 'seconds', Intl.DateTimeFormat>>;

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

/** The same with seconds, for something that is about to happen. */
export function clockWithSeconds(at: Instant, { timeZone }: ClockView, strings: Strings): string {
  return clockFor(strings.time.intl.clock, timeZone).seconds.format(at);
}

/** A day, "Nov 9"; with the year when that is not the year of `now`. */
export function dayOf(at: Instant, { now, timeZone }: ClockView, strings: Strings): string {
  const { day, dayOfYear, year } = clockFor(strings.time.intl.clock, timeZone);
  return (year.format(at) === year.format(now) ? dayOfYear : day).format(at);
}

/** Whole minutes between two moments, never negative. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / MINUTE));
}

function lengthsFor(language: string): Lengths {
  const known = lengthsMade.get(language);
  if (known !== undefined) return known;
  const made = {
    days: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    exact: new Intl.RelativeTimeFormat(language, { numeric: 'always' }),
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
    seconds: format({
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }),
  };
  clocksMade.set(key, made);
  return made;
}
