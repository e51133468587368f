/**
 * The registration report: who has enough methods for a reset, as of some time ago. It contains nothing newer than the
 * time it states.
 */
import { isoTime } from './ages.ts';
import { needsPremium } from './audit-routes.ts';
import { answerCollection } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GRAPH, notFound, ok, wrongRequest } from './exchange.ts';
import type { Route } from './exchange.ts';
import type { MethodSeed } from './method-seed.ts';
import { groupsOf } from './world.ts';
import type { Json, MethodRecord, PersonRecord, World } from './world.ts';

const NEEDS = ['AuditLog.Read.All'] as const;
const BASE = '/*/reports/authenticationMethods/userRegistrationDetails';

const RULES: CollectionRules = {
  context: 'reports/authenticationMethods/userRegistrationDetails',
  filterable: {
    id: ['eq'],
    userPrincipalName: ['eq', 'startswith'],
    userDisplayName: ['eq', 'startswith'],
    userType: ['eq'],
    isAdmin: ['eq'],
    isSsprRegistered: ['eq'],
    isSsprEnabled: ['eq'],
    isSsprCapable: ['eq'],
    isMfaRegistered: ['eq'],
    isMfaCapable: ['eq'],
    isPasswordlessCapable: ['eq'],
    methodsRegistered: ['eq'],
  },
  pageSize: 100,
  maxPageSize: 999,
};

/** The report about everybody, and about one person. */
export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: BASE,
    needs: NEEDS,
    answer: (call) => {
      needsPremium(call.world);
      return answerCollection(
        call,
        [...call.world.people.values()]
          .filter(({ inRegistrationReport }) => inRegistrationReport)
          .map((person) => registration(call.world, person)),
        RULES,
      );
    },
  },
  {
    method: 'GET',
    path: `${BASE}/{user}`,
    needs: NEEDS,
    answer: (call) => {
      needsPremium(call.world);
      for (const option of call.request.query.keys()) {
        if (option.startsWith('$')) throw wrongRequest(`Query option '${option}' is not allowed.`);
      }
      const person = call.world.people.get(call.at('user').toLowerCase()); // by object id only
      if (person?.inRegistrationReport !== true) throw notFound(call.at('user'));
      return ok({
        '@odata.context': `${GRAPH}/${call.request.version}/$metadata#${RULES.context}/$entity`,
        ...registration(call.world, person),
      });
    },
  },
];

/** The report's name for a kind of method; null: it is not in the report. */
function reportName(seed: MethodSeed): string | null {
  switch (seed.kind) {
    case 'mobile':
      return 'mobilePhone';
    case 'alternateMobile':
      return 'alternateMobilePhone';
    case 'office':
      return 'officePhone';
    case 'email':
      return 'email';
    case 'authenticator':
      return 'microsoftAuthenticatorPush';
    case 'softwareOath':
      return 'softwareOneTimePasscode';
    case 'fido2':
      return seed.keptIn === 'authenticator-app' ? 'passKeyDeviceBoundAuthenticator' : 'passKeyDeviceBound';
    case 'windowsHello':
      return 'windowsHelloForBusiness';
    case 'platformCredential':
      return 'macOsSecureEnclaveKey';
    case 'external':
      return 'externalAuthMethod';
    case 'unlisted':
      return null;
  }
}

/** Methods that a reset accepts. */
const FOR_RESET = new Set([
  'mobilePhone',
  'alternateMobilePhone',
  'officePhone',
  'email',
  'microsoftAuthenticatorPush',
  'softwareOneTimePasscode',
  'securityQuestion',
]);
/** Methods accepted as a second factor at sign-in. */
/** Methods that sign in without a password. */
const PASSWORDLESS = ['passKeyDeviceBound', 'passKeyDeviceBoundAuthenticator', 'windowsHelloForBusiness'];
const FOR_SIGN_IN = new Set([...FOR_RESET, ...PASSWORDLESS, 'externalAuthMethod']);
['email', 'securityQuestion'].forEach((name) => FOR_SIGN_IN.delete(name));

/** Names of the methods a reset would accept from this person now. */
export function resetMethods(person: PersonRecord): readonly string[] {
  const live = person.methods.filter(({ deletedAt }) => deletedAt === null);
  return names(person, live).filter((name) => FOR_RESET.has(name));
}

function names(person: PersonRecord, methods: readonly MethodRecord[]): string[] {
  const registered = methods.map(({ seed }) => reportName(seed)).filter((name) => name !== null);
  return [...new Set([...registered, ...(person.securityQuestions ? ['securityQuestion'] : [])])];
}

function registration(world: World, person: PersonRecord): Json {
  const asOf = world.now() - world.settings.reportStalenessMinutes * 60_000;
  const known = person.methods.filter(
    ({ createdAt, deletedAt }) => (createdAt === null || createdAt <= asOf) && (deletedAt === null || deletedAt > asOf),
  );
  const methodsRegistered = names(person, known);
  const registered = methodsRegistered.filter((name) => FOR_RESET.has(name)).length >= world.sspr.methodsRequired;
  const mfa = methodsRegistered.some((name) => FOR_SIGN_IN.has(name));
  return {
    id: person.id,
    userPrincipalName: person.user['userPrincipalName'],
    userDisplayName: person.user['displayName'],
    userType: person.user['userType'] === 'Guest' ? 'guest' : 'member',
    isAdmin: isAdmin(world, person),
    isSsprRegistered: registered,
    isSsprEnabled: person.ssprEnabled,
    isSsprCapable: registered && person.ssprEnabled,
    isMfaRegistered: mfa,
    isMfaCapable: mfa,
    isPasswordlessCapable: methodsRegistered.some((name) => PASSWORDLESS.includes(name)),
    methodsRegistered,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: mfa ? ['PhoneAppNotification'] : [],
    userPreferredMethodForSecondaryAuthentication: mfa ? 'push' : 'none',
    lastUpdatedDateTime: isoTime(asOf),
  };
}

function isAdmin(world: World, person: PersonRecord): boolean {
  const principals = new Set([person.id, ...groupsOf(world, person.id)]);
  return world.roles.some((role) => role.how !== 'eligible' && principals.has(role.principal));
}
