/**
 * Follows who is at risk: the whole list first and from time to time, and in between what changed since the last round.
 */
import { z } from 'zod';
import type { UnreadReason } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import { followable, path } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import type { OwnGrants } from '../own-grants.ts';
import type { ProtectionQueue } from '../protection-queue.ts';
import { riskOf, riskPage } from '../risk.ts';
import type { RiskRow } from '../risk.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, hadNoTurn, keep, later, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

const RESOURCE = '/identityProtection/riskyUsers';
/** Microsoft's largest page. */
const TOP = 500;
const MAX_PAGES = 100;
/** A change is looked for that long before the last round, in milliseconds: nobody says how late it may be listed. */
const OVERLAP_MS = 15 * 60_000;
/** How often the whole list is read, in milliseconds. A change that was listed later than the overlap is found then. */
const WHOLE_EVERY_MS = 6 * 3_600_000;

const cursorShape = z.object({ wholeAt: z.number() });

/** Follows the risks. */
export function followRisks(
  { client, graphHost, index, now }: SourceParts,
  queue: ProtectionQueue,
  grants: OwnGrants,
): FeedSource {
  type Rows = { kind: 'read'; rows: readonly RiskRow[] } | { kind: 'no-turn' } | { kind: 'unread'; why: UnreadReason };

  async function read(first: GraphPath): Promise<Rows> {
    const rows: RiskRow[] = [];
    let where = first;
    for (let n = 0; n < MAX_PAGES; n += 1) {
      const answer = await queue.ask(() => client.ask({ call: 'read-risks', method: 'GET', path: where, once: true }));
      if (hadNoTurn(answer)) return { kind: 'no-turn' };
      const list = readingOf(answer, riskPage);
      if (list.kind !== 'read') return list;
      rows.push(...list.value.items);
      if (list.value.next === null) return { kind: 'read', rows };
      const link = followable(list.value.next, graphHost, RESOURCE);
      if (link === null) break;
      where = link;
    }
    return { kind: 'unread', why: 'unknown-shape' };
  }

  return {
    name: 'risk',
    async round(statuses) {
      const status = statusOf(statuses, 'risk');
      const began = now();
      const wholeAt = readCursor(status.cursor, cursorShape)?.wholeAt ?? null;
      const { seenUpTo } = status;
      const whole = wholeAt === null || seenUpTo === null || began - wholeAt >= WHOLE_EVERY_MS;
      const changedSince = new Date((seenUpTo ?? began) - OVERLAP_MS).toISOString();
      const $filter = `riskLastUpdatedDateTime ge ${changedSince}`;
      const list = await read(path(RESOURCE, whole ? { $top: TOP } : { $filter, $top: TOP }));
      if (list.kind === 'no-turn') return { kind: 'partial' };
      if (list.kind === 'unread') return fail(index, status, await grants.why(list.why, 'risk'));
      const found = list.rows.map(riskOf);
      const risks = found.flatMap(({ person, facts, at }) => (facts === null ? [] : [{ person, facts, at }]));
      const reached = {
        source: 'risk',
        cursor: writeCursor({ wholeAt: whole ? began : wholeAt }),
        seenUpTo: later(seenUpTo, began),
        observedSince: status.observedSince ?? began,
      } as const;
      const hidden = found.some(({ facts }) => facts === null);
      if (!hidden) {
        await keep(index, reached, { risks, risksAreComplete: whole });
        return { kind: 'complete' };
      }
      // The tenant may list people, and not see their risk: nobody's risk is known then but that of the compromised.
      const trouble = 'not-licensed';
      await index.write({ status: { ...reached, cursor: null, trouble }, risks, risksAreComplete: whole });
      return { kind: 'failed', why: trouble };
    },
  };
}
