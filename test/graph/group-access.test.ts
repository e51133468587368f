// PIM for Groups: what nobody sees in a list of members, and still decides about a pass.
import assert from 'node:assert/strict';
import { missingForPass } from '../../src/procedure/missing.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { stopsFor } from '../../src/procedure/stops.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { GroupFacts, GroupId } from '../../src/procedure/facts.ts';
import { readSeedFile } from '../../demo/tenant/read-seed.ts';
import type { Seed } from '../../demo/tenant/seed-schema.ts';
import { FERNHILL } from '../../demo/tenant/start.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';
import type { Fernhill } from '../contracts/fernhill.ts';

const group = (n: number): GroupId => `b0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}` as GroupId;
const LENA = person(10);
const ELIN = person(35);
const ELIGIBLE = '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances';
const ASSIGNED = '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances';
const LEDGERS_OWN = {
  history: { kind: 'read', value: { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] } },
  closeToTechnician: { kind: 'read', value: false },
  technicianNumbers: { kind: 'read', value: [] },
} as const;

describe('Groups that somebody is not in, but could get into', () => {
  let test: Fernhill;
  beforeEach(async () => {
    test = await startFernhill();
  });
  afterEach(() => test.close());

  const facts = async (id = LENA): Promise<GraphFacts> => (await test.directory.readSnapshot(id)).facts;
  const groups = async (id = LENA): Promise<GroupFacts> => {
    const { groups: found } = await facts(id);
    assert.ok(found.kind === 'read', found.kind === 'read' ? '' : found.why);
    return found.value;
  };
  const stops = async (id = LENA): Promise<readonly string[]> => {
    const found = stopsFor({ ...(await facts(id)), ...LEDGERS_OWN }, person(1), id, DEFAULT_POLICY);
    return found.map(({ code }) => code);
  };
  const missing = async (id = LENA): Promise<readonly string[]> =>
    missingForPass({ ...(await facts(id)), ...LEDGERS_OWN }, DEFAULT_POLICY).map(({ part, why }) => `${part}: ${why}`);

  it('stop a pass when they may hold directory roles', async () => {
    assert.deepEqual(await stops(), []);
    assert.deepEqual(await stops(ELIN), ['role-assignable-group']);
  });

  for (const access of ['member', 'owner'] as const) {
    for (const how of ['eligible', 'activated', 'assigned'] as const) {
      it(`count by PIM: ${how}, as ${access}`, async () => {
        test.control.giveGroupAccess({ user: LENA, group: group(8), access, how });
        assert.ok((await groups()).inRoleAssignableGroup);
      });
    }
  }

  it('count while the membership itself does not show yet', async () => {
    test.control.giveGroupAccess({ user: LENA, group: group(8), how: 'activated' });
    test.control.leaveGroup({ user: LENA, group: group(8) });
    assert.ok((await groups()).inRoleAssignableGroup);
  });

  it('do not count when they hold no roles and protect nobody', async () => {
    test.control.giveGroupAccess({ user: LENA, group: group(7) });
    assert.deepEqual(await stops(), []);
    assert.deepEqual(await missing(), []);
  });

  it('count as protected and as VIP, like those who are in these groups', async () => {
    test.control.giveGroupAccess({ user: LENA, group: group(5) });
    assert.deepEqual(await groups(), { ...(await groups(person(11))), inVipGroup: true });
    test.control.giveGroupAccess({ user: LENA, group: group(6) });
    assert.deepEqual(await stops(), ['protected-group']);
  });

  for (const access of ['member', 'owner'] as const) {
    it(`count as the helpdesk's own account when they could become a technician, as ${access}`, async () => {
      assert.equal((await groups()).inHelpdeskGroup, false);
      test.control.giveGroupAccess({ user: LENA, group: group(1), access });
      assert.ok((await groups()).inHelpdeskGroup);
    });
  }

  it('count as protected by what they are in themselves', async () => {
    await test.close();
    const seed = readSeedFile(FERNHILL);
    seed.groups.find(({ id }) => id === group(6))?.members.push(group(7));
    test = await startFernhill({}, undefined, seed);
    test.control.giveGroupAccess({ user: LENA, group: group(7) });
    assert.deepEqual(await stops(), ['protected-group']);
  });

  describe('because a group they are in is eligible for them', () => {
    /** Group 20 is eligible for `target`, and Lena is what `how` says in group 20. */
    const through = async (target: number, how: (seed: Seed) => void): Promise<void> => {
      await test.close();
      const seed = readSeedFile(FERNHILL);
      const pattern = seed.groups.find(({ id }) => id === group(1));
      assert.ok(pattern);
      seed.groups.push({ ...pattern, id: group(20), displayName: 'Cloud Engineers', members: [], owners: [] });
      seed.groupAccess.push({ principal: group(20), group: group(target), access: 'member', how: 'eligible' });
      how(seed);
      test = await startFernhill({}, undefined, seed);
    };
    const isMember = (seed: Seed): void => {
      seed.groups.find(({ id }) => id === group(20))?.members.push(LENA);
    };

    it('count like their own: directory roles', async () => {
      await through(8, isMember);
      assert.deepEqual(await stops(), ['role-assignable-group']);
      assert.deepEqual(await stops(person(12)), []);
    });

    it('count like their own: protected', async () => {
      await through(6, isMember);
      assert.deepEqual(await stops(), ['protected-group']);
    });

    it('count in two steps: they could get into the group that is eligible', async () => {
      await through(8, (seed) => {
        seed.groupAccess.push({ principal: LENA, group: group(20), access: 'member', how: 'eligible' });
      });
      assert.deepEqual(await stops(), ['role-assignable-group']);
    });

    it('count in three steps, and groups that are eligible for each other end the search', async () => {
      await through(8, (seed) => {
        const [pattern] = seed.groups;
        assert.ok(pattern);
        seed.groups.push({ ...pattern, id: group(21), displayName: 'Trainees', members: [LENA], owners: [] });
        seed.groupAccess.push(
          { principal: group(21), group: group(20), access: 'member', how: 'eligible' },
          { principal: group(20), group: group(21), access: 'member', how: 'eligible' },
        );
      });
      assert.deepEqual(await stops(), ['role-assignable-group']);
    });

    it('are found within ten minutes when somebody makes a group eligible', async () => {
      await through(7, isMember);
      assert.deepEqual(await stops(), []);
      test.control.giveGroupAccess({ user: group(20), group: group(8) });
      test.pass(10 * 60_000);
      await test.directory.feed.runDue();
      assert.deepEqual(await stops(), ['role-assignable-group']);
    });

    it('are not relied on for longer than twenty minutes, and keep the pass back when nobody can tell any more', async () => {
      for (const path of ['/v1.0/groups', ELIGIBLE]) {
        await through(8, isMember);
        assert.deepEqual(await stops(), ['role-assignable-group']);
        test.control.fault({ kind: 'status', status: 500, path });
        test.pass(19 * 60_000);
        await test.directory.feed.runDue();
        const { groups: found } = await facts();
        if (path !== ELIGIBLE) assert.ok(found.kind === 'read' && found.value.inRoleAssignableGroup);
        test.pass(60_000);
        assert.ok((await missing()).includes('eligibleRoles: unreachable'));
        test.control.clearFaults();
        assert.deepEqual(await stops(), ['role-assignable-group']);
      }
    });

    it('are asked for once a minute while they cannot be read, and not with every round of the feed', async () => {
      await through(8, isMember);
      test.control.fault({ kind: 'status', status: 500, path: '/v1.0/groups' });
      test.pass(10 * 60_000);
      test.control.clearJournal();
      for (let second = 0; second < 90; second += 1) {
        await test.directory.feed.runDue();
        test.pass(1000);
      }
      assert.equal(test.control.journal().filter(({ path }) => path === '/v1.0/groups').length, 2);
    });
  });

  for (const status of [403, 500] as const) {
    it(`keep the pass back when nobody can tell whether there are any (${status})`, async () => {
      test.control.fault({ kind: 'status', status, path: ELIGIBLE });
      const why = status === 403 ? 'denied' : 'unreachable';
      assert.deepEqual(await missing(), [`eligibleRoles: ${why}`]);
      test.control.clearFaults();
      test.control.fault({ kind: 'status', status, path: ASSIGNED });
      assert.deepEqual(await missing(), [`groups: ${why}`]);
    });
  }

  it('keep the pass back when nobody can tell what kind of group it is', async () => {
    await facts(person(11)); // from now on the bot knows which groups hide their members
    test.control.giveGroupAccess({ user: LENA, group: group(7) });
    test.control.fault({ kind: 'status', status: 500, path: `/v1.0/groups/${group(7)}` });
    assert.deepEqual(await missing(), ['eligibleRoles: unreachable']);
    test.control.clearFaults();
    test.control.fault({ kind: 'status', status: 500, path: '/v1.0/groups/*/checkMemberGroups' });
    assert.deepEqual(await missing(), ['eligibleRoles: unreachable']);
  });

  it('keep the pass back when the permission is taken away', async () => {
    test.control.permissions({ revoke: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'] });
    assert.deepEqual(await missing(), ['eligibleRoles: denied']);
    test.control.permissions({ revoke: ['PrivilegedAssignmentSchedule.Read.AzureADGroup'] });
    assert.deepEqual(await missing(), ['eligibleRoles: denied', 'groups: denied']);
  });

  it('are said to be not licensed where the tenant has no PIM', async () => {
    for (const path of [ELIGIBLE, ASSIGNED]) {
      test.control.fault({ kind: 'status', status: 400, code: 'AadPremiumLicenseRequired', path });
    }
    const { eligibleRoles, groups: found } = await facts();
    assert.deepEqual(eligibleRoles, { kind: 'unread', why: 'not-licensed' });
    assert.equal(found.kind, 'read', 'without PIM, nobody is in a group by it');
  });

  it('still count when only the roles that could be activated cannot be read', async () => {
    test.control.fault({
      kind: 'status',
      status: 500,
      path: '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
    });
    assert.deepEqual(await stops(ELIN), ['role-assignable-group']);
  });

  it('cost one more round trip only for those who could get into some', async () => {
    await facts();
    test.control.clearJournal();
    await facts();
    const usual = test.control.journal().filter(({ inBatch }) => !inBatch).length;
    test.control.clearJournal();
    await facts(ELIN);
    assert.equal(test.control.journal().filter(({ inBatch }) => !inBatch).length, usual + 1);
  });
});
