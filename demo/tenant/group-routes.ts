/**
 * Groups and who is in them, people of nested groups included. Of a group with hidden membership Graph lists nobody to
 * an app without the permission for it; it does not say that it left somebody out.
 */
import { answerCollection, selected } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GRAPH, notFound, ok } from './exchange.ts';
import { groupsAsked } from './user-routes.ts';
import type { Route, RouteCall } from './exchange.ts';
import { DIRECTORY_OBJECTS, groupResource, limited, odataCast } from './membership-routes.ts';
import { DEFAULT_USER_PROPERTIES, userResource } from './person-resource.ts';
import { showsMembers } from './world.ts';
import type { GroupRecord, Json } from './world.ts';

const NEEDS = ['GroupMember.Read.All'] as const;
const ONE = '/*/groups/{group}';

/** One group, and its members. */
export const groupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*/groups',
    needs: NEEDS,
    answer: (call) => {
      const groups = [...call.world.groups.values()].flatMap((group) => groupResource(group));
      return answerCollection(call, groups, { ...DIRECTORY_OBJECTS, context: 'groups', alwaysAdvanced: false });
    },
  },
  {
    method: 'GET',
    path: ONE,
    needs: NEEDS,
    answer: (call) => {
      const [resource = {}] = groupResource(groupIn(call));
      const body = selected(resource, call.request.query.get('$select'), new Map());
      return ok({ '@odata.context': `${GRAPH}/${call.request.version}/$metadata#groups/$entity`, ...body });
    },
  },
  {
    method: 'POST',
    path: `${ONE}/checkMemberGroups`,
    needs: NEEDS,
    answer: (call) => groupsAsked(call, groupIn(call).id),
  },
  {
    method: 'GET',
    path: `${ONE}/transitiveMembers`,
    needs: NEEDS,
    answer: (call) =>
      answerCollection(call, members(call), { ...DIRECTORY_OBJECTS, shownAs: limited(call.world), defaultProperties }),
  },
  membersOfType('user', { defaultProperties: DEFAULT_USER_PROPERTIES }),
  membersOfType('group'),
];

/** The members of one type: an OData cast. */
function membersOfType(type: 'user' | 'group', more: Partial<CollectionRules> = {}): Route {
  return {
    method: 'GET',
    path: `${ONE}/transitiveMembers/microsoft.graph.${type}`,
    needs: NEEDS,
    answer: (call) => {
      const ofType = members(call).filter((one) => one['@odata.type'] === `#microsoft.graph.${type}`);
      return odataCast(call, ofType, type, more);
    },
  };
}

const defaultProperties = [...DEFAULT_USER_PROPERTIES, 'visibility', 'isAssignableToRole', 'groupTypes'];

function groupIn(call: RouteCall): GroupRecord {
  const group = call.world.groups.get(call.at('group').toLowerCase());
  if (group === undefined) throw notFound(call.at('group'));
  return group;
}

/** Everybody and every group below this one, each once. A hidden group inside a visible one keeps its members to itself. */
function members(call: RouteCall): Json[] {
  const { world } = call;
  const found = new Map<string, Json>();
  const look = (group: GroupRecord): void => {
    if (!showsMembers(world, group)) return;
    for (const id of group.members) {
      if (found.has(id)) continue;
      const person = world.people.get(id);
      if (person !== undefined)
        found.set(id, { '@odata.type': '#microsoft.graph.user', ...userResource(world, person) });
      const inner = world.groups.get(id);
      if (inner === undefined || inner.id === call.at('group').toLowerCase()) continue;
      found.set(id, groupResource(inner)[0] ?? {});
      look(inner);
    }
  };
  look(groupIn(call));
  return [...found.values()];
}
