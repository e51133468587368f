/**
 * Whether something about a caller has been the same for long enough to be relied on: a number that is called back, or the
 * manager who vouches. Before an attacker calls the helpdesk, they put their own number, or an accomplice, on record.
 */
import type { Age, Instant } from './facts.ts';

const DAY_MS = 24 * 3_600_000;

/** The part of the policy that says how long that is, in days. */
export interface SettledPolicy {
  readonly numberSettledDays: number;
}

/** Why something is not settled: a change was seen lately, or it has not been watched for long enough. */
export type Unsettled = 'changed-lately' | 'not-known-long-enough';

/** Why it cannot be relied on yet; `null` when it can. Source: the procedure's rules for the callback and for managers. */
export function whyUnsettled({ since, changed }: Age, policy: SettledPolicy, now: Instant): Unsettled | null {
  if (now - since >= policy.numberSettledDays * DAY_MS) return null;
  return changed ? 'changed-lately' : 'not-known-long-enough';
}
