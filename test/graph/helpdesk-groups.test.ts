import assert from 'node:assert/strict';
import type { PersonId } from '../../src/procedure/facts.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { FACTS, POLICY } from '../procedure/people.ts';
import { group, LENA, NOAH, person, SOFIA } from '../tenant/tenant.ts';
import { closeFollowed, follow } from './feed/followed.ts';

/** A group inside the approvers' group. */
const NIGHT_SHIFT = 'b0000000-0000-4000-8000-000000000077';

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
