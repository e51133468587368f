/**
 * A person as Graph shows them, and how a request names one. What Graph leaves out without `$select` is left out here
 * too.
 */
import { notFound } from './exchange.ts';
import type { RouteCall } from './exchange.ts';
import { findPerson } from './world.ts';
import type { Json, PersonRecord, World } from './world.ts';

/** What `GET /users` returns without `$select`. */
export const DEFAULT_USER_PROPERTIES: readonly string[] = [
  'id',
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

/** The person that the `{user}` part of a path names, by id or UPN. Throws Graph's 404. */
export function personIn(call: RouteCall): PersonRecord {
  const key = call.at('user');
  const person = findPerson(call.world, key);
  if (person === undefined) throw notFound(key);
  return person;
}

/** The full user resource, including the manager for `$expand`. */
export function userResource(world: World, person: PersonRecord): Json {
  const manager = person.managerId === null ? undefined : world.people.get(person.managerId);
  return {
    ...person.user,
    assignedPlans: assignedPlans(world, person),
    ...(manager === undefined ? {} : { manager: { '@odata.type': '#microsoft.graph.user', ...manager.user } }),
  };
}

/** The id of a service plan. Those of P1 and P2 are Microsoft's; others exist only in this tenant. */
export function servicePlanId(name: string): string {
  if (name === 'AAD_PREMIUM') return '41781fb2-bc02-4b7c-bd55-b576c07bb09d';
  if (name === 'AAD_PREMIUM_P2') return 'eec0eb4f-6444-4f95-aba0-50c24d67f998';
  return `e0000000-0000-4000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padEnd(12, '0')}`;
}

function assignedPlans(world: World, person: PersonRecord): Json[] {
  return world.skus
    .filter((sku) => person.licenses.includes(sku.skuPartNumber))
    .flatMap((sku) => sku.servicePlans)
    .map((name) => ({
      assignedDateTime: person.user['createdDateTime'],
      capabilityStatus: 'Enabled',
      service: name.startsWith('AAD') ? 'AADPremiumService' : 'exchange',
      servicePlanId: servicePlanId(name),
    }));
}
