/**
 * Reads registered methods. No route here adds or changes a method: people do that at Microsoft's own pages. As in
 * Graph, the combined list takes no query options and has no pages.
 */
import { GRAPH, noContent, notFound, ok, wrongRequest } from './exchange.ts';
import type { GraphAnswer, Route, RouteCall } from './exchange.ts';
import { liveMethods, methodResource, passResource, passwordMethod, visiblePass } from './method-resource.ts';
import { deletePass } from './pass-routes.ts';
import { personIn } from './person-resource.ts';
import type { Json } from './world.ts';

const BASE = '/*/users/{user}/authentication';
const READ = ['UserAuthenticationMethod.Read.All'] as const;

/** Typed lists: the last part of their path → the `@odata.type` they hold. */
const TYPED: Readonly<Record<string, string>> = {
  phoneMethods: 'phoneAuthenticationMethod',
  emailMethods: 'emailAuthenticationMethod',
  microsoftAuthenticatorMethods: 'microsoftAuthenticatorAuthenticationMethod',
  softwareOathMethods: 'softwareOathAuthenticationMethod',
  fido2Methods: 'fido2AuthenticationMethod',
  windowsHelloForBusinessMethods: 'windowsHelloForBusinessAuthenticationMethod',
  platformCredentialMethods: 'platformCredentialAuthenticationMethod',
  externalAuthenticationMethods: 'externalAuthenticationMethod',
  passwordMethods: 'passwordAuthenticationMethod',
};

/** The combined list, one method of it, and the typed lists. */
export const methodRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${BASE}/methods`,
    needs: READ,
    family: 'methods',
    answer: (call) => listed(call, 'methods', everyMethod(call)),
  },
  {
    method: 'GET',
    path: `${BASE}/methods/{id}`,
    needs: READ,
    family: 'methods',
    answer: (call) => single(call, everyMethod(call)),
  },
  {
    method: 'DELETE',
    path: `${BASE}/methods/{id}`,
    needs: ['UserAuthMethod-TAP.ReadWrite.All'],
    family: 'methods',
    answer: (call) => {
      // The combined path can delete a pass too. The app may not delete any other method.
      if (visiblePass(call.world, personIn(call))?.id !== call.at('id')) throw notFound(call.at('id'));
      deletePass(call.world, personIn(call));
      return noContent;
    },
  },
  ...Object.entries(TYPED).flatMap(([name, type]): Route[] => {
    const ofType = (call: RouteCall): Json[] =>
      everyMethod(call).filter((method) => method['@odata.type'] === `#microsoft.graph.${type}`);
    return [
      {
        method: 'GET',
        path: `${BASE}/${name}`,
        needs: READ,
        family: 'methods',
        answer: (call) => listed(call, name, ofType(call)),
      },
      {
        method: 'GET',
        path: `${BASE}/${name}/{id}`,
        needs: READ,
        family: 'methods',
        answer: (call) => single(call, ofType(call)),
      },
    ];
  }),
];

function everyMethod(call: RouteCall): Json[] {
  const person = personIn(call);
  const pass = visiblePass(call.world, person);
  const external = person.user['userType'] === 'Guest' && person.user['creationType'] === 'Invitation';
  return [
    ...(external ? [] : [passwordMethod()]),
    ...liveMethods(call.world, person).map((method) => methodResource(call.world, method, call.request.version)),
    ...(pass === null ? [] : [passResource(call.world, person, pass)]),
  ];
}

function listed(call: RouteCall, name: string, value: readonly Json[]): GraphAnswer {
  for (const option of call.request.query.keys()) {
    if (option.startsWith('$')) throw wrongRequest(`Query option '${option}' is not allowed.`);
  }
  const person = personIn(call);
  return ok({
    '@odata.context': `${GRAPH}/${call.request.version}/$metadata#users('${person.id}')/authentication/${name}`,
    value,
  });
}

function single(call: RouteCall, methods: readonly Json[]): GraphAnswer {
  const method = methods.find(({ id }) => id === call.at('id'));
  if (method === undefined) throw notFound(call.at('id'));
  return ok({
    '@odata.context': `${GRAPH}/${call.request.version}/$metadata#users/authentication/methods/$entity`,
    ...method,
  });
}
