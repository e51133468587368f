/**
 * What happens in the tenant without the bot: administrators use the portal, numbers change, risk appears. Whatever
 * the real tenant would write to its audit log is written here too.
 */
import { isoTime } from './ages.ts';
import { changeDirectory } from './directory-changes.ts';
import { writeAudit } from './logs.ts';
import { makePass } from './pass-routes.ts';
import type { PassRequest } from './pass-routes.ts';
import { methodRecord } from './world.ts';
import type { GroupRecord, HeldRole, Json, PersonRecord, World } from './world.ts';

/** Somebody resets the password in the portal and so bypasses the procedure. */
export function resetByAdmin(world: World, target: PersonRecord, by: PersonRecord): void {
  const event = { result: 'success', target: target.id, by: { person: by.id }, correlationId: world.newId() } as const;
  writeAudit(world, { service: 'Core Directory', activity: 'Reset user password', reason: '', ...event });
  writeAudit(world, {
    service: 'Self-service Password Management',
    activity: 'Reset password (by admin)',
    reason: 'Successfully completed reset.',
    details: { OnPremisesAgent: 'None' },
    ...event,
  });
  changeDirectory(world, target, { properties: { lastPasswordChangeDateTime: isoTime(world.now()) } });
}

/** A server that lags behind lists a deleted pass once more. Throws RangeError for any pass but the one deleted last. */
export function listAgain(world: World, person: PersonRecord, id: string, seconds: number): void {
  const deleted = person.passStillListed?.pass;
  if (deleted?.id !== id) throw new RangeError('This pass was not the last one that was deleted.');
  person.passStillListed = { pass: deleted, until: world.now() + seconds * 1000 };
}

/** Somebody creates a pass in the portal, without a case. */
export function passFromElsewhere(
  world: World,
  target: PersonRecord,
  by: PersonRecord,
  wanted: PassRequest,
): { readonly id: string } {
  return { id: makePass(world, target, wanted, { person: by.id }).id };
}

/** Properties whose change leaves no log entry that the bot reads. */
interface PersonChange {
  readonly accountEnabled?: boolean | undefined;
  readonly displayName?: string | undefined;
  readonly isManagementRestricted?: boolean | undefined;
  readonly manager?: string | null | undefined;
  readonly ssprEnabled?: boolean | undefined;
  readonly inRegistrationReport?: boolean | undefined;
  readonly securityQuestions?: boolean | undefined;
  readonly licenses?: readonly string[] | undefined;
}

/** Changes the account. Absent properties stay as they are. */
export function changePerson(world: World, person: PersonRecord, change: PersonChange): void {
  const properties: Json = {};
  for (const name of ['accountEnabled', 'displayName', 'isManagementRestricted'] as const) {
    if (change[name] !== undefined) properties[name] = change[name];
  }
  changeDirectory(world, person, {
    properties,
    ...(change.manager === undefined ? {} : { manager: change.manager }),
  });
  if (change.ssprEnabled !== undefined) person.ssprEnabled = change.ssprEnabled;
  if (change.inRegistrationReport !== undefined) person.inRegistrationReport = change.inRegistrationReport;
  if (change.securityQuestions !== undefined) person.securityQuestions = change.securityQuestions;
  if (change.licenses !== undefined) person.licenses = change.licenses;
}

/** Which number changes, and its new value. */
interface NumberChange {
  readonly which: 'businessPhones' | 'mobilePhone' | 'registered-mobile';
  readonly number: string;
  /** False: the audit log never tells. */
  readonly audited: boolean;
}

/** Changes a telephone number and writes the audit entries the real directory would. */
export function changeNumber(
  world: World,
  person: PersonRecord,
  { which, number, audited }: NumberChange,
  by: PersonRecord,
): void {
  const event = {
    result: 'success',
    reason: '',
    target: person.id,
    by: { person: by.id },
    correlationId: world.newId(),
  } as const;
  const write = (entry: Omit<Parameters<typeof writeAudit>[1], keyof typeof event> & { readonly reason?: string }) => {
    if (audited) writeAudit(world, { ...event, ...entry });
  };
  if (which !== 'registered-mobile') {
    const property = which === 'mobilePhone' ? 'MobilePhone' : 'TelephoneNumber';
    const before =
      which === 'mobilePhone' ? person.user['mobilePhone'] : (person.user['businessPhones'] as string[])[0];
    changeDirectory(world, person, { properties: { [which]: which === 'mobilePhone' ? number : [number] } });
    const changed = [
      { property, from: [before ?? null], to: [number] },
      { property: 'Included Updated Properties', from: null, to: property },
    ];
    write({ service: 'Core Directory', activity: 'Update user', changed });
    return;
  }
  const old = person.methods.find(({ seed, deletedAt }) => seed.kind === 'mobile' && deletedAt === null);
  const now = world.now();
  if (old !== undefined) old.deletedAt = now;
  const seed = { kind: 'mobile', phoneNumber: number, created: null } as const;
  person.methods.push(methodRecord(seed, now, now + world.settings.visibilityDelaySeconds * 1000, world.newId));
  const activity = old === undefined ? 'User registered security info' : 'User updated security info';
  const verb = old === undefined ? 'registered' : 'updated';
  const before = old?.seed.kind === 'mobile' ? old.seed.phoneNumber : null;
  const changed = [
    {
      property: 'StrongAuthenticationUserDetails',
      from: [{ PhoneNumber: before, AlternativePhoneNumber: null, Email: null, VoiceOnlyPhoneNumber: null }],
      to: [{ PhoneNumber: number, AlternativePhoneNumber: null, Email: null, VoiceOnlyPhoneNumber: null }],
    },
    { property: 'Included Updated Properties', from: null, to: 'StrongAuthenticationUserDetails' },
  ];
  write({ service: 'Authentication Methods', activity, reason: `User ${verb} Mobile Phone SMS` });
  write({ service: 'Core Directory', activity: 'Update user', changed });
}

/** Changes ID Protection's assessment of a person. */
export function setRisk(world: World, person: PersonRecord, riskLevel: string, riskState: string): void {
  person.risk = {
    id: person.id,
    isDeleted: false,
    isProcessing: false,
    riskLevel,
    riskState,
    riskDetail: 'none',
    riskLastUpdatedDateTime: isoTime(world.now()),
    userDisplayName: person.user['displayName'],
    userPrincipalName: person.user['userPrincipalName'],
  };
}

/** A group by its id. Throws when there is none. */
export function groupNamed(world: World, id: string): GroupRecord {
  const group = world.groups.get(id.toLowerCase());
  if (group === undefined) throw new RangeError(`There is no group ${id}.`);
  return group;
}

/** Gives a directory role: a built-in one by its name, a custom one by its id. Throws RangeError for an unknown id. */
export function giveRole(world: World, person: PersonRecord, wanted: string, how: HeldRole['how']): void {
  const role = world.roleDefinitions.find(({ id, displayName }) => id === wanted || displayName === wanted);
  if (role === undefined) throw new RangeError(`There is no role ${wanted}.`);
  world.roles.push({ principal: person.id, role, how, scope: '/' });
}

/** Gives access to a group through PIM. Whoever is not only eligible is in the group now. */
export function giveGroupAccess(
  world: World,
  { principal, group: id, access, how }: World['groupAccess'][number],
): void {
  const group = groupNamed(world, id);
  world.groupAccess.push({ principal, group: group.id, access, how });
  if (how !== 'eligible') (access === 'member' ? group.members : group.owners).add(principal);
}
