/**
 * What the operator reads about the sources that the bot follows the tenant by.
 */
import type { Log } from '../casework/ports/log.ts';
import type { FeedReport } from '../graph/feed/schedule.ts';

/** Names a source that fails, recovers, or had a gap. Nobody has to do anything at once: cases say what they lack. */
export function reportFeed(log: Log, { kind, ...detail }: FeedReport): void {
  const words = {
    trouble: 'a source of the tenant feed cannot be read',
    recovered: 'a source of the tenant feed can be read again',
    gap: 'a source of the tenant feed had a gap: how long numbers are unchanged is counted from now on',
  } as const;
  log[kind === 'recovered' ? 'info' : 'warn'](detail, words[kind]);
}
