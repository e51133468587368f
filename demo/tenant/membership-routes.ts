/**
 * The groups, roles and restricted units a person is in, and the objects they own. Membership counts through nested
 * groups, and roles count through role-assignable groups.
 */
import { answerCollection, isEventual } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { unsupportedQuery } from './exchange.ts';
import type { Route, RouteCall } from './exchange.ts';
import type { Permission } from './permissions.ts';
import { personIn } from './person-resource.ts';
import { groupsOf, visibleGroupsOf } from './world.ts';
import type { GroupRecord, Json, PersonRecord, World } from './world.ts';

const PAGES = { pageSize: 100, maxPageSize: 999 };
/** What lists of directory objects support. */
export const DIRECTORY_OBJECTS: CollectionRules = {
  context: 'directoryObjects',
  filterable: { displayName: ['eq', 'startswith'], isAssignableToRole: ['eq'], id: ['eq'], roleTemplateId: ['eq'] },
  alwaysAdvanced: true,
  orderable: ['displayName'],
  ...PAGES,
};

const BASE = '/*/users/{user}';
const NEEDS = ['User.Read.All'] as const;

/** Memberships and ownership. */
export const membershipRoutes: readonly Route[] = [
  { method: 'GET', path: `${BASE}/transitiveMemberOf`, needs: NEEDS, answer: (call) => all(call, everything(call)) },
  {
    method: 'GET',
    path: `${BASE}/transitiveMemberOf/microsoft.graph.directoryRole`,
    needs: NEEDS,
    answer: (call) => odataCast(call, rolesHeld(call.world, personIn(call)), 'directoryRole'),
  },
  {
    method: 'GET',
    path: `${BASE}/transitiveMemberOf/microsoft.graph.group`,
    needs: NEEDS,
    answer: (call) => odataCast(call, groupsIn(call.world, personIn(call)), 'group'),
  },
  {
    method: 'GET',
    path: `${BASE}/transitiveMemberOf/microsoft.graph.administrativeUnit`,
    needs: NEEDS,
    answer: (call) => odataCast(call, units(personIn(call)), 'administrativeUnit'),
  },
  {
    method: 'GET',
    path: `${BASE}/ownedObjects`,
    needs: NEEDS,
    answer: (call) => all(call, owned(call.world, personIn(call))),
  },
  {
    method: 'GET',
    path: `${BASE}/ownedObjects/microsoft.graph.group`,
    needs: NEEDS,
    answer: (call) => odataCast(call, owned(call.world, personIn(call)), 'group'),
  },
];

function everything(call: RouteCall): Json[] {
  const person = personIn(call);
  return [...groupsIn(call.world, person), ...rolesHeld(call.world, person), ...units(person)];
}

function all(call: RouteCall, entries: readonly Json[]) {
  return answerCollection(call, entries, { ...DIRECTORY_OBJECTS, shownAs: limited(call.world) });
}

/** OData casts are advanced queries: Graph refuses them without the header and `$count=true`. */
export function odataCast(
  call: RouteCall,
  entries: readonly Json[],
  type: string,
  more: Partial<CollectionRules> = {},
) {
  if (!isEventual(call.request) || call.request.query.get('$count') !== 'true') {
    throw unsupportedQuery(
      `OData cast to 'microsoft.graph.${type}' is not supported because the required parameters might be missing. ` +
        'Try adding $count=true query parameter and ConsistencyLevel:eventual header.',
    );
  }
  return answerCollection(call, entries, { ...DIRECTORY_OBJECTS, shownAs: limited(call.world), ...more });
}

const MAY_SEE: Readonly<Record<string, Permission>> = {
  '#microsoft.graph.group': 'GroupMember.Read.All',
  '#microsoft.graph.directoryRole': 'RoleManagement.Read.Directory',
  '#microsoft.graph.user': 'User.Read.All',
};

/** Of objects the app may not read, Graph shows only id and type; every other property is null. */
export function limited(world: World): (entry: Json) => Json {
  return (entry) => {
    const needed = MAY_SEE[String(entry['@odata.type'])];
    if (needed === undefined || world.permissions.has(needed)) return entry;
    return Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [name, /^(id|@odata\.type)$/.test(name) ? value : null]),
    );
  };
}

function groupsIn(world: World, person: PersonRecord): Json[] {
  return visibleGroupsOf(world, person.id).flatMap((id) => groupResource(world.groups.get(id)));
}

function owned(world: World, person: PersonRecord): Json[] {
  return [...world.groups.values()]
    .filter(({ owners }) => owners.has(person.id))
    .flatMap((group) => groupResource(group));
}

/** A group in Graph's shape; an empty list for none. */
export function groupResource(group: GroupRecord | undefined): Json[] {
  if (group === undefined) return [];
  return [
    {
      '@odata.type': '#microsoft.graph.group',
      id: group.id,
      displayName: group.displayName,
      visibility: group.visibility,
      isAssignableToRole: group.isAssignableToRole ? true : null, // if it was never set: null, not false
      securityEnabled: group.securityEnabled,
      mailEnabled: group.microsoft365,
      groupTypes: [
        ...(group.microsoft365 ? ['Unified'] : []),
        ...(group.membershipRule === null ? [] : ['DynamicMembership']),
      ],
      membershipRule: group.membershipRule,
    },
  ];
}

/**
 * Active built-in roles for the whole tenant, held directly or through a group. Roles with a smaller scope and custom
 * roles are no directoryRole objects; only the role assignments tell of them.
 */
function rolesHeld(world: World, person: PersonRecord): Json[] {
  const principals = new Set([person.id, ...groupsOf(world, person.id)]);
  const active = world.roles
    .filter(({ role, how, scope, principal }) => {
      return how !== 'eligible' && scope === '/' && role.isBuiltIn && principals.has(principal);
    })
    .map(({ role }) => role);
  return [...new Set(active)].map(({ id, displayName }) => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: id.replace(/^.{8}/, 'f0000000'), // an activated role has an id of its own
    displayName,
    description: null,
    roleTemplateId: id,
  }));
}

function units(person: PersonRecord): Json[] {
  if (person.user['isManagementRestricted'] !== true) return [];
  return [
    {
      '@odata.type': '#microsoft.graph.administrativeUnit',
      id: 'a1000000-0000-4000-8000-000000000001',
      displayName: 'Restricted management',
      isMemberManagementRestricted: true,
    },
  ];
}
