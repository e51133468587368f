/**
 * Builds the tenant a seed describes: ages become times, people get their methods, and logs get their entries.
 */
import { isoTime, resolveMoment } from './ages.ts';
import { BUILT_IN } from './directory-roles.ts';
import { auditFromSeed, BOT_APP, detectionFromSeed, signInFromSeed } from './logs.ts';
import { seededRandom } from './seeded-random.ts';
import type { PersonSeed, Seed } from './seed-schema.ts';
import { methodRecord, type Json, type PersonRecord, type Runtime, type World } from './world.ts';

/** Builds the tenant. Ages are counted from the clock's current time. */
export function buildWorld(seed: Seed, runtime: Runtime): World {
  const now = runtime.now();
  const copy = structuredClone(seed);
  const world: World = {
    ...runtime,
    tenantId: copy.tenantId,
    displayName: copy.displayName,
    domain: copy.domain,
    permissions: new Set(copy.permissions),
    settings: copy.settings,
    seedSettings: { ...copy.settings },
    timing: 'quick',
    auditRandom: seededRandom(1),
    sspr: copy.sspr,
    passPolicy: copy.passPolicy,
    skus: copy.skus,
    teamsApps: copy.teamsApps,
    people: new Map(copy.people.map((entry) => [entry.id, personFromSeed(entry, now, runtime)])),
    deleted: new Map(),
    directory: {
      id: runtime.newId(),
      changes: [],
      repeats: [],
      tokensIssued: 0,
      tokensRefused: { upTo: 0, how: 'gone' },
    },
    groups: new Map(copy.groups.map((group) => [group.id, { ...group, ...activeIn(copy, group) }])),
    ...rolesFromSeed(copy),
    groupAccess: copy.groupAccess,
    otherPermissions: copy.otherPermissions,
    signIns: [],
    audits: [],
    detections: [],
    startedAt: now,
  };
  world.signIns.push(...copy.signIns.map((entry) => signInFromSeed(world, entry, resolveMoment(entry.at, now))));
  world.audits.push(...copy.audits.map((entry) => auditFromSeed(world, entry, resolveMoment(entry.at, now))));
  world.detections.push(
    ...copy.detections.map((entry) => detectionFromSeed(world, entry, resolveMoment(entry.at, now))),
  );
  return world;
}

/** Members and owners of a group; whose access PIM holds active now is one of them. */
function activeIn(seed: Seed, group: Seed['groups'][number]): { members: Set<string>; owners: Set<string> } {
  const active = (access: 'member' | 'owner'): string[] =>
    seed.groupAccess
      .filter((one) => one.group === group.id && one.access === access && one.how !== 'eligible')
      .map(({ principal }) => principal);
  return {
    members: new Set([...group.members, ...active('member')]),
    owners: new Set([...group.owners, ...active('owner')]),
  };
}

function rolesFromSeed(seed: Seed): Pick<World, 'roleDefinitions' | 'roles' | 'botRoles'> {
  const custom = seed.customRoles.map(({ id, displayName }) => ({ id, displayName, isBuiltIn: false }));
  const builtIn = (name: string) => BUILT_IN.flatMap((role) => (role.displayName === name ? [role] : []));
  return {
    roleDefinitions: [...BUILT_IN, ...custom],
    roles: [
      ...seed.roles.flatMap((held) => builtIn(held.role).map((role) => ({ ...held, role }))),
      ...seed.customRoles.flatMap(({ holders }, n) => {
        const role = custom[n];
        return role === undefined ? [] : holders.map((held) => ({ ...held, role }));
      }),
      ...seed.botRoles
        .flatMap(builtIn)
        .map((role) => ({ principal: BOT_APP.servicePrincipalId, role, how: 'assigned', scope: '/' }) as const),
    ],
    botRoles: seed.botRoles.flatMap(builtIn).map(({ id }) => id),
  };
}

function personFromSeed(seed: PersonSeed, now: number, runtime: Runtime): PersonRecord {
  const {
    manager,
    licenses,
    methods,
    securityQuestions,
    ssprEnabled,
    inRegistrationReport,
    risk,
    apps,
    ...properties
  } = seed;
  const user: Json = {
    ...properties,
    mailNickname: seed.mailNickname ?? seed.userPrincipalName.slice(0, seed.userPrincipalName.indexOf('@')),
    createdDateTime: isoTime(resolveMoment(seed.createdDateTime, now)),
    lastPasswordChangeDateTime: isoTime(resolveMoment(seed.lastPasswordChangeDateTime, now)),
    signInSessionsValidFromDateTime: isoTime(resolveMoment(seed.createdDateTime, now)),
  };
  return {
    id: seed.id,
    user,
    atStart: { properties: { ...user }, manager },
    managerId: manager,
    licenses,
    methods: methods.map((method) => {
      const createdAt = method.created === null ? null : resolveMoment(method.created, now);
      return methodRecord(method, createdAt, 0, runtime.newId);
    }),
    securityQuestions,
    ssprEnabled,
    inRegistrationReport,
    risk: risk === null ? null : riskResource(seed, risk, resolveMoment(risk.updated, now)),
    pass: null,
    session: null,
    resetFlow: null,
    apps: new Map(apps.map((app) => [app, runtime.newId()])),
  };
}

function riskResource(person: PersonSeed, risk: NonNullable<PersonSeed['risk']>, updatedAt: number): Json {
  return {
    id: person.id,
    isDeleted: false,
    isProcessing: false,
    riskLevel: risk.level,
    riskState: risk.state,
    riskDetail: 'none',
    riskLastUpdatedDateTime: isoTime(updatedAt),
    userDisplayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
  };
}
