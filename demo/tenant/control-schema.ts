/**
 * The calls of the control API, with the form of each argument. Over HTTP and in process, the calls are the same.
 */
import { z } from 'zod';
import { faultSchema } from './faults.ts';
import { TIMINGS } from './timing.ts';
import { PERMISSIONS } from './permissions.ts';
import { guid, methodSeed } from './method-seed.ts';
import { roleName } from './role-seed.ts';
import { SELF_SERVICE_OUTCOMES } from './self-service.ts';

const user = z.string().describe('object id or user principal name');
const by = z.string().describe('the administrator who does it, by id or user principal name');
const minutes = z.int().min(10).max(43_200);

/** Name of a call → the form of its argument. */
export const controlCalls = {
  signIn: z.strictObject({ upn: z.string(), pass: z.string() }),
  registerMethod: z.strictObject({ user, method: methodSeed }),
  removeMethod: z.strictObject({ user, id: z.string() }),
  selfService: z.strictObject({ user, outcome: z.enum(SELF_SERVICE_OUTCOMES).default('success') }),
  resetByAdmin: z.strictObject({ user, by }),
  passFromElsewhere: z.strictObject({ user, by, lifetimeMinutes: minutes.optional(), oneTime: z.boolean().optional() }),
  listAgain: z.strictObject({ user, id: z.string(), seconds: z.number().min(0) }),
  changePerson: z.strictObject({
    user,
    accountEnabled: z.boolean().optional(),
    displayName: z.string().optional(),
    isManagementRestricted: z.boolean().optional(),
    manager: z.string().nullable().optional().describe('object id or user principal name; null: none'),
    ssprEnabled: z.boolean().optional(),
    inRegistrationReport: z.boolean().optional(),
    securityQuestions: z.boolean().optional(),
    licenses: z.array(z.string()).optional(),
  }),
  changeNumber: z.strictObject({
    user,
    which: z.enum(['businessPhones', 'mobilePhone', 'registered-mobile']),
    number: z.string(),
    by: by.optional(),
    audited: z.boolean().default(true).describe('false: the audit log never tells'),
  }),
  setRisk: z.strictObject({
    user,
    level: z.enum(['none', 'low', 'medium', 'high']),
    state: z
      .enum(['none', 'confirmedSafe', 'remediated', 'dismissed', 'atRisk', 'confirmedCompromised'])
      .default('atRisk'),
  }),
  joinGroup: z.strictObject({
    user: user.describe('object id or user principal name, or id of a group'),
    group: z.string(),
  }),
  leaveGroup: z.strictObject({ user, group: z.string() }),
  deletePerson: z.strictObject({
    user,
    by,
    how: z.enum(['restorable', 'for-good']).default('restorable'),
  }),
  restorePerson: z.strictObject({ user, by }),
  expireDeltaTokens: z.strictObject({ how: z.enum(['gone', 'sync-state-not-found']).default('gone') }).prefault({}),
  repeatDelta: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('replay'),
      changes: z.int().min(1).default(10),
      times: z.int().min(1).default(1),
    }),
    z.strictObject({ kind: z.literal('duplicates'), times: z.int().min(1).default(1) }),
  ]),
  giveRole: z.strictObject({
    user,
    role: z.union([roleName, guid]).describe('name of a built-in role, or id of a custom one'),
    how: z.enum(['assigned', 'activated', 'eligible']).default('assigned'),
  }),
  giveGroupAccess: z.strictObject({
    user, // or the id of a group
    group: z.string(),
    access: z.enum(['member', 'owner']).default('member'),
    how: z.enum(['assigned', 'activated', 'eligible']).default('eligible'),
  }),
  passPolicy: z.strictObject({
    state: z.enum(['enabled', 'disabled']).optional(),
    minimumLifetimeInMinutes: minutes.optional(),
    maximumLifetimeInMinutes: minutes.optional(),
    defaultLifetimeInMinutes: minutes.optional(),
    isUsableOnce: z.boolean().optional(),
  }),
  settings: z.strictObject({
    reportStalenessMinutes: z.number().min(0).optional(),
    deletionDelaySeconds: z.number().min(0).optional(),
    visibilityDelaySeconds: z.number().min(0).optional(),
    deltaDelaySeconds: z.number().min(0).optional(),
    auditDelaySeconds: z.number().min(0).optional(),
    auditDelayUpToSeconds: z.number().min(0).nullable().optional(),
    auditRetentionDays: z.number().min(1).optional(),
    pageSize: z.int().min(1).nullable().optional(),
    throttling: z.boolean().optional(),
    methodsShareReportLimit: z.boolean().optional(),
  }),
  timing: z.strictObject({ to: z.enum(TIMINGS), randomSeed: z.int().min(0).default(1) }),
  permissions: z.strictObject({
    grant: z.array(z.enum(PERMISSIONS)).default([]),
    revoke: z.array(z.enum(PERMISSIONS)).default([]),
  }),
  fault: faultSchema,
  clearFaults: z.undefined(),
  latency: z.strictObject({ ms: z.int().min(0).max(600_000) }),
  nextPass: z.string().min(1).max(256),
  clock: z.union([
    z.strictObject({ advanceSeconds: z.number().min(0) }),
    z.strictObject({ to: z.iso.datetime().describe('an ISO time in UTC') }),
  ]),
  clearJournal: z.undefined(),
  reset: z.undefined(),
} as const;

/** Names of the calls that change something. */
export type ControlCall = keyof typeof controlCalls;
/** The argument of a call, as it may be written. */
export type ControlInput<Call extends ControlCall> = z.input<(typeof controlCalls)[Call]>;
/** The argument of a call, checked and with its defaults. */
type ControlArgument<Call extends ControlCall> = z.output<(typeof controlCalls)[Call]>;

/** Checks the argument of a call. Throws ZodError, both over HTTP and in process. */
export function checked<Call extends ControlCall>(call: Call, input: ControlInput<Call>): ControlArgument<Call> {
  return controlCalls[call].parse(input) as ControlArgument<Call>;
}
