/**
 * The organization and the plans it pays for. The plans also decide what other routes answer; both come from the same
 * list in the seed.
 */
import { answerCollection } from './collection.ts';
import type { Route } from './exchange.ts';
import { servicePlanId } from './person-resource.ts';
import type { World } from './world.ts';

const PAGES = { pageSize: 100, maxPageSize: 999 };

/** organization and subscribedSkus. */
export const organizationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*/organization',
    needs: ['User.Read.All'],
    answer: (call) => answerCollection(call, [organization(call.world)], { context: 'organization', ...PAGES }),
  },
  {
    method: 'GET',
    path: '/*/subscribedSkus',
    needs: ['LicenseAssignment.Read.All'],
    answer: (call) =>
      answerCollection(
        call,
        call.world.skus.map((sku) => skuResource(call.world, sku)),
        { context: 'subscribedSkus', ...PAGES },
      ),
  },
];

function organization(world: World) {
  const synced = [...world.people.values()].some(({ user }) => user['onPremisesSyncEnabled'] === true);
  return {
    id: world.tenantId,
    displayName: world.displayName,
    tenantType: 'AAD',
    onPremisesSyncEnabled: synced ? true : null,
    onPremisesLastSyncDateTime: synced ? new Date(world.now()).toISOString() : null,
    verifiedDomains: [{ name: world.domain, isDefault: true, isInitial: true, type: 'Managed', capabilities: 'Email' }],
    assignedPlans: [],
  };
}

function skuResource(world: World, sku: World['skus'][number]) {
  return {
    id: `${world.tenantId}_${servicePlanId(sku.skuPartNumber)}`,
    skuId: servicePlanId(sku.skuPartNumber),
    skuPartNumber: sku.skuPartNumber,
    capabilityStatus: 'Enabled',
    appliesTo: 'User',
    consumedUnits: [...world.people.values()].filter(({ licenses }) => licenses.includes(sku.skuPartNumber)).length,
    prepaidUnits: { enabled: sku.enabled, warning: 0, suspended: 0, lockedOut: 0 },
    servicePlans: sku.servicePlans.map((name) => ({
      servicePlanId: servicePlanId(name),
      servicePlanName: name,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
  };
}
