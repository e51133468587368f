// Lists with further pages: whoever is on a later page counts like everybody on the first one.
import assert from 'node:assert/strict';
import { membersOf } from '../../src/graph/standing.ts';
import type { GroupId, PersonId, Reading } from '../../src/procedure/facts.ts';
import { group, LENA, NOAH, person, SOFIA } from '../tenant/tenant.ts';
import type { SeedInput } from '../tenant/tenant.ts';
import { closeFollowed, follow } from './feed/followed.ts';
import type { Followed } from './feed/followed.ts';
import { graphError, harness } from './stub-graph.ts';

const APPROVERS = group(2) as GroupId;

/** Everybody of these numbers is an approver. */
const approversAre = (numbers: readonly number[]) => (seed: SeedInput) => {
  for (const one of seed.groups ?? []) if (one.id === APPROVERS) one.members = numbers.map(person);
};

function valueOf<T>(reading: Reading<T>): T {
  assert.ok(reading.kind === 'read', reading.kind === 'read' ? '' : reading.why);
  return reading.value;
}

/** Lists come in pages of this size from now on. */
const pagesOf = (size: number, { tenant }: Followed): void => tenant.control.settings({ pageSize: size });

describe('A list with further pages', () => {
  afterEach(closeFollowed);

  it('of members is read to its end, whoever stands on the last page', async () => {
    const numbers = [3, 4, 10, 12, 13];
    const followed = await follow({ seed: approversAre(numbers) });
    pagesOf(2, followed);
    const members = valueOf(await followed.directory().membersOf(APPROVERS));
    assert.deepEqual(members.people.map(({ id }) => id).toSorted(), numbers.map(person));
    assert.equal(members.listed, 'all');
  });

  it('of very many members says that there are more than were read', async () => {
    const numbers = [1, 2, 3, 4, 5, 10, 11, 12, 13, 26, 32];
    const followed = await follow({ seed: approversAre(numbers) });
    pagesOf(1, followed);
    const members = valueOf(await followed.directory().membersOf(APPROVERS));
    assert.equal(members.people.length, 10, 'ten pages');
    assert.equal(members.listed, 'first-pages');
  });

  it('of members is unread when one of its pages cannot be read', async () => {
    const one = { id: LENA, accountEnabled: true, displayName: 'Lena', businessPhones: [], mobilePhone: null };
    const test = await harness(({ path, query }) => {
      if (query.has('$skiptoken')) return graphError(403, 'Authorization_RequestDenied');
      const next = `https://graph.microsoft.com${path}?$skiptoken=2`;
      return { status: 200, json: { value: [one], '@odata.nextLink': next } };
    });
    const members = await membersOf(test.client, APPROVERS);
    await test.close();
    assert.deepEqual(members, { kind: 'unread', why: 'denied' });
  });

  it('that goes on at another address is not followed, and says that there is more', async () => {
    const one = { id: LENA, accountEnabled: true, displayName: 'Lena', businessPhones: [], mobilePhone: null };
    const next = 'https://elsewhere.example/v1.0/groups';
    const test = await harness(() => ({ status: 200, json: { value: [one], '@odata.nextLink': next } }));
    const members = valueOf(await membersOf(test.client, APPROVERS));
    await test.close();
    assert.deepEqual([members.people.length, members.listed, test.stub.seen.length], [1, 'first-pages', 1]);
  });

  it('of owned groups is read to its end: an owner of the approvers and of much else works at the helpdesk', async () => {
    const followed = await follow({
      seed: ({ groups = [] }) => {
        for (const one of groups) if (one.id !== group(8)) one.owners = [NOAH];
        groups.sort((one) => (one.id === APPROVERS ? 1 : -1));
      },
    });
    pagesOf(2, followed);
    const { groups } = (await followed.directory().readSnapshot(NOAH as PersonId)).facts;
    assert.equal(valueOf(groups).inHelpdeskGroup, true);
  });

  it('of what somebody is eligible for is read to its end, and so is one of who is eligible for a group', async () => {
    const followed = await follow();
    for (const user of [SOFIA, LENA])
      for (const number of [7, 2]) followed.tenant.control.giveGroupAccess({ user, group: group(number) });
    pagesOf(1, followed);
    const { groups } = (await followed.directory().readSnapshot(LENA as PersonId)).facts;
    assert.equal(valueOf(groups).inHelpdeskGroup, true);
  });
});
