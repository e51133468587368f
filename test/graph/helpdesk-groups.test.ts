import assert from 'node:assert/strict';
import type { PersonId } from '../../src/procedure/facts.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { startDeadline } from '../../src/casework/ports/runtime.ts';
import { FACTS, POLICY } from '../procedure/people.ts';
import { group, LENA, NOAH, person, SOFIA } from '../tenant/tenant.ts';
import type { SeedInput } from '../tenant/tenant.ts';
import { openTestTime } from '../test-time.ts';
import { closeFollowed, follow, MINUTE } from './feed/followed.ts';
import type { Followed } from './feed/followed.ts';

/** A group inside the approvers' group. */
const NIGHT_SHIFT = 'b0000000-0000-4000-8000-000000000077';
const INTERNS = 'b0000000-0000-4000-8000-000000000078';
const LUNCH = 'b0000000-0000-4000-8000-000000000079';
const TRAINEES = 'b0000000-0000-4000-8000-000000000080';

describe('Whether a caller works at the helpdesk', () => {
  afterEach(closeFollowed);

  it('is told of members, of members of a group inside, and of owners; of nobody else', async () => {
    const { directory } = await follow({
      seed: ({ groups = [] }) => {
        const approvers = groups.find(({ id }) => id === group(2));
        assert.ok(approvers !== undefined);
        approvers.owners = [NOAH];
        approvers.members = [...(approvers.members ?? []), NIGHT_SHIFT];
        groups.push({ id: NIGHT_SHIFT, displayName: 'Night shift', members: [SOFIA] });
      },
    });
    const works = async (user: string): Promise<boolean> => {
      const { groups } = (await directory().readSnapshot(user as PersonId)).facts;
      assert.ok(groups.kind === 'read');
      return groups.value.inHelpdeskGroup;
    };
    assert.equal(await works(person(3)), true, 'a member');
    assert.equal(await works(SOFIA), true, 'a member of a group inside');
    assert.equal(await works(NOAH), true, 'an owner');
    assert.equal(await works(LENA), false);
  });

  /** The night shift is a group inside the approvers, the interns one inside the night shift. Noah owns the interns. */
  const nested = ({ groups = [] }: SeedInput): void => {
    const approvers = groups.find(({ id }) => id === group(2));
    assert.ok(approvers !== undefined);
    approvers.members = [...(approvers.members ?? []), NIGHT_SHIFT];
    groups.push({ id: NIGHT_SHIFT, displayName: 'Night shift', members: [INTERNS] });
    groups.push({ id: INTERNS, displayName: 'Interns', members: [], owners: [NOAH] });
    groups.push({ id: LUNCH, displayName: 'Lunch', members: [], owners: [LENA] });
  };
  const groupsOf = async ({ directory }: Followed, user: string) =>
    (await directory().readSnapshot(user as PersonId)).facts.groups;

  it('is told of the owner of a group inside, who could add themselves; not of the owner of any other group', async () => {
    const followed = await follow({ seed: nested });
    const owner = await groupsOf(followed, NOAH);
    assert.ok(owner.kind === 'read' && owner.value.inHelpdeskGroup);
    const other = await groupsOf(followed, LENA);
    assert.ok(other.kind === 'read' && !other.value.inHelpdeskGroup);
  });

  it('is told of those who could get into a group inside by PIM, because another group of theirs is eligible', async () => {
    const followed = await follow({
      seed: (seed) => {
        nested(seed);
        seed.groups?.push({ id: TRAINEES, displayName: 'Trainees', members: [SOFIA] });
        seed.groupAccess?.push({ principal: TRAINEES, group: INTERNS, access: 'member', how: 'eligible' });
      },
    });
    const trainee = await groupsOf(followed, SOFIA);
    assert.ok(trainee.kind === 'read' && trainee.value.inHelpdeskGroup);
  });

  it('is unread for owners of groups while nobody can tell which groups are inside; others are not kept waiting', async () => {
    const { tenant, ...followed } = await follow({ seed: nested, quiet: true });
    const path = '/v1.0/groups/*/transitiveMembers/microsoft.graph.group';
    tenant.control.fault({ kind: 'status', status: 403, path });
    for (const owner of [NOAH, LENA]) {
      assert.deepEqual(await groupsOf({ tenant, ...followed }, owner), { kind: 'unread', why: 'denied' });
    }
    assert.equal((await groupsOf({ tenant, ...followed }, SOFIA)).kind, 'read');
    tenant.control.clearFaults();
    const owner = await groupsOf({ tenant, ...followed }, NOAH);
    assert.ok(owner.kind === 'read' && owner.value.inHelpdeskGroup);
  });

  it('takes one look at the four groups, also for the first caller', async () => {
    const followed = await follow({ seed: nested, quiet: true });
    const owner = await groupsOf(followed, NOAH);
    assert.ok(owner.kind === 'read' && owner.value.inHelpdeskGroup);
    assert.equal(followed.requests('transitiveMembers/microsoft.graph.group').length, 4);
  });

  it('is told of a caller who has more time than another one, for whom the same look took too long', async () => {
    const time = openTestTime();
    try {
      const { tenant, directory, requests } = await follow({
        ...{ seed: nested, quiet: true },
        directory: { timing: time.timing },
      });
      const look = async (user: string, milliseconds: number) => {
        const deadline = startDeadline(milliseconds, time.timing);
        return (await directory().readSnapshot(user as PersonId, deadline)).facts.groups;
      };
      tenant.control.fault({ kind: 'hang', path: '/v1.0/groups/*/transitiveMembers/microsoft.graph.group' });
      const hurried = look(LENA, 1500);
      await time.quiet();
      const underWay = requests('transitiveMembers/microsoft.graph.group').length;
      tenant.control.clearFaults();
      const patient = await time.until(look(NOAH, 4000));
      assert.deepEqual(await time.until(hurried), { kind: 'unread', why: 'timeout' });
      assert.ok(patient.kind === 'read' && patient.value.inHelpdeskGroup);
      assert.equal(underWay, 4);
    } finally {
      time.end();
    }
  });

  it('is found within ten minutes when a group is put inside, and costs no request for each caller', async () => {
    const followed = await follow({ seed: nested });
    followed.tenant.control.joinGroup({ user: LUNCH, group: group(1) });
    await followed.pass(10 * MINUTE);
    followed.requests('');
    const owner = await groupsOf(followed, LENA);
    assert.ok(owner.kind === 'read' && owner.value.inHelpdeskGroup);
    assert.deepEqual(followed.requests('transitiveMembers/microsoft.graph.group'), []);
  });

  it('is told of members, owners and members of a group inside, whichever of the four groups it is', async () => {
    for (const number of [1, 2, 3, 4]) {
      const { directory } = await follow({
        seed: ({ groups = [] }) => {
          const one = groups.find(({ id }) => id === group(number));
          assert.ok(one !== undefined);
          one.owners = [NOAH];
          one.members = [NIGHT_SHIFT, LENA];
          groups.push({ id: NIGHT_SHIFT, displayName: 'Night shift', members: [SOFIA] });
        },
      });
      for (const user of [LENA, NOAH, SOFIA]) {
        const { groups } = (await directory().readSnapshot(user as PersonId)).facts;
        assert.ok(groups.kind === 'read' && groups.value.inHelpdeskGroup, `${user} in group ${number}`);
      }
      await closeFollowed();
    }
  });

  it('is unread when a membership or an ownership cannot be read, and then no pass is possible', async () => {
    for (const list of ['ownedObjects', 'checkMemberGroups']) {
      const { directory, tenant } = await follow();
      tenant.control.fault({ kind: 'status', status: 403, path: `/v1.0/users/*/${list}**` });
      const { facts } = await directory().readSnapshot(LENA as PersonId);
      assert.deepEqual(facts.groups, { kind: 'unread', why: 'denied' }, list);
      const known = { ...FACTS, ...facts };
      assert.ok(
        missingForPass(known, POLICY).some(({ part }) => part === 'groups'),
        list,
      );
    }
  });
});
