/**
 * What every source of the feed has in common: it is asked for one round at a time, knows from the index how far it was
 * read, and writes what it finds there together with how far it is read now.
 */
import type { IndexUpdate, SourceName, SourceStatus, TenantIndex } from '../../casework/ports/tenant-index.ts';
import type { Instant, UnreadReason } from '../../procedure/facts.ts';
import type { Answer } from '../answer.ts';
import { whyUnread } from '../answer.ts';
import type { GraphClient } from '../client.ts';

/** How a round ended. */
export type RoundEnd =
  /** All of it was read; the next round comes after the source's interval. */
  | { readonly kind: 'complete' }
  /** A part was read and written; more is to come. */
  | { readonly kind: 'partial' }
  | { readonly kind: 'failed'; readonly why: UnreadReason };

/** How far every source was read, as the index says. */
export type Statuses = ReadonlyMap<SourceName, SourceStatus>;

/** A source of the feed. */
export interface FeedSource {
  readonly name: SourceName;
  /** Reads one round, or the next part of it. A failure of Graph is a result; a failure of the index is thrown. */
  round(statuses: Statuses): Promise<RoundEnd>;
}

/** What sources are built from. */
export interface SourceParts {
  readonly client: GraphClient;
  /** Scheme and host of Graph: only links that lead there are followed. */
  readonly graphHost: string;
  readonly index: TenantIndex;
  readonly now: () => Instant;
}

/** A source that was never read. */
function untouched(source: SourceName): SourceStatus {
  return { source, cursor: null, seenUpTo: null, observedSince: null, trouble: null };
}

/** The status of a source. */
export function statusOf(statuses: Statuses, source: SourceName): SourceStatus {
  return statuses.get(source) ?? untouched(source);
}

/** Writes down why a round failed. Everything else about the source stays as it was. */
export async function fail(index: TenantIndex, status: SourceStatus, why: UnreadReason): Promise<RoundEnd> {
  await index.write({ status: { ...status, trouble: why } });
  return { kind: 'failed', why };
}

/** Writes what a round found. */
export async function keep(
  index: TenantIndex,
  status: Omit<SourceStatus, 'trouble'>,
  found: Omit<IndexUpdate, 'status'>,
): Promise<void> {
  await index.write({ status: { ...status, trouble: null }, ...found });
}

/** The later of two moments. */
export function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}

/** True when Graph no longer knows a link that it gave: what it led to has to be read anew from the beginning. */
export function isForgotten(answer: Answer): boolean {
  return answer.kind === 'answered' && [400, 404, 410].includes(answer.status) && whyUnread(answer) !== 'not-licensed';
}

/** True when a limit of ours had no room for a request just now: nothing was asked, and nothing is wrong. */
export function hadNoTurn(answer: Answer): boolean {
  return answer.kind === 'unanswered' && answer.why === 'throttled' && !answer.sent;
}

/** Requests that nobody waits for say so, and Graph refuses them first when it is busy. */
export const LOW_PRIORITY: Readonly<Record<string, string>> = { 'x-ms-throttle-priority': 'low' };
