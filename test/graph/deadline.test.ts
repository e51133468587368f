// A turn's deadline in the directory: whatever Graph does, what was not read by then is unread, and nobody waits longer.
import assert from 'node:assert/strict';
import { REAL_TIMING, startDeadline, type Deadline } from '../../src/casework/ports/runtime.ts';
import { Fault } from '../../src/casework/ports/fault.ts';
import type { PassOrder } from '../../src/procedure/case.ts';
import { person, startFernhill } from '../contracts/fernhill.ts';
import { openTestTime, type TestTime } from '../test-time.ts';

const lena = person(10);
const order: PassOrder = { orderId: 'order-1', lifetimeMinutes: 60, oneTime: false, orderedAt: 0 as never };

describe('A read with a deadline', () => {
  let time: TestTime;
  let test: Awaited<ReturnType<typeof startFernhill>>;
  beforeEach(async () => {
    time = openTestTime();
    test = await startFernhill({
      timing: time.timing,
      timeoutMs: 8000,
      wait: (milliseconds) => time.wait(milliseconds),
    });
  });
  afterEach(async () => {
    await test.close();
    time.end();
  });

  const deadlineOf = (milliseconds: number): Deadline => startDeadline(milliseconds, time.timing);
  const everyRead = (deadline: Deadline): readonly (() => Promise<unknown>)[] => [
    () => test.directory.findPeople('Lena', 5, deadline),
    () => test.directory.person(lena, deadline),
    () => test.directory.standing(lena, [test.groups.vip], deadline),
    () => test.directory.readSnapshot(lena, deadline),
    () => test.directory.managerOf(lena, deadline),
    () => test.directory.readMethods(lena, deadline),
  ];
  /** Runs the reads while Graph keeps silent; says when each of them ended. */
  const endsOf = async (deadline: Deadline): Promise<readonly number[]> => {
    const ends: number[] = [];
    const reads = everyRead(deadline).map((read) =>
      read()
        .catch((error: unknown) => assert.ok(error instanceof Fault && error.code === 'directory-timeout'))
        .then(() => ends.push(time.timing.clock())),
    );
    await time.until(Promise.all(reads));
    return ends;
  };

  it('ends with the deadline when Graph never answers', async () => {
    for (const version of ['v1.0', 'beta']) test.control.fault({ kind: 'hang', path: `/${version}/**` });
    assert.deepEqual(await endsOf(deadlineOf(3000)), [3000, 3000, 3000, 3000, 3000, 3000]);
  });

  it('ends at its own limit of eight seconds without one', async () => {
    test.control.fault({ kind: 'hang', path: '/v1.0/**' });
    await time.until(assert.rejects(test.directory.findPeople('Lena', 5)));
    assert.equal(time.timing.clock(), 8000);
  });

  it('reports the parts that were not read, and keeps those that are known without Graph', async () => {
    test.control.fault({ kind: 'hang', path: '/v1.0/$batch' });
    const { facts, profile } = await time.until(test.directory.readSnapshot(lena, deadlineOf(2500)));
    assert.deepEqual(
      [facts.account, facts.methods],
      [
        { kind: 'unread', why: 'timeout' },
        { kind: 'unread', why: 'timeout' },
      ],
    );
    assert.deepEqual([facts.risk.kind, facts.registration.kind, profile], ['read', 'read', null]);
    assert.equal(time.timing.clock(), 2500);
  });

  it('waits for the tenant feed as long as the turn lasts, and never longer than two and a half seconds', async () => {
    test.control.fault({ kind: 'hang', path: '/v1.0/users/delta' });
    const { facts } = await time.until(test.directory.readSnapshot(lena, deadlineOf(1500)));
    assert.equal(time.timing.clock(), 1500);
    assert.deepEqual([facts.account.kind, facts.methods.kind, facts.numbers.kind], ['read', 'read', 'read']);
    await time.until(test.directory.readSnapshot(lena, deadlineOf(8000)));
    assert.equal(time.timing.clock(), 4000);
  });

  it('does not wait for a throttled read longer than there is time', async () => {
    test.control.fault({ kind: 'status', status: 429, retryAfter: '2', path: '/v1.0/users/*/authentication/methods' });
    const { facts } = await time.until(test.directory.readSnapshot(lena, deadlineOf(1500)));
    assert.deepEqual(facts.methods, { kind: 'unread', why: 'throttled' });
    assert.equal(time.timing.clock(), 0, 'it is said at once');
  });

  it('asks nothing any more when the deadline is over, or nobody waits for the answer', async () => {
    const gone = new AbortController();
    gone.abort();
    for (const deadline of [deadlineOf(0), startDeadline(8000, REAL_TIMING, [gone.signal])]) {
      test.control.clearJournal();
      await endsOf(deadline);
      assert.deepEqual([deadline.left(), test.control.journal()], [0, []]);
    }
  });

  it('counts an order that is not answered by its deadline as unanswered, and sends it once', async () => {
    test.control.fault({ kind: 'delay', ms: 60_000, path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' });
    const creation = await time.until(test.directory.createPass(lena, order, deadlineOf(3000)));
    assert.equal(creation.kind, 'unanswered');
    assert.equal(time.timing.clock(), 3000);
    assert.equal(test.control.journal().filter(({ method }) => method === 'POST').length, 1);
  });

  it('lets two presses in the same moment share a snapshot, but nobody with more time than the first one has', async () => {
    test.control.fault({ kind: 'hang', path: '/v1.0/$batch' });
    const batches = (): number => test.control.journal().filter(({ path }) => path.endsWith('/$batch')).length;
    const twice = [
      test.directory.readSnapshot(lena, deadlineOf(2500)),
      test.directory.readSnapshot(lena, deadlineOf(2500)),
    ];
    await time.until(Promise.all([...twice, test.directory.readSnapshot(lena, deadlineOf(6000))]));
    assert.equal(batches(), 2);
    assert.equal(time.timing.clock(), 6000);
  });
});
