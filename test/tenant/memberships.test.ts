/** Groups of groups, roles in every way they can be held, and what an app may not see of them. */
import assert from 'node:assert/strict';
import { closeTenants, EVENTUAL, group, LENA, openTenant, person, onlyPlan } from './tenant.ts';
import type { Got, TestTenant } from './tenant.ts';

const names = (answer: Got): readonly string[] => answer.body.value.map(({ displayName }) => displayName);

describe('groups and roles in the emulated tenant', () => {
  afterEach(closeTenants);

  const cast = (tenant: TestTenant, n: number, type: string, more: Record<string, string> = {}) =>
    tenant.query(`/v1.0/users/${person(n)}/${type}`, { $count: 'true', ...more }, EVENTUAL);
  const roleList = async (tenant: TestTenant, n: number, list: string, version = 'v1.0') => {
    const query = { $filter: `principalId eq '${person(n)}'`, $expand: 'roleDefinition', $count: 'true' };
    const answer = await tenant.query(`/${version}/roleManagement/directory/${list}`, query, EVENTUAL);
    return answer.body.value.map(({ roleDefinition }) => (roleDefinition as { displayName: string }).displayName);
  };

  it('counts groups of groups', async () => {
    const tenant = await openTenant((seed) => {
      seed.groups?.push({ id: group(20), displayName: 'Everybody at the helpdesk', members: [group(1), group(20)] });
    });
    const body = { groupIds: [group(20), group(1), group(5)] };
    const answer = await tenant.ask(`/v1.0/users/${person(1)}/checkMemberGroups`, { body });
    assert.deepEqual(answer.body.value, [group(20), group(1)]);
    const many = Array.from({ length: 21 }, () => group(1));
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, { body: { groupIds: many } })).status, 400);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, { body: {} })).status, 400);
  });

  it('tells apart roles held, roles held through a group, and roles that can be activated', async () => {
    const tenant = await openTenant();
    const roles = 'transitiveMemberOf/microsoft.graph.directoryRole';
    assert.deepEqual(names(await cast(tenant, 18, roles)), ['Global Administrator']);
    assert.deepEqual(names(await cast(tenant, 20, roles)), ['Helpdesk Administrator']);
    assert.deepEqual(names(await cast(tenant, 19, roles)), []);
    assert.deepEqual(await roleList(tenant, 20, 'roleAssignments'), [], 'the assignment is the group’s');
    assert.deepEqual(await roleList(tenant, 20, 'transitiveRoleAssignments', 'beta'), ['Helpdesk Administrator']);
    assert.deepEqual(await roleList(tenant, 19, 'roleEligibilityScheduleInstances'), ['User Administrator']);
    assert.deepEqual(await roleList(tenant, 19, 'roleAssignmentScheduleInstances'), []);
    tenant.control.giveRole({ user: person(19), role: 'User Administrator', how: 'activated' });
    assert.deepEqual(await roleList(tenant, 19, 'roleAssignmentScheduleInstances'), ['User Administrator']);
  });

  it('shows role-assignable groups of members and of owners', async () => {
    const tenant = await openTenant((seed) => {
      seed.groups?.push({ id: group(21), displayName: 'Owned', isAssignableToRole: true, owners: [LENA] });
    });
    const $filter = 'isAssignableToRole eq true';
    assert.deepEqual(names(await cast(tenant, 20, 'transitiveMemberOf/microsoft.graph.group', { $filter })), [
      'Cloud Admins',
    ]);
    assert.deepEqual(names(await cast(tenant, 27, 'transitiveMemberOf/microsoft.graph.group', { $filter })), []);
    assert.deepEqual(names(await cast(tenant, 27, 'transitiveMemberOf/microsoft.graph.group')), ['VIP']);
    assert.deepEqual(names(await cast(tenant, 10, 'ownedObjects/microsoft.graph.group')), ['Owned']);
  });

  it('hides what the app may not read, but not that it is there', async () => {
    const tenant = await openTenant();
    tenant.control.permissions({ revoke: ['GroupMember.Read.All', 'RoleManagement.Read.Directory'] });
    const [seen] = (await cast(tenant, 20, 'transitiveMemberOf/microsoft.graph.group')).body.value;
    assert.deepEqual([seen?.id, seen?.displayName, seen?.['isAssignableToRole']], [group(8), null, null]);
    const [role] = (await cast(tenant, 18, 'transitiveMemberOf/microsoft.graph.directoryRole')).body.value;
    assert.deepEqual([role?.displayName, role?.['roleTemplateId']], [null, null]);
    assert.equal((await tenant.ask('/v1.0/roleManagement/directory/roleAssignments')).status, 403);
  });

  it('refuses a filter on memberships without the advanced parameters', async () => {
    const tenant = await openTenant();
    const path = `/v1.0/users/${person(20)}/transitiveMemberOf`;
    const query = { $filter: 'isAssignableToRole eq true' };
    assert.equal((await tenant.query(path, query)).body.error.code, 'Request_UnsupportedQuery');
    assert.deepEqual(names(await tenant.query(path, { ...query, $count: 'true' }, EVENTUAL)), ['Cloud Admins']);
  });

  it('shows the restricted unit of those whom applications must not change', async () => {
    const tenant = await openTenant();
    const types = (await tenant.ask(`/v1.0/users/${person(29)}/transitiveMemberOf`)).body.value.map(
      (one) => one['@odata.type'],
    );
    assert.deepEqual(types, ['#microsoft.graph.administrativeUnit']);
  });

  it('has no answer about activatable roles without the plan that brings them', async () => {
    const tenant = await openTenant((seed) => {
      onlyPlan(seed, 'AAD_PREMIUM');
    });
    const answer = await tenant.ask('/v1.0/roleManagement/directory/roleEligibilityScheduleInstances');
    assert.deepEqual([answer.status, answer.body.error.code], [400, 'AadPremiumLicenseRequired']);
    assert.equal((await tenant.ask(`/v1.0/identityProtection/riskyUsers/${LENA}`)).status, 403);
  });

  it('shows custom roles among the assignments and never as a directoryRole', async () => {
    const id = 'c0000000-0000-4000-8000-0000000000c1';
    const tenant = await openTenant((seed) => {
      seed.customRoles = [{ id, displayName: 'Fernhill Phone Support', holders: [{ principal: LENA }] }];
    });
    const filter = { $filter: 'isBuiltIn eq false' };
    const definitions = await tenant.query('/v1.0/roleManagement/directory/roleDefinitions', filter);
    assert.deepEqual(names(definitions), ['Fernhill Phone Support']);
    assert.deepEqual(await roleList(tenant, 10, 'roleAssignments'), ['Fernhill Phone Support']);
    assert.deepEqual(await roleList(tenant, 10, 'transitiveRoleAssignments', 'beta'), ['Fernhill Phone Support']);
    assert.deepEqual(names(await cast(tenant, 10, 'transitiveMemberOf/microsoft.graph.directoryRole')), []);
    tenant.control.giveRole({ user: person(12), role: id, how: 'eligible' });
    assert.deepEqual(await roleList(tenant, 12, 'roleEligibilityScheduleInstances'), ['Fernhill Phone Support']);
    assert.throws(() => tenant.control.giveRole({ user: LENA, role: person(99) }), RangeError);
  });
});

describe('PIM for Groups in the emulated tenant', () => {
  afterEach(closeTenants);

  const LISTS = ['eligibilityScheduleInstances', 'assignmentScheduleInstances'] as const;
  const access = async (tenant: TestTenant, list: (typeof LISTS)[number], id: string) => {
    const query = { $filter: `principalId eq '${id}'` };
    const answer = await tenant.query(`/v1.0/identityGovernance/privilegedAccess/group/${list}`, query);
    return answer.body.value.map((one) => [one['groupId'], one['accessId'], one['assignmentType'] ?? 'eligible']);
  };

  it('tells who could become a member or an owner, and who is one only through PIM', async () => {
    const tenant = await openTenant((seed) => {
      seed.groupAccess = [
        { principal: LENA, group: group(8) },
        { principal: LENA, group: group(5), access: 'owner', how: 'activated' },
      ];
      seed.permissions?.push(
        'PrivilegedEligibilitySchedule.Read.AzureADGroup',
        'PrivilegedAssignmentSchedule.Read.AzureADGroup',
      );
    });
    assert.deepEqual(await access(tenant, LISTS[0], LENA), [[group(8), 'member', 'eligible']]);
    assert.deepEqual(await access(tenant, LISTS[1], LENA), [[group(5), 'owner', 'activated']]);
    const check = { body: { groupIds: [group(8)] } };
    assert.deepEqual((await tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, check)).body.value, []);
    tenant.control.giveGroupAccess({ user: LENA, group: group(8), how: 'activated' });
    assert.deepEqual((await tenant.ask(`/v1.0/users/${LENA}/checkMemberGroups`, check)).body.value, [group(8)]);
    assert.equal((await access(tenant, LISTS[1], LENA)).length, 2);
  });

  it('wants a person or a group named, its own permissions, and P2', async () => {
    const tenant = await openTenant();
    const path = `/v1.0/identityGovernance/privilegedAccess/group/${LISTS[0]}`;
    const query = { $filter: `principalId eq '${LENA}'` };
    tenant.control.permissions({ grant: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'] });
    assert.equal((await tenant.ask(path)).status, 400);
    assert.equal((await tenant.query(path, query)).status, 200);
    tenant.control.permissions({ revoke: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'] });
    assert.equal((await tenant.query(path, query)).status, 403);
    const without = await openTenant((seed) => {
      onlyPlan(seed, 'AAD_PREMIUM');
    });
    without.control.permissions({ grant: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'] });
    const refused = await without.query(path, query);
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'AadPremiumLicenseRequired']);
  });

  it('names groups that are eligible for groups, and tells them from people', async () => {
    const tenant = await openTenant((seed) => {
      seed.groupAccess = [
        { principal: LENA, group: group(8) },
        { principal: group(7), group: group(8) },
      ];
    });
    const path = `/v1.0/identityGovernance/privilegedAccess/group/${LISTS[0]}`;
    const query = { $filter: `groupId eq '${group(8)}'` };
    const plain = (await tenant.query(path, query)).body.value;
    assert.deepEqual(
      plain.map((one) => [one['principalId'], one['principal']]),
      [
        [LENA, undefined],
        [group(7), undefined],
      ],
    );
    const expanded = (await tenant.query(path, { ...query, $expand: 'principal' })).body.value;
    assert.deepEqual(
      expanded.map((one) => (one['principal'] as { '@odata.type': string })['@odata.type']),
      ['#microsoft.graph.user', '#microsoft.graph.group'],
    );
    assert.deepEqual(
      await access(tenant, LISTS[0], person(30)),
      [],
      'what a group is eligible for is not on its members',
    );
  });
});

describe('kinds of groups in the emulated tenant', () => {
  afterEach(closeTenants);

  it('tells security groups, Microsoft 365 groups and dynamic groups apart, and lists those that may hold roles', async () => {
    const tenant = await openTenant((seed) => {
      const rule = 'user.department -eq "IT"';
      seed.groups?.push({ id: group(20), displayName: 'IT', membershipRule: rule, securityEnabled: true });
    });
    const kind = async (n: number) => {
      const { body } = await tenant.ask(`/v1.0/groups/${group(n)}`);
      return [
        body['groupTypes'],
        body['securityEnabled'],
        body['mailEnabled'],
        body['visibility'],
        body['membershipRule'],
      ];
    };
    assert.deepEqual(await kind(1), [[], true, false, null, null]);
    assert.deepEqual(await kind(9), [['Unified'], true, true, 'HiddenMembership', null]);
    assert.deepEqual(await kind(20), [['DynamicMembership'], true, false, null, 'user.department -eq "IT"']);
    const holders = await tenant.query('/v1.0/groups', { $filter: 'isAssignableToRole eq true' });
    assert.deepEqual(names(holders), ['Cloud Admins']);
    tenant.control.permissions({ revoke: ['GroupMember.Read.All'] });
    assert.equal((await tenant.ask('/v1.0/groups')).status, 403);
    assert.equal((await tenant.ask(`/v1.0/groups/${group(1)}`)).status, 403);
  });

  it('says which groups a group is in', async () => {
    const tenant = await openTenant((seed) => {
      seed.groups?.push({ id: group(20), displayName: 'Outer', members: [group(1)] });
    });
    const check = { body: { groupIds: [group(20), group(2)] } };
    assert.deepEqual((await tenant.ask(`/v1.0/groups/${group(1)}/checkMemberGroups`, check)).body.value, [group(20)]);
    assert.equal((await tenant.ask(`/v1.0/groups/${group(99)}/checkMemberGroups`, check)).status, 404);
  });

  it('shows the roles of the bot itself, in its token and in the role assignments', async () => {
    const tenant = await openTenant((seed) => {
      seed.botRoles = ['User Administrator'];
    });
    const query = { $filter: `principalId eq 'd0000000-0000-4000-8000-000000000002'`, $expand: 'roleDefinition' };
    const held = await tenant.query('/v1.0/roleManagement/directory/roleAssignments', query);
    assert.equal(held.body.value.length, 1);
  });
});
