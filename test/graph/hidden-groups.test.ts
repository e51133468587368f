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
