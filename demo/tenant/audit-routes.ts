/**
 * The logs: directory audits and sign-ins, newest first. Entries older than the retention time are not shown, and new
 * ones only after the log's own delay.
 */
import { answerCollection } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GraphFailure, notFound, ok, GRAPH } from './exchange.ts';
import type { Route } from './exchange.ts';
import { hasPlan } from './world.ts';
import type { Json, LogEntry, World } from './world.ts';

const NEEDS = ['AuditLog.Read.All'] as const;
const DAY = 86_400_000;
/** The audit log is open to every tenant, but without P1 it is kept for a week. */
const DAYS_WITHOUT_P1 = 7;
const TIME = ['eq', 'ge', 'le', 'gt', 'lt'];

const AUDITS: CollectionRules = {
  context: 'auditLogs/directoryAudits',
  filterable: {
    activityDateTime: TIME,
    activityDisplayName: ['eq', 'startswith'],
    loggedByService: ['eq'],
    category: ['eq'],
    result: ['eq'],
    correlationId: ['eq'],
    'initiatedBy/user/id': ['eq'],
    'initiatedBy/user/userPrincipalName': ['eq', 'startswith'],
    'initiatedBy/app/appId': ['eq'],
    'targetResources/id': ['eq'],
    'targetResources/displayName': ['eq', 'startswith'],
    'targetResources/userPrincipalName': ['eq', 'startswith'],
  },
  orderable: ['activityDateTime'],
  pageSize: 1000,
  maxPageSize: 1000,
};

const SIGN_INS: CollectionRules = {
  context: 'auditLogs/signIns',
  filterable: {
    createdDateTime: TIME,
    userId: ['eq'],
    userPrincipalName: ['eq', 'startswith'],
    'status/errorCode': ['eq'],
    appId: ['eq'],
    ipAddress: ['eq', 'startswith'],
    correlationId: ['eq'],
  },
  orderable: ['createdDateTime'],
  pageSize: 1000,
  maxPageSize: 1000,
};

/** Everything below auditLogs. */
export const auditRoutes: readonly Route[] = [
  ...logRoutes('directoryAudits', AUDITS, (world) => shown(world, world.audits)),
  ...logRoutes('signIns', SIGN_INS, (world) => {
    needsPremium(world);
    return shown(world, world.signIns);
  }),
];

function logRoutes(name: string, rules: CollectionRules, entries: (world: World) => Json[]): Route[] {
  return [
    {
      method: 'GET',
      path: `/*/auditLogs/${name}`,
      needs: NEEDS,
      answer: (call) => answerCollection(call, entries(call.world), rules),
    },
    {
      method: 'GET',
      path: `/*/auditLogs/${name}/{id}`,
      needs: NEEDS,
      answer: (call) => {
        const entry = entries(call.world).find(({ id }) => id === call.at('id'));
        if (entry === undefined) throw notFound(call.at('id'));
        return ok({
          '@odata.context': `${GRAPH}/${call.request.version}/$metadata#${rules.context}/$entity`,
          ...entry,
        });
      },
    },
  ];
}

/** Refuses tenants without P1, with Graph's own text. */
export function needsPremium(world: World): void {
  if (hasPlan(world, 'AAD_PREMIUM')) return;
  throw new GraphFailure(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

function shown(world: World, log: readonly LogEntry[]): Json[] {
  const now = world.now();
  const { auditRetentionDays } = world.settings;
  const days = hasPlan(world, 'AAD_PREMIUM') ? auditRetentionDays : Math.min(auditRetentionDays, DAYS_WITHOUT_P1);
  const oldest = now - days * DAY;
  return log
    .map((entry, n) => ({ ...entry, n }))
    .filter(({ at, visibleAt }) => at >= oldest && visibleAt <= now)
    .sort((a, b) => b.at - a.at || b.n - a.n) // within one millisecond, the entry written later comes first
    .map(({ entry }) => entry);
}
