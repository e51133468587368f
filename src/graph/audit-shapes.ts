/**
 * The entries of the tenant's audit log, as far as the bot uses them, and the clauses to ask for them.
 */
import { z } from 'zod';
import type { Instant } from '../procedure/facts.ts';
import { literal, path } from './odata.ts';
import type { GraphPath } from './odata.ts';
import { guid, instant, page } from './shapes.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** One entry. Lists may be null in entries of some services. */
export const auditEntry = z.looseObject({
  // As an entry comes more than once, it has to have an id that can be compared.
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  activityDisplayName: text,
  activityDateTime: instant,
  result: text,
  resultReason: text,
  initiatedBy: z
    .looseObject({
      user: z.looseObject({ id: guid.nullish().catch(null), userPrincipalName: text }).nullish(),
      app: z.looseObject({ servicePrincipalId: guid.nullish().catch(null) }).nullish(),
    })
    .nullish(),
  targetResources: z
    .array(
      z.looseObject({
        id: guid.nullish().catch(null),
        type: text,
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

/** One page of the log. */
export const auditPage = page(auditEntry);

/** Where the log is. */
export const AUDIT_LOG = '/auditLogs/directoryAudits';

/** The services whose entries the bot needs: registered methods, self-service resets, and people. */
const SERVICES = ['Authentication Methods', 'Self-service Password Management', 'Core Directory'];

/** The path of the entries of a time, the newest first. `until`: leaves out what came later. */
export function auditPath(since: Instant, until: Instant | null = null): GraphPath {
  const services = SERVICES.map((service) => `loggedByService eq ${literal(service)}`).join(' or ');
  const time = [
    `activityDateTime ge ${new Date(since).toISOString()}`,
    ...(until === null ? [] : [`activityDateTime le ${new Date(until).toISOString()}`]),
  ];
  const $filter = [...time, `(${services})`].join(' and ');
  return path(AUDIT_LOG, { $filter, $orderby: 'activityDateTime desc', $top: 999 });
}
