/**
 * The logs: directory audits and sign-ins, newest first. Entries older than the retention time are not shown, and new
 * ones only after the log's own delay.
 */
import { answerCollection } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GraphFailure, notFound, ok, GRAPH } from './exchange.ts';
import type { Route, RouteCall } from './exchange.ts';
import { hasPlan } from './world.ts';
import type { Json, LogEntry, World } from './world.ts';

const NEEDS = ['AuditLog.Read.All'] as const;
const DAY = 86_400_000;
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
  ...logRoutes('directoryAudits', AUDITS, (world) => world.audits),
  ...logRoutes('signIns', SIGN_INS, (world) => world.signIns),
];

function logRoutes(name: string, rules: CollectionRules, log: (world: World) => readonly LogEntry[]): Route[] {
  return [
    {
      method: 'GET',
      path: `/*/auditLogs/${name}`,
      needs: NEEDS,
      answer: (call) => answerCollection(call, shown(call, log(call.world)), rules),
    },
    {
      method: 'GET',
      path: `/*/auditLogs/${name}/{id}`,
      needs: NEEDS,
      answer: (call) => {
        const entry = shown(call, log(call.world)).find(({ id }) => id === call.at('id'));
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

function shown({ world }: RouteCall, log: readonly LogEntry[]): Json[] {
  needsPremium(world);
  const now = world.now();
  const oldest = now - world.settings.auditRetentionDays * DAY;
  return log
    .map((entry, n) => ({ ...entry, n }))
    .filter(({ at, visibleAt }) => at >= oldest && visibleAt <= now)
    .sort((a, b) => b.at - a.at || b.n - a.n) // within one millisecond, the entry written later comes first
    .map(({ entry }) => entry);
}
