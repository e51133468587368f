/**
 * Registered sign-in methods, in the terms of the procedure. A kind of method we do not know becomes `other` and is
 * never skipped. Numbers and addresses leave this file masked.
 */
import type { MethodKind, PersonId, Reading, RegisteredMethod, RegistrationFacts } from '../procedure/facts.ts';
import type { z } from 'zod';
import { mapReading, readingOf, unread } from './answer.ts';
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

function methodOf(entry: MethodEntry): RegisteredMethod {
  return {
    ref: entry.id,
    kind: kindOf(entry),
    masked: masked(entry),
    digest: null,
    registeredAt: entry.createdDateTime,
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
): readonly RegisteredMethod[] {
  const listed = entries.map(methodOf);
  if (registration.kind !== 'read' || !registration.value.hasSecurityQuestions) return listed;
  return [
    ...listed,
    { ref: 'security-questions', kind: 'security-questions', masked: '', digest: null, registeredAt: null },
  ];
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
 * The registered methods, as they are now, without security questions: only the report has those. The request counts
 * as one of the watch, because Microsoft may count this list as a report; `throttled` when it would wait too long.
 */
export async function readMethods(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  person: PersonId,
): Promise<Reading<readonly RegisteredMethod[]>> {
  if (!(await rateLimit.acquire('watch'))) return unread('throttled');
  const answer = await client.ask({ call: 'read-methods', method: 'GET', path: methodsPath(person) });
  return mapReading(readingOf(answer, methodsShape), (entries) => entries.map(methodOf));
}
