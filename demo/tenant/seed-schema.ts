/**
 * The form of a seed file: who is in the emulated tenant, and what is true about them at the start. A wrong seed is
 * refused with all of its problems at once, never loaded in part.
 */
import { z } from 'zod';
import { guid, methodSeed, moment } from './method-seed.ts';
import { PERMISSIONS } from './permissions.ts';
import { customRolesSeed, groupAccessSeed, roleName, rolesSeed } from './role-seed.ts';

const minutes = z.int().min(10).max(43_200);

const person = z
  .strictObject({
    id: guid,
    userPrincipalName: z.string().includes('@').describe('the name they sign in with'),
    displayName: z.string().describe('the name people see; may be hostile'),
    givenName: z.string().nullable().default(null).describe('first name'),
    surname: z.string().nullable().default(null).describe('last name'),
    mail: z.string().nullable().default(null).describe('mail address; null: no mailbox'),
    mailNickname: z.string().nullable().default(null).describe('alias; null: the part of the UPN before the @'),
    employeeId: z.string().max(16).nullable().default(null).describe('number in the personnel system'),
    department: z.string().nullable().default(null).describe('department'),
    jobTitle: z.string().nullable().default(null).describe('job title'),
    officeLocation: z.string().nullable().default(null).describe('office'),
    preferredLanguage: z.string().nullable().default('en-US').describe('language tag'),
    usageLocation: z.string().nullable().default('DE').describe('country code for licenses'),
    businessPhones: z.array(z.string()).max(1).default([]).describe('office number in the directory, at most one'),
    mobilePhone: z.string().nullable().default(null).describe('mobile number in the directory, not the registered one'),
    manager: guid.nullable().default(null).describe('id of the manager; null: none on record'),
    accountEnabled: z.boolean().default(true).describe('false: the account is disabled'),
    userType: z.enum(['Member', 'Guest']).default('Member').describe('member or guest'),
    creationType: z.string().nullable().default(null).describe('"Invitation" for invited guests'),
    externalUserState: z.string().nullable().default(null).describe('"Accepted" or "PendingAcceptance" for guests'),
    onPremisesSyncEnabled: z.boolean().nullable().default(null).describe('true: synced from an on-premises directory'),
    onPremisesSamAccountName: z
      .string()
      .max(20)
      .nullable()
      .default(null)
      .describe('account name on premises, for synced people'),
    onPremisesDomainName: z.string().nullable().default(null).describe('DNS name of the on-premises domain'),
    isManagementRestricted: z.boolean().default(false).describe('member of a restricted management unit'),
    createdDateTime: moment.default('-1500d').describe('when the account was created'),
    lastPasswordChangeDateTime: moment.default('-200d').describe('when the password was last changed'),
    licenses: z.array(z.string()).default(['ENTERPRISEPREMIUM']).describe('skuPartNumbers they have'),
    methods: z.array(methodSeed).default([]).describe('registered sign-in methods'),
    securityQuestions: z.boolean().default(false).describe('security questions answered; shows only in the report'),
    apps: z.array(guid).default([]).describe('Teams apps they have, by their ids in the catalog'),
    ssprEnabled: z.boolean().default(true).describe('in scope of self-service password reset'),
    inRegistrationReport: z.boolean().default(true).describe('false: missing from the registration report'),
    risk: z
      .strictObject({
        level: z.enum(['low', 'medium', 'high', 'none']).describe('risk level'),
        state: z
          .enum(['none', 'confirmedSafe', 'remediated', 'dismissed', 'atRisk', 'confirmedCompromised'])
          .default('atRisk')
          .describe('risk state'),
        updated: moment.default('-1d').describe('when it changed'),
      })
      .nullable()
      .default(null)
      .describe('assessment of ID Protection; null: it never saw a risk'),
  })
  .describe('one person');

const group = z
  .strictObject({
    id: guid,
    displayName: z.string().describe('name of the group'),
    isAssignableToRole: z.boolean().default(false).describe('may hold directory roles'),
    visibility: z
      .enum(['Public', 'Private', 'HiddenMembership'])
      .nullable()
      .default(null)
      .describe('"HiddenMembership": who is in it needs the permission Member.Read.Hidden'),
    securityEnabled: z.boolean().default(true).describe('a security group'),
    microsoft365: z.boolean().default(false).describe('a Microsoft 365 group; a public one can be joined by anybody'),
    membershipRule: z
      .string()
      .nullable()
      .default(null)
      .describe('rule of a dynamic group; its members are listed, too'),
    members: z.array(guid).default([]).describe('ids of people and groups in it'),
    owners: z.array(guid).default([]).describe('ids of people who own it'),
  })
  .describe('one group');

const target = z.strictObject({
  targetType: z.enum(['group', 'user']).default('group').describe('what the id names'),
  id: z.union([guid, z.literal('all_users')]).describe('id, or "all_users"'),
});

const passPolicy = z
  .strictObject({
    state: z.enum(['enabled', 'disabled']).default('enabled').describe('whether passes may be created at all'),
    minimumLifetimeInMinutes: minutes.default(60).describe('shortest lifetime'),
    maximumLifetimeInMinutes: minutes.default(480).describe('longest lifetime'),
    defaultLifetimeInMinutes: minutes.default(60).describe('lifetime if the request names none'),
    defaultLength: z.int().min(8).max(48).default(8).describe('characters of a pass'),
    isUsableOnce: z.boolean().default(false).describe('true: every pass works once'),
    includeTargets: z
      .array(target)
      .default([{ targetType: 'group', id: 'all_users' }])
      .describe('who is in scope'),
    excludeTargets: z.array(target).default([]).describe('who is excluded, even if in scope'),
  })
  .describe('the Temporary Access Pass policy');

const seedSchema = z.strictObject({
  tenantId: guid.describe('id of the tenant'),
  displayName: z.string().describe('name of the organization'),
  domain: z.string().describe('default domain'),
  permissions: z
    .array(z.enum(PERMISSIONS))
    .default([...PERMISSIONS])
    .describe('application permissions that were granted; default: all the emulator knows'),
  otherPermissions: z
    .array(z.string())
    .default([])
    .describe('permissions granted beside them that nothing here needs; only the token names them'),
  sspr: z
    .strictObject({
      methodsRequired: z.int().min(1).max(2).default(1).describe('methods that a reset asks for'),
      writeback: z.boolean().default(true).describe('synced people can reset their password (password writeback)'),
    })
    .prefault({})
    .describe('settings of self-service password reset that Graph cannot read'),
  settings: z
    .strictObject({
      reportStalenessMinutes: z.number().min(0).default(0).describe('how old the registration report is'),
      visibilityDelaySeconds: z.number().min(0).default(0).describe('how long a new pass or method is not listed'),
      deltaDelaySeconds: z.number().min(0).default(0).describe('how long users/delta does not tell a change'),
      auditDelaySeconds: z.number().min(0).default(0).describe('how long a new audit event or sign-in is not listed'),
      auditDelayUpToSeconds: z
        .number()
        .min(0)
        .nullable()
        .default(null)
        .describe('if set, each entry is late by a random time between the two'),
      auditRetentionDays: z.number().min(1).default(30).describe('how far back audits and sign-ins go'),
      pageSize: z.int().min(1).nullable().default(null).describe('forces pages of this size; null: as in Graph'),
      throttling: z.boolean().default(true).describe('whether limits are enforced'),
      methodsShareReportLimit: z.boolean().default(false).describe('/authentication/methods counts as a report'),
    })
    .prefault({})
    .describe('how the tenant behaves; the control API can change all of it'),
  passPolicy: passPolicy.prefault({}),
  skus: z
    .array(
      z.strictObject({
        skuPartNumber: z.string().describe('name of the plan'),
        servicePlans: z.array(z.string()).describe('service plans in it; AAD_PREMIUM is P1, AAD_PREMIUM_P2 is P2'),
        enabled: z.int().default(50).describe('how many licenses the tenant has'),
      }),
    )
    .default([{ skuPartNumber: 'ENTERPRISEPREMIUM', servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'], enabled: 50 }])
    .describe('plans the tenant pays for'),
  teamsApps: z
    .array(
      z.strictObject({
        id: guid.describe('id in the catalog'),
        externalId: guid.describe('id in the manifest'),
        displayName: z.string().describe('name'),
      }),
    )
    .default([])
    .describe("Teams apps in the organization's catalog"),
  people: z.array(person).describe('everybody'),
  groups: z.array(group).default([]).describe('all groups'),
  roles: rolesSeed,
  customRoles: customRolesSeed,
  groupAccess: groupAccessSeed,
  botRoles: z.array(roleName).default([]).describe("directory roles of the bot's own service principal"),
  signIns: z
    .array(
      z.strictObject({
        user: guid.describe('who'),
        at: moment,
        errorCode: z.int().describe('0 for success, or the AADSTS number, for instance 50053'),
        failureReason: z.string().optional().describe('text; default: the text for the number'),
        ipAddress: z.string().default('203.0.113.10').describe('from where'),
        app: z.string().default('Microsoft Teams').describe('the app they signed in to'),
        conditionalAccess: z
          .enum(['success', 'failure', 'notApplied'])
          .default('notApplied')
          .describe('result of Conditional Access'),
      }),
    )
    .default([])
    .describe('the sign-in log'),
  audits: z
    .array(
      z.strictObject({
        at: moment,
        service: z
          .enum(['Self-service Password Management', 'Authentication Methods', 'Core Directory'])
          .describe('loggedByService'),
        activity: z.string().describe("activityDisplayName, exactly Microsoft's text"),
        result: z.enum(['success', 'failure', 'timeout']).default('success').describe('result'),
        reason: z.string().default('').describe('resultReason'),
        target: guid.describe('the person it is about'),
        by: guid.nullable().default(null).describe('who did it; null: the person themself'),
        changed: z
          .array(
            z.strictObject({
              property: z.string().describe('displayName of the modified property'),
              from: z.unknown().describe('old value; stored as JSON text, as Microsoft does'),
              to: z.unknown().describe('new value'),
            }),
          )
          .default([])
          .describe('modifiedProperties'),
      }),
    )
    .default([])
    .describe('the directory audit log'),
  detections: z
    .array(
      z.strictObject({
        user: guid.describe('who'),
        type: z.string().describe('riskEventType, for instance leakedCredentials'),
        level: z.enum(['low', 'medium', 'high']).describe('level'),
        at: moment,
      }),
    )
    .default([])
    .describe('risk detections'),
});

/** A seed with every default filled in. */
export type Seed = z.infer<typeof seedSchema>;
/** One person of a seed. */
export type PersonSeed = Seed['people'][number];
export { seedSchema };
