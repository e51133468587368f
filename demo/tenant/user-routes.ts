/**
 * Finding and reading people: users, manager, group checks, licenses, ending sessions. Nothing here changes an
 * account, except the time from which its sessions are valid.
 */
import { isoTime } from './ages.ts';
import { answerCollection, expands, selected } from './collection.ts';
import type { CollectionRules } from './collection.ts';
import { changeDirectory } from './directory-changes.ts';
import { GRAPH, notFound, ok, wrongRequest } from './exchange.ts';
import type { Route, RouteCall } from './exchange.ts';
import { DEFAULT_USER_PROPERTIES, personIn, servicePlanId, userResource } from './person-resource.ts';
import { visibleGroupsOf } from './world.ts';
import type { Json } from './world.ts';

const USER_RULES: CollectionRules = {
  context: 'users',
  filterable: {
    id: ['eq'],
    userPrincipalName: ['eq', 'startswith'],
    mail: ['eq', 'startswith'],
    displayName: ['eq', 'startswith'],
    givenName: ['eq', 'startswith'],
    surname: ['eq', 'startswith'],
    employeeId: ['eq', 'startswith'],
    mailNickname: ['eq', 'startswith'],
    department: ['eq', 'startswith'],
    jobTitle: ['eq', 'startswith'],
    mobilePhone: ['eq'],
    businessPhones: ['eq', 'startswith'],
    accountEnabled: ['eq'],
    userType: ['eq'],
    onPremisesSyncEnabled: ['eq'],
    externalUserState: ['eq'],
    creationType: ['eq'],
  },
  advanced: {
    mail: ['endswith', 'ne', 'not'],
    userPrincipalName: ['endswith', 'ne', 'not'],
    displayName: ['ne', 'not'],
    mobilePhone: ['startswith', 'ne', 'not'],
    accountEnabled: ['ne', 'not'],
    userType: ['ne', 'not'],
    department: ['ne', 'not'],
    onPremisesSamAccountName: ['eq', 'startswith', 'ne', 'not'],
  },
  searchable: true,
  orderable: ['displayName', 'userPrincipalName'],
  expandable: ['manager'],
  defaultProperties: DEFAULT_USER_PROPERTIES,
  pageSize: 100,
  maxPageSize: 999,
};

const READ = ['User.Read.All'] as const;

/** Routes under /users about the person, not about how they sign in. */
export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*/users',
    needs: READ,
    answer: (call) => {
      const everybody = [...call.world.people.values()].map((person) => userResource(call.world, person));
      return answerCollection(call, everybody, USER_RULES);
    },
  },
  { method: 'GET', path: '/*/users/{user}', needs: READ, answer: oneUser },
  { method: 'GET', path: '/*/users/{user}/manager', needs: READ, answer: manager },
  { method: 'POST', path: '/*/users/{user}/checkMemberGroups', needs: READ, answer: checkMemberGroups },
  { method: 'POST', path: '/*/users/{user}/getMemberGroups', needs: READ, answer: memberGroups },
  {
    method: 'GET',
    path: '/*/users/{user}/licenseDetails',
    needs: ['User.Read.All', 'LicenseAssignment.Read.All'],
    answer: licenses,
  },
  {
    method: 'POST',
    path: '/*/users/{user}/revokeSignInSessions',
    needs: ['User.RevokeSessions.All'],
    answer: (call) => {
      const person = personIn(call);
      changeDirectory(call.world, person, {
        properties: { signInSessionsValidFromDateTime: isoTime(call.world.now()) },
      });
      person.session = null;
      return ok({ '@odata.context': `${GRAPH}/${call.request.version}/$metadata#Edm.Boolean`, value: true });
    },
  },
];

function oneUser(call: RouteCall) {
  const person = userResource(call.world, personIn(call));
  const expanded = expands(call.request, USER_RULES);
  const body = selected(person, call.request.query.get('$select'), expanded, DEFAULT_USER_PROPERTIES);
  return ok({ '@odata.context': `${GRAPH}/${call.request.version}/$metadata#users/$entity`, ...body });
}

function manager(call: RouteCall) {
  const { managerId } = personIn(call);
  const record = managerId === null ? undefined : call.world.people.get(managerId);
  if (record === undefined) throw notFound('manager');
  const body = selected(
    userResource(call.world, record),
    call.request.query.get('$select'),
    new Map(),
    DEFAULT_USER_PROPERTIES,
  );
  return ok({
    '@odata.context': `${GRAPH}/${call.request.version}/$metadata#directoryObjects/$entity`,
    '@odata.type': '#microsoft.graph.user',
    ...body,
  });
}

function checkMemberGroups(call: RouteCall) {
  return groupsAsked(call, personIn(call).id);
}

/** Which of the groups in the body somebody, or another group, is in. */
export function groupsAsked(call: RouteCall, member: string) {
  const ids = (call.request.body as Json | undefined)?.['groupIds'];
  if (!Array.isArray(ids) || !ids.every((id): id is string => typeof id === 'string')) {
    throw wrongRequest("The parameter 'groupIds' is required and must be a collection of strings.");
  }
  if (ids.length > 20) throw wrongRequest('The number of group ids must not be larger than 20.');
  const mine = new Set(visibleGroupsOf(call.world, member));
  return strings(
    call,
    ids.map((id) => id.toLowerCase()).filter((id) => mine.has(id)),
  );
}

function memberGroups(call: RouteCall) {
  return strings(call, visibleGroupsOf(call.world, personIn(call).id));
}

function strings(call: RouteCall, value: readonly string[]) {
  return ok({ '@odata.context': `${GRAPH}/${call.request.version}/$metadata#Collection(Edm.String)`, value });
}

function licenses(call: RouteCall) {
  const person = personIn(call);
  const details = call.world.skus
    .filter((sku) => person.licenses.includes(sku.skuPartNumber))
    .map((sku) => ({
      id: `${person.id}_${sku.skuPartNumber}`,
      skuId: servicePlanId(sku.skuPartNumber),
      skuPartNumber: sku.skuPartNumber,
      servicePlans: sku.servicePlans.map((name) => ({
        servicePlanId: servicePlanId(name),
        servicePlanName: name,
        provisioningStatus: 'Success',
        appliesTo: 'User',
      })),
    }));
  return answerCollection(call, details, {
    context: `users('${person.id}')/licenseDetails`,
    pageSize: 100,
    maxPageSize: 100,
  });
}
