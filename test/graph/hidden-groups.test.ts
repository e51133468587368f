// Groups with hidden membership: Graph leaves their members out without saying so.
import assert from 'node:assert/strict';
import { readSeedFile } from '../../demo/tenant/read-seed.ts';
import { FERNHILL } from '../../demo/tenant/start.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { GroupId } from '../../src/procedure/facts.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';
import type { Fernhill } from '../contracts/fernhill.ts';

const group = (n: number): GroupId => `b0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}` as GroupId;
const LENA = person(10);
const HUGO = person(36);
const LEDGERS_OWN = {
  history: { kind: 'read', value: { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] } },
  closeToTechnician: { kind: 'read', value: false },
  technicianNumbers: { kind: 'read', value: [] },
} as const;

describe('Groups that hide their members', () => {
  let test: Fernhill;
  beforeEach(async () => {
    test = await startFernhill();
  });
  afterEach(() => test.close());

  const facts = async (id = HUGO): Promise<GraphFacts> => (await test.directory.readSnapshot(id)).facts;

  it('are seen with the permission for them', async () => {
    const { groups } = await facts();
    assert.ok(groups.kind === 'read' && groups.value.inProtectedGroup);
  });

  it('are unread without it, for everybody, and nobody is said to be in none', async () => {
    test.control.permissions({ revoke: ['Member.Read.Hidden'] });
    for (const id of [HUGO, LENA]) {
      const found = await facts(id);
      assert.deepEqual(found.groups, { kind: 'unread', why: 'denied' });
      const missing = missingForPass({ ...found, ...LEDGERS_OWN }, DEFAULT_POLICY).map(({ part }) => part);
      assert.ok(missing.includes('groups'));
    }
    test.control.permissions({ grant: ['Member.Read.Hidden'] });
    const { groups } = await facts();
    assert.ok(groups.kind === 'read' && groups.value.inProtectedGroup);
  });

  it('are unread without it when the pass policy names one, and nobody is said to be outside of the policy', async () => {
    await test.close();
    const seed = readSeedFile(FERNHILL);
    seed.passPolicy.includeTargets = [{ targetType: 'group', id: group(9) }];
    test = await startFernhill({ protectedGroups: [] }, undefined, seed);
    const { passPolicy } = await facts();
    assert.ok(passPolicy.kind === 'read' && passPolicy.value.callerInScope);
    test.control.permissions({ revoke: ['Member.Read.Hidden'] });
    assert.deepEqual((await facts()).passPolicy, { kind: 'unread', why: 'denied' });
  });

  it('matter to nobody when neither the configuration nor the policy names one', async () => {
    await test.close();
    test = await startFernhill({ protectedGroups: [] });
    test.control.permissions({ revoke: ['Member.Read.Hidden'] });
    const { groups, passPolicy } = await facts();
    assert.deepEqual([groups.kind, passPolicy.kind], ['read', 'read']);
  });

  it('keep everything unread while nobody can tell which groups hide their members', async () => {
    await test.close();
    test = await startFernhill();
    test.control.fault({ kind: 'status', status: 500, path: '/v1.0/groups/*' });
    assert.deepEqual((await facts()).groups, { kind: 'unread', why: 'unreachable' });
    test.control.clearFaults();
    const { groups } = await facts();
    assert.ok(groups.kind === 'read' && groups.value.inProtectedGroup);
  });
});

describe('What kind of group it is, while the bot runs', () => {
  let test: Fernhill;
  beforeEach(async () => {
    test = await startFernhill();
  });
  afterEach(() => test.close());
  const groupsOf = async (id = LENA) => (await test.directory.readSnapshot(id)).facts.groups;
  /** How often the kinds of groups were read since the last call of this. */
  const looks = (): number => {
    const count = test.control.journal().filter(({ path }) => /^\/v1\.0\/groups\/[0-9a-f-]+$/.test(path)).length;
    test.control.clearJournal();
    return count;
  };
  const BREAK_GLASS = `/v1.0/groups/${group(6)}`;
  const deleted = (): void =>
    test.control.fault({ kind: 'status', status: 404, code: 'Request_ResourceNotFound', path: BREAK_GLASS });

  it('is read again beside the feed when it is ten minutes old, and not for each caller', async () => {
    await groupsOf();
    looks();
    await groupsOf();
    assert.equal(looks(), 0);
    test.pass(10 * 60_000);
    await test.directory.feed.runDue();
    assert.equal(looks(), 8, 'each configured group and the one of the pass policy, once');
    await groupsOf();
    assert.equal(looks(), 0);
  });

  it('a protected group that was deleted meanwhile protects nobody, so all groups are unread', async () => {
    assert.equal((await groupsOf()).kind, 'read');
    deleted();
    test.pass(10 * 60_000);
    await test.directory.feed.runDue();
    assert.deepEqual(await groupsOf(), { kind: 'unread', why: 'missing' });
  });

  it('is relied on for twenty minutes while it cannot be read, and then all groups are unread', async () => {
    assert.equal((await groupsOf()).kind, 'read');
    test.control.fault({ kind: 'status', status: 500, path: BREAK_GLASS });
    test.pass(19 * 60_000);
    await test.directory.feed.runDue();
    assert.equal((await groupsOf()).kind, 'read');
    test.pass(60_000);
    assert.deepEqual(await groupsOf(), { kind: 'unread', why: 'unreachable' });
    test.control.clearFaults();
    assert.equal((await groupsOf()).kind, 'read');
  });
});
