/** How far callers have come with a self-service reset: from the tenant index, which the feed keeps up to date. */
import { Fault } from '../casework/ports/fault.ts';
import type { TenantIndex } from '../casework/ports/tenant-index.ts';
import type { SelfServiceProgress } from '../procedure/case.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { read, unread } from './answer.ts';
import { statusOf } from './feed/source.ts';

/** Progress of one person. */
interface SelfServiceEvent {
  readonly about: PersonId;
  readonly progress: SelfServiceProgress;
}

/**
 * Self-service events of these people since a moment, oldest first. Unread when the audit log was not read for longer than
 * `staleMs`: a gap would hide a step.
 */
export async function selfServiceEvents(
  index: TenantIndex,
  since: Instant,
  about: readonly PersonId[],
  now: Instant,
  staleMs: number,
): Promise<Reading<readonly SelfServiceEvent[]>> {
  try {
    const { seenUpTo, trouble } = statusOf(await index.sources(), 'audit');
    if (seenUpTo === null) return unread(trouble ?? 'not-asked');
    if (now - seenUpTo > staleMs) return unread(trouble ?? 'stale');
    const events = await index.eventsAbout(about, since);
    return read(
      events.flatMap(({ about: person, what }) =>
        what.kind === 'self-service' ? [{ about: person, progress: what.progress }] : [],
      ),
    );
  } catch (error) {
    if (error instanceof Fault) return unread('unreachable');
    throw error;
  }
}
