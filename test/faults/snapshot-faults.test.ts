/**
 * The caller snapshot when Graph fails: every call of it in each of fourteen ways, and its batch with every
 * set of parts missing. Nobody gets a pass on an incomplete snapshot, and nothing is thrown.
 */
import assert from 'node:assert/strict';
import type { TenantFaultInput } from '../../demo/tenant/faults.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { MissingPart, Reading } from '../../src/procedure/facts.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { usableNumbers } from '../../src/procedure/numbers.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { stopsFor, type Stop } from '../../src/procedure/stops.ts';
import { IN_FULL, rounds, rowsOf } from '../lane.ts';
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
  eligibleGroups: {
    path: '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    decides: true,
  },
  assignedGroups: {
    path: '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances',
    decides: true,
  },
  memberships: { path: '/v1.0/users/*/checkMemberGroups', decides: true },
  manager: { path: '/v1.0/users/*/manager', decides: false },
} as const;
const CALLS: Readonly<Record<string, { readonly path: string; readonly decides: boolean }>> = {
  ...PARTS,
  'whole batch': { path: '/v1.0/$batch', decides: true },
  'roles through groups': { path: '/beta/**', decides: false },
};
/**
 * What the tenant feed reads for everybody. `unread`: what a caller's snapshot lacks when this could never be read;
 * `noNumbers`: no number can be called then. `inSnapshot`: a snapshot starts a round of it.
 */
const FOLLOWED = {
  risk: { path: '/v1.0/identityProtection/**', unread: ['risk'], noNumbers: false, inSnapshot: true },
  'registration report': { path: '/v1.0/reports/**', unread: ['registration'], noNumbers: true, inSnapshot: false },
  'audit log': { path: '/v1.0/auditLogs/**', unread: [], noNumbers: true, inSnapshot: true },
  'change feed': { path: '/v1.0/users/delta', unread: [], noNumbers: true, inSnapshot: true },
  'list of everybody': { path: '/v1.0/users', unread: ['managerAge'], noNumbers: true, inSnapshot: false },
} as const;

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

/** What comes from the ledger and not from Graph. */
const LEDGERS_OWN = {
  history: { kind: 'read', value: { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] } },
  closeToTechnician: { kind: 'read', value: false },
  technicianNumbers: { kind: 'read', value: [] },
} as const;

/** What speaks against a pass, and what is missing for one, when only the directory is asked. */
function judged(facts: GraphFacts): { readonly stops: readonly Stop[]; readonly missing: readonly MissingPart[] } {
  const whole = { ...facts, ...LEDGERS_OWN };
  return { stops: stopsFor(whole, tess, lena, DEFAULT_POLICY), missing: missingForPass(whole, DEFAULT_POLICY) };
}

function unreadIn(facts: GraphFacts): readonly string[] {
  const readings = Object.entries(facts) as readonly [string, number | Reading<unknown>][];
  return readings.filter(([, fact]) => typeof fact === 'object' && fact.kind !== 'read').map(([name]) => name);
}

/** All 8,192 sets are tried, or one in 183: an odd step, so that every part is missing in half of them. */
const STEP = rounds({ quick: 183, full: 1 });

/** Each of these needs a start of its own: every third where only a sample runs. */
const FROM_THE_START = rowsOf(Object.entries(WAYS), (_way, n) => n % 3 === 0);

describe('An incomplete caller snapshot', () => {
  let test: Awaited<ReturnType<typeof startFernhill>>;
  /** Waits for a short time only: for the ways in which an answer never comes to its end. */
  let impatient: typeof test;
  before(async () => {
    [test, impatient] = await Promise.all([startFernhill({ timeoutMs: 10_000 }), startFernhill({ timeoutMs: 300 })]);
    for (const one of [test, impatient]) {
      // From now on one trip is enough. On a busy machine the impatient one needs more than one try to have read everything.
      for (
        let tried = 0;
        tried < 50 && unreadIn((await one.directory.readSnapshot(lena)).facts).length > 0;
        tried += 1
      ) {
        await one.directory.feed.firstRounds();
      }
    }
  });
  after(() => Promise.all([test.close(), impatient.close()]));
  afterEach(() => [test, impatient].forEach(({ control }) => control.clearFaults()));

  it('is the exception: when everything can be read, nothing stops the case', async () => {
    const { facts } = await test.directory.readSnapshot(lena);
    assert.deepEqual(unreadIn(facts), []);
    assert.deepEqual(judged(facts), { stops: [], missing: [] });
  });

  it('is tested in fourteen ways on every call that the snapshot takes, and on no other', async () => {
    assert.equal(Object.keys(WAYS).length, 14);
    test.control.clearJournal();
    await test.directory.readSnapshot(lena);
    const calls = [...Object.values(CALLS), ...Object.values(FOLLOWED).filter(({ inSnapshot }) => inSnapshot)];
    const patterns = calls.map(
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
    assert.equal(test.control.journal().length, calls.length);
  });

  for (const [nth, [call, { path, decides }]] of Object.entries(CALLS).entries()) {
    // A sample meets every way at one call or another.
    const ways = rowsOf(Object.entries(WAYS), (_way, n) => (n + nth) % 3 === 0);
    it(`${decides ? 'never allows a pass' : 'lets the case go on, and says what is missing,'} without the ${call}, whichever of ${ways.length} ways it fails`, async () => {
      for (const [way, trouble] of ways) {
        const { control, directory } = trouble.kind === 'hang' || trouble.kind === 'drip' ? impatient : test;
        control.clearFaults();
        control.fault({ ...trouble, path });
        const { facts } = await directory.readSnapshot(lena);
        const { stops, missing } = judged(facts);
        if (decides) assert.ok(missing.length > 0, `${call}, ${way}: a pass would be possible`);
        assert.deepEqual(stops, [], `${call}, ${way}: missing is not forbidden`);
        if (call === 'manager') assert.equal(facts.manager.kind === 'read', false, way);
      }
    }).timeout(30_000);
  }

  for (const [source, { path, unread, noNumbers }] of Object.entries(FOLLOWED)) {
    const lacks = [...(noNumbers ? ['calls no number'] : []), ...unread.map((part) => `says that ${part} is missing`)];
    it(`${lacks.join(' and ')} when the ${source} could never be read, whichever of ${IN_FULL ? 'fourteen' : 'five'} ways it fails`, async () => {
      for (const [way, trouble] of FROM_THE_START) {
        const timeoutMs = trouble.kind === 'hang' || trouble.kind === 'drip' ? 300 : 10_000;
        const one = await startFernhill({ timeoutMs }, (control) => control.fault({ ...trouble, path }));
        try {
          const { facts } = await one.directory.readSnapshot(lena);
          assert.deepEqual(unreadIn(facts), unread, way);
          if (unread.some((part) => part === 'risk'))
            assert.ok(judged(facts).missing.length > 0, `${way}: a pass would be possible`);
          const whole = { ...facts, ...LEDGERS_OWN };
          const usable = usableNumbers(whole, DEFAULT_POLICY, one.now()).filter((number) => number.usable);
          assert.equal(usable.length > 0, !noNumbers, `${way}: ${usable.length} numbers can be called`);
        } finally {
          await one.close();
        }
      }
    }).timeout(60_000);
  }

  it('leaves everything as it was when the tenant feed fails for a moment, in each of the fourteen ways', async () => {
    const registrations = new Map(
      await Promise.all(
        [test, impatient].map(
          async (one) => [one, (await one.directory.readSnapshot(lena)).facts.registration] as const,
        ),
      ),
    );
    for (const [way, trouble] of Object.entries(WAYS)) {
      const one = trouble.kind === 'hang' || trouble.kind === 'drip' ? impatient : test;
      const { control, directory } = one;
      control.clearFaults();
      for (const { path } of Object.values(FOLLOWED)) control.fault({ ...trouble, path });
      const { facts } = await directory.readSnapshot(lena);
      assert.deepEqual(unreadIn(facts), [], way);
      assert.deepEqual(facts.registration, registrations.get(one));
      const usable = usableNumbers({ ...facts, ...LEDGERS_OWN }, DEFAULT_POLICY, test.now());
      assert.ok(
        usable.some((number) => number.usable),
        `${way}: no number can be called`,
      );
    }
  }).timeout(30_000);

  it('keeps the pass back for every set of missing parts with one that decides, and forbids nothing', async () => {
    const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
    assert.equal(2 ** names.length, 8192);
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
  }).timeout(480_000);
});
