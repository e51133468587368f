/**
 * Times in a seed: "-400d" is 400 days before the tenant starts, so a seed never goes out of date. Every time is
 * computed from the clock that is passed in.
 */

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The form of a time in a seed: `now`, `-400d`, `+2h` (s, m, h, d), or an ISO time in UTC. */
export const MOMENT = /^(now|[+-]\d{1,6}[smhd]|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)$/;

/** A time in a seed as milliseconds since 1970; ages are counted from `now`. Throws on anything that MOMENT does not match. */
export function resolveMoment(moment: string, now: number): number {
  if (!MOMENT.test(moment)) throw new Error(`Not a time: ${moment}`);
  if (moment === 'now') return now;
  const sign = moment.startsWith('-') ? -1 : moment.startsWith('+') ? 1 : 0;
  if (sign === 0) return Date.parse(moment);
  const unit = UNITS[moment.slice(-1) as keyof typeof UNITS];
  return now + sign * Number(moment.slice(1, -1)) * unit;
}

/** A time as Graph writes it: ISO 8601 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
