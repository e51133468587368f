/**
 * The caller snapshot when Graph fails: every call of it in each of fourteen ways, and its batch with every
 * set of parts missing. Nobody gets a pass on an incomplete snapshot, and nothing is thrown.
 */
import assert from 'node:assert/strict';
import type { TenantFaultInput } from '../../demo/tenant/faults.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { Reading } from '../../src/procedure/facts.ts';
import { missingForPass, type MissingPart } from '../../src/procedure/missing.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { stopsFor, type Stop } from '../../src/procedure/stops.ts';
import { rounds } from '../lane.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';

const lena = person(10);
const tess = person(1);

/** Parts of the batch, and the calls beside it. `decides`: a pass must be out of reach without it. */
const PARTS = {
  caller: { path: `/v1.0/users/${lena}`, decides: true },
  methods: { path: '/v1.0/users/*/authentication/methods', decides: true },
  passPolicy: { path: '/v1.0/policies/**', decides: true },
  heldRoles: { path: '/v1.0/users/*/transitiveMemberOf/microsoft.graph.directoryRole', decides: true },
  assignedRoles: { path: '/v1.0/roleManagement/directory/roleAssignments', decides: true },
  activatedRoles: { path: '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances', decides: true },
  eligibleRoles: { path: '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances', decides: true },
  roleGroups: { path: '/v1.0/users/*/transitiveMemberOf/microsoft.graph.group', decides: true },
  ownedGroups: { path: '/v1.0/users/*/ownedObjects/**', decides: true },
  memberships: { path: '/v1.0/users/*/checkMemberGroups', decides: true },
  manager: { path: '/v1.0/users/*/manager', decides: false },
} as const;
const CALLS: Readonly<Record<string, { readonly path: string; readonly decides: boolean }>> = {
  ...PARTS,
  'whole batch': { path: '/v1.0/$batch', decides: true },
  risk: { path: '/v1.0/identityProtection/**', decides: true },
  'roles through groups': { path: '/beta/**', decides: false },
  'registration report': { path: '/v1.0/reports/**', decides: false },
  'audit log': { path: '/v1.0/auditLogs/**', decides: false },
};

type Trouble = TenantFaultInput extends infer Kind
  ? Kind extends { path: string }
    ? Omit<Kind, 'path'>
    : never
  : never;

const WAYS: Readonly<Record<string, Trouble>> = {
  '429 with a wait': { kind: 'status', status: 429, code: 'TooManyRequests', retryAfter: '2.128' },
  '429 without a wait': { kind: 'status', status: 429, code: 'TooManyRequests' },
  '500': { kind: 'status', status: 500 },
  'a 502 page of a proxy': { kind: 'html-502' },
  '503': { kind: 'status', status: 503 },
  '504': { kind: 'status', status: 504 },
  '401 in the middle': { kind: 'status', status: 401, code: 'InvalidAuthenticationToken' },
  '403 by policy': { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
  'a reset connection': { kind: 'answer-lost' },
  'no answer at all': { kind: 'hang' },
  'half a body': { kind: 'cut' },
  'half of the JSON': { kind: 'half-json' },
  'other JSON than asked for': { kind: 'wrong-json' },
  'an answer that drips': { kind: 'drip' },
};

/** What speaks against a pass, and what is missing for one, when only the directory is asked. */
function judged(facts: GraphFacts): { readonly stops: readonly Stop[]; readonly missing: readonly MissingPart[] } {
  const history = { kind: 'read', value: { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null } } as const;
  const whole = { ...facts, history, closeToTechnician: { kind: 'read', value: false } } as const;
  return { stops: stopsFor(whole, tess, lena, DEFAULT_POLICY), missing: missingForPass(whole, DEFAULT_POLICY) };
}

function unreadIn(facts: GraphFacts): readonly string[] {
  const readings = Object.entries(facts) as readonly [string, number | Reading<unknown>][];
  return readings.filter(([, fact]) => typeof fact === 'object' && fact.kind !== 'read').map(([name]) => name);
}

/** All 2,048 sets are tried, or every fifteenth: an odd step, so that every part is missing in half of them. */
const STEP = rounds({ quick: 15, full: 1 });

describe('An incomplete caller snapshot', () => {
  let test: Awaited<ReturnType<typeof startFernhill>>;
  /** Waits for a short time only: for the ways in which an answer never comes to its end. */
  let impatient: typeof test;
  before(async () => {
    [test, impatient] = await Promise.all([startFernhill({ timeoutMs: 10_000 }), startFernhill({ timeoutMs: 120 })]);
    for (const one of [test, impatient]) await one.directory.readSnapshot(lena); // from now on one trip is enough
  });
  after(() => Promise.all([test.close(), impatient.close()]));
  afterEach(() => test.control.clearFaults());

  it('is the exception: when everything can be read, nothing stops the case', async () => {
    const { facts } = await test.directory.readSnapshot(lena);
    assert.deepEqual(unreadIn(facts), []);
    assert.deepEqual(judged(facts), { stops: [], missing: [] });
  });

  it('is tested in fourteen ways on every call that the snapshot takes, and on no other', async () => {
    assert.equal(Object.keys(WAYS).length, 14);
    test.control.clearJournal();
    await test.directory.readSnapshot(lena);
    const patterns = Object.values(CALLS).map(
      ({ path }) =>
        new RegExp(
          `^${path
            .replaceAll('**', '.+')
            .replaceAll(/(?<!\.)\*/g, '[^/]+')
            .replaceAll('$', String.raw`\$`)}$`,
        ),
    );
    for (const { path } of test.control.journal())
      assert.ok(
        patterns.some((one) => one.test(path)),
        path,
      );
    assert.equal(test.control.journal().length, Object.keys(CALLS).length);
  });

  for (const [call, { path, decides }] of Object.entries(CALLS)) {
    it(`${decides ? 'never allows a pass' : 'lets the case go on, and says what is missing,'} without the ${call}, whichever of fourteen ways it fails`, async () => {
      for (const [way, trouble] of Object.entries(WAYS)) {
        const { control, directory } = trouble.kind === 'hang' || trouble.kind === 'drip' ? impatient : test;
        control.clearFaults();
        control.fault({ ...trouble, path });
        const { facts } = await directory.readSnapshot(lena);
        const { stops, missing } = judged(facts);
        if (decides) assert.ok(missing.length > 0, `${call}, ${way}: a pass would be possible`);
        assert.deepEqual(stops, [], `${call}, ${way}: missing is not forbidden`);
        if (call === 'audit log') {
          const numbers = facts.numbers.kind === 'read' ? facts.numbers.value : [];
          assert.ok(
            numbers.every(({ age }) => age.kind === 'unread'),
            `${way}: a number has an age`,
          );
        }
        if (call === 'registration report') assert.equal(facts.registration.kind === 'read', false, way);
        if (call === 'manager') assert.equal(facts.manager.kind === 'read', false, way);
      }
    }).timeout(30_000);
  }

  it('keeps the pass back for every set of missing parts with one that decides, and forbids nothing', async () => {
    const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
    assert.equal(2 ** names.length, 2048);
    for (let set = 0; set < 2 ** names.length; set += STEP) {
      const missing = names.filter((_, n) => (set & (1 << n)) !== 0);
      test.control.clearFaults();
      for (const name of missing) test.control.fault({ kind: 'missing', path: PARTS[name].path });
      const { facts } = await test.directory.readSnapshot(lena);
      const decisive = missing.some((name) => PARTS[name].decides);
      const found = judged(facts);
      assert.equal(found.missing.length > 0, decisive, `without ${missing.join(', ')}: ${JSON.stringify(found)}`);
      assert.deepEqual(found.stops, [], 'missing is not forbidden');
    }
  }).timeout(120_000);
});
