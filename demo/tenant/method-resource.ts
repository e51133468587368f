/**
 * Registered methods as Graph lists them. Secrets are never listed: `password`, `secretKey` and `temporaryAccessPass`
 * are null.
 */
import { isoTime } from './ages.ts';
import type { MethodSeed } from './method-seed.ts';
import type { Json, MethodRecord, PassRecord, PersonRecord, World } from './world.ts';

/** The id of everybody's password method. */
const PASSWORD_METHOD = '28c10230-6103-485e-b985-444c60001490';

/** The methods that lists show now: registered, visible, not deleted. */
export function liveMethods(world: World, person: PersonRecord): readonly MethodRecord[] {
  return person.methods.filter((method) => method.deletedAt === null && method.visibleAt <= world.now());
}

/** One registered method in Graph's shape. v1.0 never says when a phone was registered. */
export function methodResource(world: World, method: MethodRecord, version: 'v1.0' | 'beta'): Json {
  const createdDateTime = method.createdAt === null ? null : isoTime(method.createdAt);
  const type = methodType(method.seed);
  const shown = version === 'beta' || type !== PHONE ? { createdDateTime } : {};
  return { '@odata.type': type, id: method.id, ...properties(world, method.seed), ...shown };
}

const PHONE = '#microsoft.graph.phoneAuthenticationMethod';

/** The password method that every member has. */
export function passwordMethod(): Json {
  return {
    '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
    id: PASSWORD_METHOD,
    password: null,
    createdDateTime: null,
  };
}

/** The `@odata.type` of a kind of method. */
export function methodType(seed: MethodSeed): string {
  switch (seed.kind) {
    case 'mobile':
    case 'alternateMobile':
    case 'office':
      return PHONE;
    case 'email':
      return '#microsoft.graph.emailAuthenticationMethod';
    case 'authenticator':
      return '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod';
    case 'softwareOath':
      return '#microsoft.graph.softwareOathAuthenticationMethod';
    case 'fido2':
      return '#microsoft.graph.fido2AuthenticationMethod';
    case 'windowsHello':
      return '#microsoft.graph.windowsHelloForBusinessAuthenticationMethod';
    case 'platformCredential':
      return '#microsoft.graph.platformCredentialAuthenticationMethod';
    case 'external':
      return '#microsoft.graph.externalAuthenticationMethod';
    case 'unlisted':
      return seed.odataType;
  }
}

function properties(world: World, seed: MethodSeed): Json {
  switch (seed.kind) {
    case 'mobile':
      return { phoneNumber: seed.phoneNumber, phoneType: seed.kind, smsSignInState: 'notAllowedByPolicy' };
    case 'alternateMobile':
    case 'office':
      return { phoneNumber: seed.phoneNumber, phoneType: seed.kind, smsSignInState: 'notSupported' };
    case 'email':
      return { emailAddress: seed.emailAddress };
    case 'authenticator':
      return { displayName: seed.displayName, deviceTag: 'SoftwareTokenActivated', phoneAppVersion: '6.2511.7533' };
    case 'softwareOath':
      return { secretKey: null };
    case 'fido2':
      return {
        displayName: seed.displayName,
        ...(seed.keptIn === 'authenticator-app'
          ? { aaGuid: 'de1e552d-db1d-4423-a619-566b625cdc84', model: 'Microsoft Authenticator' }
          : { aaGuid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8', model: 'YubiKey 5 Series' }),
        attestationCertificates: [],
        attestationLevel: 'attested',
        passkeyType: 'deviceBound',
      };
    case 'windowsHello':
      return { displayName: seed.displayName, keyStrength: 'normal' };
    case 'platformCredential':
      return { displayName: seed.displayName, keyStrength: 'normal', platform: 'macOS' };
    case 'external':
      return { displayName: seed.displayName, configurationId: `${world.tenantId.slice(0, -1)}9` };
    case 'unlisted':
      return {};
  }
}

/** When a pass ends, in milliseconds. */
export function passEndsAt(pass: PassRecord): number {
  return pass.startsAt + pass.lifetimeMinutes * 60_000;
}

/** Microsoft's code for whether a pass works, and why not. */
export function passUsability(world: World, person: PersonRecord, pass: PassRecord): string {
  const now = world.now();
  if (now >= passEndsAt(pass)) return 'Expired';
  if (pass.oneTime && pass.usedAt !== null) return 'OneTimeUsed';
  if (!passPolicyAllows(world, person)) return 'DisabledByPolicy';
  return now < pass.startsAt ? 'NotYetValid' : 'EnabledByPolicy';
}

/** Whether the pass policy is on and has this person in scope. */
export function passPolicyAllows(world: World, person: PersonRecord): boolean {
  const { state, includeTargets, excludeTargets } = world.passPolicy;
  const groups = world.groups;
  const inTarget = (id: string): boolean =>
    id === 'all_users' || id === person.id || (groups.has(id) && isIn(world, person.id, id));
  return (
    state === 'enabled' &&
    includeTargets.some(({ id }) => inTarget(id)) &&
    !excludeTargets.some(({ id }) => inTarget(id))
  );
}

function isIn(world: World, member: string, groupId: string, seen = new Set<string>()): boolean {
  const group = world.groups.get(groupId);
  if (group === undefined || seen.has(groupId)) return false;
  seen.add(groupId);
  return group.members.has(member) || [...group.members].some((id) => isIn(world, member, id, seen));
}

/** A pass in Graph's shape, without its value. */
export function passResource(world: World, person: PersonRecord, pass: PassRecord): Json {
  const reason = passUsability(world, person, pass);
  return {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
    id: pass.id,
    temporaryAccessPass: null,
    createdDateTime: isoTime(pass.createdAt),
    startDateTime: isoTime(pass.startsAt),
    lifetimeInMinutes: pass.lifetimeMinutes,
    isUsableOnce: pass.oneTime,
    isUsable: reason === 'EnabledByPolicy',
    methodUsabilityReason: reason,
  };
}

/** The pass as lists show it: `null` until its creation is visible. A deleted one can be listed for a while. */
export function visiblePass(world: World, person: PersonRecord): PassRecord | null {
  const { passStillListed: deleted } = person;
  if (person.pass === null && deleted !== null && world.now() < deleted.until) return deleted.pass;
  return person.pass !== null && person.pass.visibleAt <= world.now() ? person.pass : null;
}
