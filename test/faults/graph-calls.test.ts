/** Every call against every way the outside fails: nothing throws where nothing may, and nothing is sent twice. */
import assert from 'node:assert/strict';
import type { TenantFaultInput } from '../../demo/tenant/faults.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import { Fault } from '../../src/casework/ports/fault.ts';
import type { PassOrder } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';
import { rowsOf } from '../lane.ts';

type Trouble = TenantFaultInput extends infer Kind
  ? Kind extends { path: string }
    ? Omit<Kind, 'path'>
    : never
  : never;

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '429 with a wait': { kind: 'status', status: 429, code: 'TooManyRequests', retryAfter: '2.128' },
  '429 with a long wait': { kind: 'status', status: 429, code: 'TooManyRequests', retryAfter: '150' },
  '429 without a wait': { kind: 'status', status: 429, code: 'TooManyRequests' },
  '401': { kind: 'status', status: 401, code: 'InvalidAuthenticationToken' },
  '403': { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
  '400': { kind: 'status', status: 400, code: 'Request_BadRequest' },
  '500': { kind: 'status', status: 500 },
  '503': { kind: 'status', status: 503 },
  '504': { kind: 'status', status: 504 },
  'a 502 page of a proxy': { kind: 'html-502' },
  'no answer at all': { kind: 'hang' },
  'an answer that is cut': { kind: 'cut' },
  'JSON that breaks off': { kind: 'half-json' },
  'an answer that is lost': { kind: 'answer-lost' },
  'an answer that comes too late': { kind: 'delay', ms: 2000 },
};

/** 4xx is Graph's own no: nothing was made. After anything else, a pass may exist. */
const REFUSES = new Set(['429 with a wait', '429 with a long wait', '429 without a wait', '401', '403', '400']);

describe('Graph when it fails', () => {
  let test: Awaited<ReturnType<typeof startFernhill>>;
  const lena = person(10);
  const order = (): PassOrder => ({
    orderId: 'order-1',
    lifetimeMinutes: 60,
    oneTime: false,
    orderedAt: test.now(),
    passBefore: null,
  });
  const start = async (timeoutMs: number, before?: Parameters<typeof startFernhill>[1]): Promise<void> => {
    test = await startFernhill({ timeoutMs }, before);
  };
  /** Long, so that a busy machine does not look like a silent Graph; short only where an answer never comes in time. */
  beforeEach(() => start(10_000));
  /** From the start: the tenant feed knows nothing either. */
  const failEverything = async (trouble: Trouble): Promise<void> => {
    await test.close();
    await start(trouble.kind === 'hang' || trouble.kind === 'delay' ? 150 : 10_000, (control) => {
      control.fault({ ...trouble, path: '/v1.0/**' });
      control.fault({ ...trouble, path: '/beta/**' });
    });
  };
  const failFromTheStart = async (path: string, status: number): Promise<void> => {
    await test.close();
    await start(10_000, (control) => control.fault({ kind: 'status', status, path }));
  };
  afterEach(() => test.close());

  // One of each kind where only a sample runs: to wait, a no of Graph, a failure, and an answer that never came.
  for (const [name, trouble] of rowsOf(Object.entries(TROUBLES), (_trouble, n) => n % 4 === 1)) {
    it(`takes nothing for harmless after ${name}, and throws nothing`, async () => {
      await failEverything(trouble);
      const { facts, profile } = await test.directory.readSnapshot(lena);
      assert.equal(profile, null);
      // What time it is at Microsoft is told by every answer, and by a refusal as well.
      for (const [part, reading] of Object.entries({ ...facts, clock: null })) {
        if (reading !== null && typeof reading === 'object')
          assert.equal(reading.kind === 'read', false, `${part} claims to be read`);
      }
      assert.equal((await test.directory.readMethods(lena)).kind === 'read', false);
      assert.equal((await test.directory.readPass(lena)).kind === 'read', false);
      assert.equal((await test.directory.selfServiceEvents(0 as Instant, [lena])).kind === 'read', false);
      assert.ok(test.pauses.every((pause) => pause <= 6000));
    });

    it(`says that the directory failed, and not that nobody is there, after ${name}`, async () => {
      await failEverything(trouble);
      const calls = [
        () => test.directory.findPeople('Lena', 5),
        () => test.directory.person(lena),
        () => test.directory.standing(lena, [test.groups.vip]),
      ];
      for (const call of calls) {
        await assert.rejects(call, (error) => {
          assert.ok(error instanceof Fault);
          assert.doesNotMatch(`${error.message} ${error.internal}`, /a0000000|lena/i);
          return true;
        });
      }
    });

    it(`asks once for a pass, whatever comes back: ${name}`, async () => {
      await failEverything(trouble);
      const { kind: answer } = await test.directory.createPass(lena, order());
      assert.equal(answer, REFUSES.has(name) ? 'refused' : 'unanswered');
      const posts = test.control.journal().filter(({ method }) => method === 'POST');
      assert.equal(posts.length, 1);
      assert.equal(posts[0]?.clientRequestId, 'order-1');
      test.control.clearFaults();
      assert.ok(test.control.state().passes.length <= 1);
      if (answer === 'refused') assert.equal(test.control.state().passes.length, 0);
    });

    it(`never claims that a pass is gone or sessions are ended after ${name}`, async () => {
      await failEverything(trouble);
      assert.equal(await test.directory.deletePass(lena, 'e0000000-0000-4000-8000-000000000001'), 'not-known');
      assert.notEqual(await test.directory.endSessions(lena), 'ended');
    });
  }

  for (const lost of ['answer-lost', 'cut', 'half-json'] as const) {
    it(`leaves a pass to be found when its answer was lost (${lost})`, async () => {
      test.control.fault({ kind: lost, method: 'POST', path: '/v1.0/users/*/authentication/**' });
      const { kind: answer } = await test.directory.createPass(lena, order());
      assert.equal(answer, 'unanswered');
      const found = await test.directory.readPass(lena);
      assert.ok(found.kind === 'read' && found.value !== null);
      assert.equal(test.control.state().passes.length, 1);
    });
  }

  it('keeps the code of a pass out of every error', async () => {
    const canary = 'CANARY+pass#1';
    test.control.nextPass(canary);
    test.control.fault({ kind: 'half-json', method: 'POST', path: '/v1.0/users/*/authentication/**' });
    const creation = await test.directory.createPass(lena, order());
    assert.ok(!JSON.stringify(creation).includes('CANARY'));
  });

  const parts: Readonly<Record<string, readonly string[]>> = {
    '/v1.0/users/*/authentication/methods': ['existingPass', 'methods', 'numbers'],
    '/v1.0/users/*/manager': ['manager', 'managerAccount', 'managerAge'],
    '/v1.0/policies/**': ['passPolicy'],
    '/v1.0/users/*/transitiveMemberOf/microsoft.graph.directoryRole': ['activeRoles'],
    '/v1.0/roleManagement/directory/roleAssignments': ['activeRoles'],
    '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances': ['activeRoles'],
    '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances': ['eligibleRoles'],
    '/v1.0/users/*/transitiveMemberOf/microsoft.graph.group': ['groups'],
    '/v1.0/users/*/ownedObjects/**': ['groups'],
    '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': ['eligibleRoles'],
    '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances': ['groups'],
    '/v1.0/users/*/checkMemberGroups': ['groups', 'passPolicy'],
    '/beta/**': [],
  };
  for (const [path, lost] of Object.entries(parts)) {
    it(`loses ${lost.join(' and ') || 'nothing that decides'}, and nothing else, when ${path} fails`, async () => {
      test.control.fault({ kind: 'status', status: 500, path });
      const { facts } = await test.directory.readSnapshot(lena);
      assert.deepEqual(unreadIn(facts), [...lost].sort());
    });
  }

  const followed: Readonly<Record<string, readonly string[]>> = {
    '/v1.0/identityProtection/**': ['risk'],
    '/v1.0/reports/**': ['registration'],
  };
  for (const [path, lost] of Object.entries(followed)) {
    it(`loses ${lost.join(' and ')}, and nothing else, when ${path} fails from the start`, async () => {
      await failFromTheStart(path, 500);
      const { facts } = await test.directory.readSnapshot(lena);
      assert.deepEqual(unreadIn(facts), lost);
    });
  }

  it('relies on a risk for two minutes after it was last read, and not for longer', async () => {
    test.control.fault({ kind: 'status', status: 500, path: '/v1.0/identityProtection/**' });
    test.pass(119_000);
    assert.deepEqual(unreadIn((await test.directory.readSnapshot(lena)).facts), []);
    test.pass(2000);
    assert.deepEqual(unreadIn((await test.directory.readSnapshot(lena)).facts), ['risk']);
    test.control.clearFaults();
    assert.deepEqual(unreadIn((await test.directory.readSnapshot(lena)).facts), []);
  });

  for (const path of ['/v1.0/auditLogs/**', '/v1.0/users/delta']) {
    it(`has no usable number when ${path} could never be read`, async () => {
      await failFromTheStart(path, 403);
      const { numbers } = (await test.directory.readSnapshot(lena)).facts;
      assert.ok(numbers.kind === 'read' && numbers.value.length > 0);
      for (const { age } of numbers.value) assert.ok(age.kind !== 'read' || test.now() - age.value.since < 60_000);
    });
  }

  it('asks for throttled parts of a snapshot once more, and is complete', async () => {
    test.control.fault({
      kind: 'status',
      status: 429,
      retryAfter: '1',
      path: '/v1.0/users/*/authentication/methods',
      times: 1,
    });
    const { facts } = await test.directory.readSnapshot(lena);
    assert.ok(facts.methods.kind === 'read');
    assert.deepEqual(test.pauses, [1000]);
  });

  it('says "not licensed" where the tenant lacks a plan, and not "denied"', async () => {
    await test.close();
    await start(10_000, (control) => {
      const denied = (path: string, status: number, code: string, message = ''): void =>
        control.fault({ kind: 'status', status, code, message, path });
      denied('/v1.0/reports/**', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
      denied('/v1.0/roleManagement/directory/role*ScheduleInstances', 400, 'AadPremiumLicenseRequired');
      denied('/v1.0/identityGovernance/**', 400, 'AadPremiumLicenseRequired');
      denied('/v1.0/identityProtection/**', 403, 'Forbidden', 'Your tenant is not licensed for this feature.');
    });
    const { facts } = await test.directory.readSnapshot(lena);
    for (const part of ['registration', 'eligibleRoles', 'risk'] as const) {
      assert.deepEqual(facts[part], { kind: 'unread', why: 'not-licensed' }, part);
    }
    assert.ok(facts.activeRoles.kind === 'read', 'no PIM, so nothing is activated by it');
    assert.ok(facts.numbers.kind === 'read');
    const day = 86_400_000;
    for (const { age } of facts.numbers.value) {
      assert.ok(age.kind === 'read' && age.value.since > test.now() - 8 * day, 'a free tenant keeps seven days of log');
    }
  });
});

/** Names of the parts that could not be read, in alphabetical order. */
function unreadIn(facts: GraphFacts): readonly string[] {
  const readings: readonly [string, unknown][] = Object.entries(facts);
  const unread = readings.filter(([, part]) => typeof part === 'object' && (part as { kind: string }).kind !== 'read');
  return unread.map(([name]) => name).toSorted();
}
