/**
 * The entries of the tenant's audit log, as far as the bot uses them, and reading one page of them. Every request to
 * the log waits for the report rate limit.
 */
import { z } from 'zod';
import type { Instant, Reading } from '../procedure/facts.ts';
import { read, readingOf, unread } from './answer.ts';
import type { GraphClient } from './client.ts';
import { literal, path } from './odata.ts';
import type { GraphPath } from './odata.ts';
import type { Priority, ReportRateLimit } from './report-rate-limit.ts';
import { id, instant, page } from './shapes.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** One entry. Lists may be null in entries of some services. */
export const auditEntry = z.looseObject({
  activityDisplayName: text,
  activityDateTime: instant,
  result: text,
  resultReason: text,
  targetResources: z
    .array(
      z.looseObject({
        id: id.nullish().catch(null),
        modifiedProperties: z
          .array(z.looseObject({ displayName: text, oldValue: text, newValue: text }))
          .nullish()
          .transform((list) => list ?? []),
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
});

/** One entry of the audit log. */
export type AuditEntry = z.output<typeof auditEntry>;

/** The filter clause for entries about one person. */
export function aboutClause(person: string): string {
  return `targetResources/any(t:t/id eq ${literal(person)})`;
}

/** The filter clause for entries since a moment. */
export function sinceClause(since: Instant): string {
  return `activityDateTime ge ${new Date(since).toISOString()}`;
}

/** The path of the log. The service returns the newest entries first. */
export function auditPath(filter: string, top: number): GraphPath {
  return path('/auditLogs/directoryAudits', { $filter: filter, $top: top });
}

/** One page of the log: its entries, and where the next page is. */
interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next: string | null;
}

const auditPage = page(auditEntry);

/** Reads one page within the rate limit; `throttled` when it would have to wait too long. */
export async function readAuditPage(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  priority: Priority,
  where: GraphPath,
): Promise<Reading<AuditPage>> {
  if (!(await rateLimit.acquire(priority, client.left()))) return unread('throttled');
  const answer = await client.ask({ call: 'read-audits', method: 'GET', path: where });
  const found = readingOf(answer, auditPage);
  return found.kind === 'read' ? read(found.value) : found;
}
