/**
 * PIM for Groups: who is a member or an owner of a group through PIM, and who could become one. Needs P2, and a filter
 * that names a person or a group.
 */
import { isoTime } from './ages.ts';
import { answerCollection } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { GraphFailure, wrongRequest } from './exchange.ts';
import type { GraphAnswer, Route, RouteCall } from './exchange.ts';
import { hasPlan } from './world.ts';
import type { Json } from './world.ts';

const BASE = 'identityGovernance/privilegedAccess/group';

/** The two lists. */
export const groupAccessRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/*/${BASE}/eligibilityScheduleInstances`,
    needs: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    answer: (call) => answer(call, 'eligibilityScheduleInstances'),
  },
  {
    method: 'GET',
    path: `/*/${BASE}/assignmentScheduleInstances`,
    needs: ['PrivilegedAssignmentSchedule.Read.AzureADGroup'],
    answer: (call) => answer(call, 'assignmentScheduleInstances'),
  },
];

type List = 'eligibilityScheduleInstances' | 'assignmentScheduleInstances';

const RULES: Omit<CollectionRules, 'context'> = {
  filterable: { principalId: ['eq'], groupId: ['eq'], accessId: ['eq'], memberType: ['eq'] },
  expandable: ['principal'],
  pageSize: 100,
  maxPageSize: 999,
};

function answer(call: RouteCall, list: List): GraphAnswer {
  if (!hasPlan(call.world, 'AAD_PREMIUM_P2')) {
    throw new GraphFailure(400, 'AadPremiumLicenseRequired', 'The tenant needs an Entra ID P2 license for this.');
  }
  if (!/\b(principalId|groupId) eq /.test(call.request.query.get('$filter') ?? '')) {
    throw wrongRequest('A filter by principalId or groupId is required.');
  }
  return answerCollection(call, entries(call, list), { context: `${BASE}/${list}`, ...RULES });
}

function entries({ world }: RouteCall, list: List): Json[] {
  return world.groupAccess.flatMap(({ principal, group, access, how }): Json[] => {
    if ((how === 'eligible') !== (list === 'eligibilityScheduleInstances')) return [];
    const id = `${group}_${access}_${principal}`;
    return [
      {
        id,
        principalId: principal,
        groupId: group,
        accessId: access,
        memberType: 'direct',
        startDateTime: isoTime(world.startedAt),
        endDateTime: null,
        principal: {
          '@odata.type': `#microsoft.graph.${world.groups.has(principal) ? 'group' : 'user'}`,
          id: principal,
        },
        ...(how === 'eligible'
          ? { eligibilityScheduleId: `schedule_${id}` }
          : { assignmentType: how, assignmentScheduleId: `schedule_${id}` }),
      },
    ];
  });
}
