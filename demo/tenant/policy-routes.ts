/**
 * The tenant's authentication methods policy. It can only be read, because the bot has no permission to change it.
 */
import { GRAPH, notFound, ok } from './exchange.ts';
import type { Route } from './exchange.ts';
import type { Json, World } from './world.ts';

const BASE = '/*/policies/authenticationMethodsPolicy';
const NEEDS = ['Policy.Read.AuthenticationMethod', 'Policy.Read.All'] as const;

/** The policy and its parts. */
export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: BASE,
    needs: NEEDS,
    answer: ({ world, request }) =>
      ok({
        '@odata.context': `${GRAPH}/${request.version}/$metadata#authenticationMethodsPolicy`,
        id: 'authenticationMethodsPolicy',
        displayName: 'Authentication Methods Policy',
        description: 'The tenant-wide policy that controls which authentication methods are allowed.',
        policyVersion: '1.5',
        policyMigrationState: 'migrationComplete',
        reconfirmationInDays: null,
        lastModifiedDateTime: null,
        registrationEnforcement: null,
        authenticationMethodConfigurations: configurations(world),
      }),
  },
  {
    method: 'GET',
    path: `${BASE}/authenticationMethodConfigurations/{id}`,
    needs: NEEDS,
    answer: ({ world, request, at }) => {
      const wanted = at('id').toLowerCase();
      const configuration = configurations(world).find(({ id }) => String(id).toLowerCase() === wanted);
      if (configuration === undefined) throw notFound(at('id'));
      return ok({
        '@odata.context': `${GRAPH}/${request.version}/$metadata#authenticationMethodConfigurations/$entity`,
        ...configuration,
      });
    },
  },
];

function configurations(world: World): Json[] {
  const everybody = [{ targetType: 'group', id: 'all_users', isRegistrationRequired: false }];
  const plain = (type: string, id: string): Json => ({
    '@odata.type': `#microsoft.graph.${type}AuthenticationMethodConfiguration`,
    id,
    state: 'enabled',
    excludeTargets: [],
    includeTargets: everybody,
  });
  return [
    passConfiguration(world),
    plain('softwareOath', 'SoftwareOath'),
    plain('sms', 'Sms'),
    { ...plain('email', 'Email'), allowExternalIdToUseEmailOtp: 'default' },
  ];
}

function passConfiguration({ passPolicy }: World): Json {
  return {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
    id: 'TemporaryAccessPass',
    ...passPolicy,
    includeTargets: passPolicy.includeTargets.map((target) => ({ ...target, isRegistrationRequired: false })),
  };
}
