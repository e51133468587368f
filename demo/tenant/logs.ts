/**
 * Entries of the sign-in log, the audit log and the risk detections, in Graph's shape. The names of activities and
 * services are Microsoft's own.
 */
import { isoTime } from './ages.ts';
import type { Seed } from './seed-schema.ts';
import type { Json, LogEntry, World } from './world.ts';

const FAILURES: Readonly<Record<number, string>> = {
  0: 'Other.',
  50034: 'The user account does not exist in the directory.',
  50053: 'The account is locked, you have tried to sign in too many times with an incorrect user ID or password.',
  50055: 'The password is expired.',
  50057: 'The user account is disabled.',
  50074: 'Strong Authentication is required.',
  50079:
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.',
  50144: "User's Active Directory password has expired.",
  80001: 'Authentication Agent unable to connect to Active Directory.',
  50076:
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
  50126: 'Error validating credentials due to invalid username or password.',
  53003: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
};

/** The bot's own identity in the audit log. */
export const BOT_APP = {
  appId: 'd0000000-0000-4000-8000-000000000001',
  displayName: 'Hardline',
  servicePrincipalId: 'd0000000-0000-4000-8000-000000000002',
  servicePrincipalName: 'Hardline',
} as const;

/** Who did something: a person, by id, or the bot. */
export type Initiator = { readonly person: string } | 'bot';

/** What an audit entry says, before it has Graph's shape. */
interface AuditFacts {
  readonly service: string;
  readonly activity: string;
  readonly result: 'success' | 'failure' | 'timeout';
  readonly reason: string;
  readonly target: string;
  readonly by: Initiator;
  readonly correlationId: string;
  readonly changed?: readonly { readonly property: string; readonly from: unknown; readonly to: unknown }[];
  readonly details?: Readonly<Record<string, string>>;
}

/** Writes an audit entry with the current time. It is listed after the tenant's audit delay. */
export function writeAudit(world: World, facts: AuditFacts): void {
  const at = world.now();
  world.audits.push(auditEntry(world, facts, at, at + auditDelayMs(world)));
}

/** Milliseconds until an entry written now is listed: fixed, or random between two settings. */
function auditDelayMs({ settings, auditRandom }: World): number {
  const { auditDelaySeconds: from, auditDelayUpToSeconds: upTo } = settings;
  const spread = upTo === null ? 0 : Math.max(0, upTo - from) * auditRandom();
  return Math.round((from + spread) * 1000);
}

/** Writes a sign-in with the current time. `errorCode` 0 is a success. */
export function writeSignIn(world: World, user: string, errorCode: number, failureReason?: string): void {
  const at = world.now();
  const conditionalAccess = 'notApplied' as const;
  const facts = { user, errorCode, failureReason, ipAddress: '203.0.113.10', app: 'My Signins', conditionalAccess };
  world.signIns.push(signInEntry(world, facts, at, at + auditDelayMs(world)));
}

/** A sign-in of the seed. */
export function signInFromSeed(world: World, seed: Seed['signIns'][number], at: number): LogEntry {
  return signInEntry(world, { ...seed, failureReason: seed.failureReason }, at, 0);
}

/** An audit event of the seed. */
export function auditFromSeed(world: World, seed: Seed['audits'][number], at: number): LogEntry {
  const by: Initiator = { person: seed.by ?? seed.target };
  return auditEntry(world, { ...seed, by, correlationId: world.newId() }, at, 0);
}

/** A risk detection of the seed. */
export function detectionFromSeed(world: World, seed: Seed['detections'][number], at: number): LogEntry {
  const user = world.people.get(seed.user)?.user;
  const entry = {
    id: world.newId(),
    requestId: null,
    correlationId: null,
    riskEventType: seed.type,
    riskState: 'atRisk',
    riskLevel: seed.level,
    riskDetail: 'none',
    source: 'IdentityProtection',
    detectionTimingType: 'offline',
    activity: 'user',
    tokenIssuerType: 'AzureAD',
    ipAddress: null,
    location: null,
    activityDateTime: isoTime(at),
    detectedDateTime: isoTime(at),
    lastUpdatedDateTime: isoTime(at),
    userId: seed.user,
    userDisplayName: user?.['displayName'] ?? null,
    userPrincipalName: user?.['userPrincipalName'] ?? null,
    additionalInfo: '[]',
  };
  return { at, visibleAt: 0, entry };
}

interface SignInFacts {
  readonly user: string;
  readonly errorCode: number;
  readonly failureReason: string | undefined;
  readonly ipAddress: string;
  readonly app: string;
  readonly conditionalAccess: Seed['signIns'][number]['conditionalAccess'];
}

function signInEntry(world: World, facts: SignInFacts, at: number, visibleAt: number): LogEntry {
  const user = world.people.get(facts.user)?.user;
  const entry = {
    id: world.newId(),
    createdDateTime: isoTime(at),
    userDisplayName: user?.['displayName'] ?? null,
    userPrincipalName: lowerCase(user?.['userPrincipalName']), // stored in lower case
    userId: facts.user,
    appId: null,
    appDisplayName: facts.app,
    ipAddress: facts.ipAddress,
    clientAppUsed: 'Browser',
    correlationId: world.newId(),
    conditionalAccessStatus: facts.conditionalAccess,
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: 'Microsoft Graph',
    resourceId: '00000003-0000-0000-c000-000000000000',
    status: {
      errorCode: facts.errorCode,
      failureReason: facts.failureReason ?? FAILURES[facts.errorCode] ?? 'Other.',
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem: 'Windows10',
      browser: 'Edge',
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: { city: 'Berlin', state: 'Berlin', countryOrRegion: 'DE', geoCoordinates: null },
    appliedConditionalAccessPolicies: [],
  };
  return { at, visibleAt, entry };
}

function lowerCase(value: unknown): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null;
}

function auditEntry(world: World, facts: AuditFacts, at: number, visibleAt: number): LogEntry {
  const target = world.people.get(facts.target)?.user;
  const entry: Json = {
    id: `${facts.service === 'Core Directory' ? 'Directory' : 'IAM'}_${world.newId()}`,
    category:
      facts.service === 'Authentication Methods' && facts.activity.includes('Policy')
        ? 'ApplicationManagement'
        : 'UserManagement',
    correlationId: facts.correlationId,
    result: facts.result,
    resultReason: facts.reason,
    activityDisplayName: facts.activity,
    activityDateTime: isoTime(at),
    loggedByService: facts.service,
    operationType: facts.activity.startsWith('Admin deleted') ? 'Delete' : 'Update',
    initiatedBy: initiatedBy(world, facts.by),
    targetResources: [
      {
        id: facts.target,
        displayName: target?.['displayName'] ?? null,
        type: 'User',
        userPrincipalName: target?.['userPrincipalName'] ?? null,
        groupType: null,
        // Values are JSON text inside JSON, as in the real log.
        modifiedProperties: (facts.changed ?? []).map(({ property, from, to }) => ({
          displayName: property,
          oldValue: JSON.stringify(from ?? null),
          newValue: JSON.stringify(to ?? null),
        })),
      },
    ],
    additionalDetails: Object.entries(facts.details ?? {}).map(([key, value]) => ({ key, value })),
  };
  return { at, visibleAt, entry };
}

function initiatedBy(world: World, by: Initiator): Json {
  if (by === 'bot') return { user: null, app: { ...BOT_APP } };
  const user = world.people.get(by.person)?.user;
  return {
    app: null,
    user: {
      id: by.person,
      displayName: user?.['displayName'] ?? null,
      userPrincipalName: user?.['userPrincipalName'] ?? null,
      ipAddress: '203.0.113.10',
    },
  };
}
