/**
 * Whether it is within office hours, in the time zone of the office.
 */
import type { Instant } from './facts.ts';

/** Office hours. `days`: Monday is 1, Sunday is 7. `fromHour` and `toHour`: full hours in `timeZone` (an IANA name). */
export interface OfficeHours {
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly fromHour: number;
  readonly toHour: number;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether a moment is within the office hours. */
export function inOfficeHours(hours: OfficeHours, now: Instant): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: hours.timeZone,
    weekday: 'short',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now);
  const weekday = parts.find((part) => part.type === 'weekday')?.value ?? '';
  const hour = Number(parts.find((part) => part.type === 'hour')?.value ?? Number.NaN);
  return hours.days.includes(DAYS.indexOf(weekday) + 1) && hour >= hours.fromHour && hour < hours.toHour;
}
