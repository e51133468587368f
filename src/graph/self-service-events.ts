/**
 * How far callers have come with a self-service reset: from the tenant index, which the feed keeps up to date.
 */
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

/** Of two steps with the same time, the one that leads further comes later. */
const ORDER: readonly SelfServiceProgress['step'][] = ['link-sent', 'id-entered', 'verifying', 'failed', 'blocked'];

function rank({ progress: { step } }: SelfServiceEvent): number {
  const place = ORDER.indexOf(step);
  return place === -1 ? ORDER.length : place;
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
    const steps = events.flatMap(({ about: person, what }) =>
      what.kind === 'self-service' ? [{ about: person, progress: what.progress }] : [],
    );
    return read(steps.sort((a, b) => a.progress.at - b.progress.at || rank(a) - rank(b)));
  } catch (error) {
    if (error instanceof Fault) return unread('unreachable');
    throw error;
  }
}
