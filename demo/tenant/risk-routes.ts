/**
 * ID Protection: risky people and detections. Without P2, every call is answered with 403.
 */
import { answerCollection } from './collection.ts';
import { GRAPH, GraphFailure, notFound, ok } from './exchange.ts';
import type { Route } from './exchange.ts';
import { hasPlan } from './world.ts';
import type { Json, World } from './world.ts';

const PAGES = { pageSize: 100, maxPageSize: 500 };

/** Everything below identityProtection. */
export const riskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*/identityProtection/riskyUsers',
    needs: ['IdentityRiskyUser.Read.All'],
    answer: (call) =>
      answerCollection(call, riskyPeople(call.world), {
        context: 'identityProtection/riskyUsers',
        filterable: {
          id: ['eq'],
          riskLevel: ['eq'],
          riskState: ['eq'],
          userPrincipalName: ['eq'],
          riskLastUpdatedDateTime: ['eq', 'ge', 'le', 'gt', 'lt'],
        },
        ...PAGES,
      }),
  },
  {
    method: 'GET',
    path: '/*/identityProtection/riskyUsers/{user}',
    needs: ['IdentityRiskyUser.Read.All'],
    answer: ({ world, request, at }) => {
      const risky = riskyPeople(world).find(({ id }) => id === at('user').toLowerCase());
      if (risky === undefined) throw notFound(at('user'));
      return ok({
        '@odata.context': `${GRAPH}/${request.version}/$metadata#identityProtection/riskyUsers/$entity`,
        ...risky,
      });
    },
  },
  {
    method: 'GET',
    path: '/*/identityProtection/riskDetections',
    needs: ['IdentityRiskEvent.Read.All'],
    answer: (call) => {
      needsP2(call.world);
      const entries = call.world.detections.map(({ entry }) => entry);
      return answerCollection(call, entries, {
        context: 'identityProtection/riskDetections',
        filterable: {
          userId: ['eq'],
          riskEventType: ['eq'],
          riskLevel: ['eq'],
          detectedDateTime: ['ge', 'le', 'gt', 'lt'],
        },
        ...PAGES,
      });
    },
  },
];

function needsP2(world: World): void {
  if (hasPlan(world, 'AAD_PREMIUM_P2')) return;
  throw new GraphFailure(403, 'Forbidden', 'Your tenant is not licensed for this feature.');
}

function riskyPeople(world: World): Json[] {
  needsP2(world);
  const deleted = [...world.deleted.values()].map(({ person }) => ({ ...person, gone: true }));
  const all = [...[...world.people.values()].map((person) => ({ ...person, gone: false })), ...deleted];
  return all.flatMap(({ risk, gone }) => (risk === null ? [] : [{ ...risk, isDeleted: gone }]));
}
