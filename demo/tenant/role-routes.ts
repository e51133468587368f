/**
 * Directory roles: assigned, activated through PIM, and eligible.
 */
import { isoTime } from './ages.ts';
import { answerCollection, isEventual } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import type { RoleDefinition } from './directory-roles.ts';
import { GraphFailure } from './exchange.ts';
import type { Route, RouteCall } from './exchange.ts';
import { groupsOf, hasPlan } from './world.ts';
import type { Json, World } from './world.ts';

const NEEDS = ['RoleManagement.Read.Directory'] as const;
const BASE = 'roleManagement/directory';

function rules(name: string): CollectionRules {
  return {
    context: `${BASE}/${name}`,
    filterable: { principalId: ['eq'], roleDefinitionId: ['eq'], assignmentType: ['eq'], memberType: ['eq'] },
    expandable: ['roleDefinition'],
    pageSize: 100,
    maxPageSize: 999,
  };
}

/** Everything below roleManagement/directory. */
export const roleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/*/${BASE}/roleAssignments`,
    needs: NEEDS,
    answer: (call) => answerCollection(call, assignments(call.world), rules('roleAssignments')),
  },
  {
    method: 'GET',
    path: `/beta/${BASE}/transitiveRoleAssignments`,
    needs: NEEDS,
    answer: (call) => {
      // Without the header the service answers as if the resource did not exist.
      if (!isEventual(call.request))
        throw new GraphFailure(404, 'Request_ResourceNotFound', 'Resource not found for the segment.');
      return transitive(call);
    },
  },
  {
    method: 'GET',
    path: `/*/${BASE}/roleEligibilityScheduleInstances`,
    needs: NEEDS,
    answer: (call) => answerCollection(call, instances(call, 'eligible'), rules('roleEligibilityScheduleInstances')),
  },
  {
    method: 'GET',
    path: `/*/${BASE}/roleAssignmentScheduleInstances`,
    needs: NEEDS,
    answer: (call) => answerCollection(call, instances(call, 'active'), rules('roleAssignmentScheduleInstances')),
  },
  {
    method: 'GET',
    path: `/*/${BASE}/roleDefinitions`,
    needs: NEEDS,
    answer: (call) =>
      answerCollection(call, call.world.roleDefinitions.map(roleDefinition), {
        ...rules('roleDefinitions'),
        filterable: { displayName: ['eq'], templateId: ['eq'], isBuiltIn: ['eq'] },
      }),
  },
];

/** A role in Graph's shape. Without a template of Microsoft's, the template id is the role's own. */
function roleDefinition({ id, displayName, isBuiltIn }: RoleDefinition): Json {
  return { id, templateId: id, displayName, isBuiltIn, isEnabled: true, description: null };
}

function common(world: World, n: number): Json {
  const role = world.roles[n];
  if (role === undefined) throw new Error('No such assignment');
  return {
    principalId: role.principal,
    roleDefinitionId: role.role.id,
    directoryScopeId: role.scope,
    appScopeId: null,
    roleDefinition: roleDefinition(role.role),
  };
}

const number = (kind: string, n: number): string => `${kind}-${String(n + 1).padStart(4, '0')}`;

function assignments(world: World): Json[] {
  return world.roles.flatMap((role, n) =>
    role.how === 'eligible' ? [] : [{ id: number('assignment', n), ...common(world, n) }],
  );
}

/** Assignments a person has, also through groups. An assignment to a group is returned with the group's id as its principal. */
function transitive(call: RouteCall) {
  const asked = PRINCIPAL.exec(call.request.query.get('$filter') ?? '')?.[1]?.toLowerCase();
  const reached = asked === undefined ? new Set<string>() : new Set([asked, ...groupsOf(call.world, asked)]);
  return answerCollection(call, assignments(call.world), {
    ...rules('transitiveRoleAssignments'),
    seenByFilter: (entry) => (reached.has(String(entry['principalId'])) ? { ...entry, principalId: asked } : entry),
  });
}

const PRINCIPAL = /principalId eq '?([0-9a-f-]{36})'?/i;

function instances(call: RouteCall, which: 'eligible' | 'active'): Json[] {
  if (!hasPlan(call.world, 'AAD_PREMIUM_P2')) {
    throw new GraphFailure(400, 'AadPremiumLicenseRequired', 'The tenant needs an Entra ID P2 license for this.');
  }
  const startDateTime = isoTime(call.world.startedAt);
  return call.world.roles.flatMap((role, n): Json[] => {
    if ((role.how === 'eligible') !== (which === 'eligible')) return [];
    const schedule = { ...common(call.world, n), memberType: 'Direct', startDateTime, endDateTime: null };
    if (which === 'eligible')
      return [{ id: number('eligible', n), roleEligibilityScheduleId: number('es', n), ...schedule }];
    return [
      {
        id: number('active', n),
        assignmentType: role.how === 'activated' ? 'Activated' : 'Assigned',
        roleAssignmentOriginId: number('assignment', n),
        roleAssignmentScheduleId: number('as', n),
        ...schedule,
      },
    ];
  });
}
