/**
 * What people do at Microsoft's own pages: sign in with a pass, register a method. A pass works only while Graph would
 * call it usable, and a one-time pass works once.
 */
import { isoTime } from './ages.ts';
import { writeAudit, writeSignIn } from './logs.ts';
import { methodType, passEndsAt, passUsability } from './method-resource.ts';
import type { MethodSeed } from './method-seed.ts';
import { findPerson, methodRecord } from './world.ts';
import type { PersonRecord, World } from './world.ts';

/** Why a sign-in with a pass failed. */
type SignInRefusal =
  | 'no-such-account'
  | 'account-disabled'
  | 'no-pass'
  | 'wrong-pass'
  | 'pass-not-yet-valid'
  | 'pass-expired'
  | 'pass-already-used'
  | 'blocked-by-policy';

/** The result of a sign-in, with the page's text. */
export type SignInResult =
  | { readonly signedIn: true; readonly registerUntil: string }
  | { readonly signedIn: false; readonly reason: SignInRefusal; readonly says: string };

/** Error numbers and texts of Microsoft's sign-in page. 130504 and the policy text are documented; the other 1305xx are assumed. */
const REFUSALS: Readonly<Record<SignInRefusal, { readonly code: number; readonly says: string }>> = {
  'no-such-account': { code: 50034, says: "We couldn't find an account with that username." },
  'account-disabled': {
    code: 50057,
    says: 'Your account has been locked. Contact your support person to unlock it, then try again.',
  },
  'no-pass': { code: 50126, says: 'Your account or password is incorrect.' },
  'wrong-pass': {
    code: 130503,
    says: "Your Temporary Access Pass is incorrect. If you don't know your pass, contact your administrator.",
  },
  'pass-not-yet-valid': { code: 130505, says: 'Your Temporary Access Pass is not yet valid.' },
  'pass-expired': { code: 130504, says: 'Your Temporary Access Pass has expired.' },
  'pass-already-used': {
    code: 130502,
    says: 'Temporary Access Pass sign in was blocked due to User Credential Policy',
  },
  'blocked-by-policy': {
    code: 130502,
    says: 'Temporary Access Pass sign in was blocked due to User Credential Policy',
  },
};

const ONE_TIME_MINUTES = 10;

/** Signs in with a pass. A success starts a session in which methods may be registered. */
export function signInWithPass(world: World, upn: string, pass: string): SignInResult {
  const person = findPerson(world, upn);
  const reason = person === undefined ? 'no-such-account' : refusal(world, person, pass);
  if (person !== undefined) {
    const error = reason === null ? { code: 0, says: undefined } : REFUSALS[reason];
    writeSignIn(world, person.id, error.code, error.says);
  }
  if (reason !== null) return { signedIn: false, reason, says: REFUSALS[reason].says };
  if (person === undefined || person.pass === null) throw new Error('A sign-in succeeded without a pass');
  const now = world.now();
  person.pass.usedAt = now;
  const end = passEndsAt(person.pass);
  // After a one-time pass Microsoft allows ten minutes to register. A session never lasts longer than its pass.
  const registerUntil = person.pass.oneTime ? Math.min(end, now + ONE_TIME_MINUTES * 60_000) : end;
  person.session = { startedAt: now, registerUntil };
  return { signedIn: true, registerUntil: isoTime(registerUntil) };
}

function refusal(world: World, person: PersonRecord, given: string): SignInRefusal | null {
  if (person.user['accountEnabled'] !== true) return 'account-disabled';
  if (person.pass === null) return 'no-pass';
  if (person.pass.value !== given) return 'wrong-pass';
  if (world.passPolicy.isUsableOnce && !person.pass.oneTime) return 'blocked-by-policy';
  switch (passUsability(world, person, person.pass)) {
    case 'EnabledByPolicy':
      return null;
    case 'Expired':
      return 'pass-expired';
    case 'NotYetValid':
      return 'pass-not-yet-valid';
    case 'OneTimeUsed':
      return 'pass-already-used';
    default:
      return 'blocked-by-policy';
  }
}

/** The result of registering a method on the security info page. */
export type RegistrationResult =
  | { readonly registered: true; readonly id: string }
  | { readonly registered: false; readonly reason: 'not-signed-in' | 'session-is-over' | 'already-registered' };

/** Registers a method in the session that was started with a pass. One phone of each type, one address. */
export function registerMethod(world: World, person: PersonRecord, seed: MethodSeed): RegistrationResult {
  const now = world.now();
  if (person.session === null) return { registered: false, reason: 'not-signed-in' };
  if (now >= person.session.registerUntil) return { registered: false, reason: 'session-is-over' };
  const record = methodRecord(seed, now, now + world.settings.visibilityDelaySeconds * 1000, world.newId);
  const taken = person.methods.some(({ id, deletedAt }) => deletedAt === null && id === record.id);
  if (taken) return { registered: false, reason: 'already-registered' };
  person.methods.push(record);
  securityInfoAudit(world, person, 'User registered security info', `User registered ${reasonWords(seed)}`);
  return { registered: true, id: record.id };
}

/** Removes a method, as the person would on the security info page. False: there is none with this id. */
export function removeMethod(world: World, person: PersonRecord, id: string): boolean {
  const record = person.methods.find((method) => method.id === id && method.deletedAt === null);
  if (record === undefined) return false;
  record.deletedAt = world.now();
  securityInfoAudit(world, person, 'User deleted security info', `User deleted ${reasonWords(record.seed)}`);
  return true;
}

function securityInfoAudit(world: World, person: PersonRecord, activity: string, reason: string): void {
  const event = { service: 'Authentication Methods', activity, result: 'success', reason } as const;
  writeAudit(world, { ...event, target: person.id, by: { person: person.id }, correlationId: world.newId() });
}

function reasonWords(seed: MethodSeed): string {
  switch (seed.kind) {
    case 'mobile':
      return 'Mobile Phone SMS';
    case 'alternateMobile':
      return 'Alternate Mobile Phone Call';
    case 'office':
      return 'Office Phone';
    case 'email':
      return 'Email';
    case 'authenticator':
      return 'Authenticator App with Notification and Code';
    default:
      return methodType(seed).replace('#microsoft.graph.', '').replace('AuthenticationMethod', '');
  }
}
