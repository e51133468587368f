/**
 * Registered sign-in methods, in the terms of the procedure. A kind of method we do not know becomes `other` and is
 * never skipped. Numbers and addresses leave this file masked.
 */
import type { FollowedFact, TenantIndex } from '../casework/ports/tenant-index.ts';
import type {
  ExistingPass,
  MethodKind,
  PersonId,
  Reading,
  RegisteredMethod,
  RegistrationFacts,
} from '../procedure/facts.ts';
import type { z } from 'zod';
import { mapReading, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { canonicalAddress, canonicalNumbers } from './canonical.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import type { GraphPath } from './odata.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { methodShape, wholeList } from './shapes.ts';
import type { MethodEntry, registrationShape } from './shapes.ts';
import { oneLine } from './text.ts';

const KINDS: Readonly<Record<string, MethodKind>> = {
  microsoftAuthenticatorAuthenticationMethod: 'authenticator-app',
  passwordlessMicrosoftAuthenticatorAuthenticationMethod: 'authenticator-app',
  softwareOathAuthenticationMethod: 'software-token',
  hardwareOathAuthenticationMethod: 'hardware-token',
  emailAuthenticationMethod: 'email',
  fido2AuthenticationMethod: 'passkey',
  windowsHelloForBusinessAuthenticationMethod: 'windows-hello',
  platformCredentialAuthenticationMethod: 'platform-credential',
  externalAuthenticationMethod: 'external',
  temporaryAccessPassAuthenticationMethod: 'temporary-access-pass',
  passwordAuthenticationMethod: 'password',
};

const PHONES: Readonly<Record<string, MethodKind>> = {
  mobile: 'mobile-phone',
  alternateMobile: 'alternate-mobile-phone',
  office: 'office-phone',
};

/** The kind of a method; `other` for every type that is not listed above. */
export function kindOf(entry: MethodEntry): MethodKind {
  const type = entry['@odata.type'].replace(/^#microsoft\.graph\./, '');
  if (type === 'phoneAuthenticationMethod') return PHONES[entry.phoneType ?? ''] ?? 'other';
  return KINDS[type] ?? 'other';
}

/** The last two digits of a number; empty when it has fewer. */
export function lastTwoDigits(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  return digits.length < 2 ? '' : digits.slice(-2);
}

function masked(entry: MethodEntry): string {
  if (entry.phoneNumber !== null) return `•••${lastTwoDigits(entry.phoneNumber)}`;
  if (entry.emailAddress !== null) return `${oneLine(entry.emailAddress, 200).slice(0, 1)}•••`;
  return oneLine(entry.displayName ?? '', 40);
}

/** Digests of facts. */
export type Digests = Pick<TenantIndex, 'digest'>;

/** The fact that is followed of a method. */
export function factOf(entry: MethodEntry): FollowedFact {
  return `method:${entry.id}`;
}

/** Ids as Graph gives them. A method with another id is listed, but not followed, and its number is not used. */
const FOLLOWED_ID = /^[A-Za-z0-9_-]{1,200}$/;

/** The number or address of a method in the form that is compared; `null` for a method that has neither. */
export function valueOf({ id, phoneNumber, emailAddress }: MethodEntry): string | null {
  if (!FOLLOWED_ID.test(id)) return null;
  if (phoneNumber !== null) return canonicalNumbers([phoneNumber]);
  return emailAddress === null ? null : canonicalAddress(emailAddress);
}

function methodOf(entry: MethodEntry, digests: Digests): RegisteredMethod {
  const value = valueOf(entry);
  return {
    ref: entry.id,
    kind: kindOf(entry),
    masked: masked(entry),
    digest: value === null ? null : digests.digest(factOf(entry), value),
    // A phone keeps its id and its date when its number is replaced, so the date says nothing about the number.
    registeredAt: entry.phoneNumber === null ? entry.createdDateTime : null,
  };
}

/** Graph's list of methods. It is current, not paged, and takes no query options. */
export const methodsShape = wholeList(methodShape);

/** The path of a person's methods. */
export function methodsPath(person: PersonId): GraphPath {
  return path(`/users/${segment(person)}/authentication/methods`);
}

/**
 * The methods of a list, plus security questions from the registration report. Graph lists questions nowhere else, so
 * without the report they are not known.
 */
export function methodsOf(
  entries: readonly MethodEntry[],
  registration: Reading<RegistrationFacts>,
  digests: Digests,
): readonly RegisteredMethod[] {
  const listed = entries.map((entry) => methodOf(entry, digests));
  if (registration.kind !== 'read' || !registration.value.hasSecurityQuestions) return listed;
  return [
    ...listed,
    { ref: 'security-questions', kind: 'security-questions', masked: '', digest: null, registeredAt: null },
  ];
}

/** The reasons with which Graph says that a pass will not sign in any more. One that is not valid yet, or off by policy, may. */
const OVER: ReadonlySet<string> = new Set(['Expired', 'OneTimeUsed']);

/** Whether a pass works or may work later. Only Graph decides that, never our clock. */
export function isAlive(methodUsabilityReason: string | null): boolean {
  return !OVER.has(methodUsabilityReason ?? '');
}

/** The pass among the methods, alive or not; `null` when there is none. Graph keeps one; of several, one that is alive counts. */
export function passAmong(entries: readonly MethodEntry[]): ExistingPass | null {
  const passes = entries
    .filter((entry) => kindOf(entry) === 'temporary-access-pass')
    .map(({ id, createdDateTime, methodUsabilityReason }): ExistingPass => {
      return { passId: id, createdAt: createdDateTime, alive: isAlive(methodUsabilityReason) };
    });
  return passes.find(({ alive }) => alive) ?? passes[0] ?? null;
}

/** The registration report's row about a person, in the terms of the procedure. */
export function registrationOf(entry: z.output<typeof registrationShape>): RegistrationFacts {
  return {
    ssprEnabled: entry.isSsprEnabled,
    ssprRegistered: entry.isSsprRegistered,
    ssprCapable: entry.isSsprCapable,
    hasSecurityQuestions: entry.methodsRegistered.some((name) => /^securityQuestions?$/i.test(name)),
    reportAt: entry.lastUpdatedDateTime,
  };
}

/**
 * The registered methods, as they are now, without security questions: only the report has those. `rateLimit`: where a
 * tenant counts this list as a report; `throttled` when it would have to wait too long then.
 */
export async function readMethods(
  client: GraphClient,
  rateLimit: ReportRateLimit | null,
  digests: Digests,
  person: PersonId,
): Promise<Reading<readonly RegisteredMethod[]>> {
  const ask = (): Promise<Answer> =>
    client.ask({ call: 'read-methods', method: 'GET', path: methodsPath(person), once: rateLimit !== null });
  const answer = await (rateLimit === null ? ask() : rateLimit.ask('watch', ask, client.left()));
  return mapReading(readingOf(answer, methodsShape), (entries) => entries.map((entry) => methodOf(entry, digests)));
}
