/**
 * What every implementation of the Ledger port promises about leases, and about the intents of several processes.
 * Run it with `leasesContract(name, start)`; `start` gives two connections to one empty ledger each time.
 */
import assert from 'node:assert/strict';
import { Fault } from '../../src/casework/ports/fault.ts';
import type { Lease } from '../../src/casework/ports/leases.ts';
import type { Ledger } from '../../src/casework/ports/ledger.ts';
import { entry, minutesLater, morning, openCase } from '../ledger/fixtures.ts';

interface Started {
  readonly ledgers: readonly [Ledger, Ledger];
  stop(): Promise<void>;
}

const WATCH = 'watch';

export function leasesContract(name: string, start: () => Promise<Started>): void {
  describe(`${name} keeps the promises of the leases`, () => {
    let one: Ledger;
    let two: Ledger;
    let stop: () => Promise<void>;

    beforeEach(async () => {
      const started = await start();
      [one, two] = started.ledgers;
      stop = () => started.stop();
    });
    afterEach(() => stop());

    const seenBy = async (ledger: Ledger): Promise<Lease | null> =>
      (await ledger.leases.all()).find((lease) => lease.name === WATCH) ?? null;
    const taken = async (ledger: Ledger): Promise<Lease> => {
      const lease = await ledger.leases.take(WATCH, await seenBy(ledger));
      assert.ok(lease !== null);
      return lease;
    };
    const codes = async (): Promise<readonly string[]> =>
      (await one.entries({ caseId: null, limit: 100 })).map(({ code }) => code);
    const lost = (error: unknown): boolean => error instanceof Fault && error.code === 'ledger-in-use';

    it('gives every process a name of its own', () => {
      assert.notEqual(one.leases.self, two.leases.self);
      assert.ok(one.leases.self.length > 0);
    });

    it('gives a lease to one when both take it in the same moment, fifty times out of fifty', async () => {
      for (let round = 0; round < 50; round += 1) {
        const seen = await seenBy(one);
        const answers = await Promise.all([one, two].map((ledger) => ledger.leases.take(WATCH, seen)));
        const [winner, ...others] = answers.filter((lease) => lease !== null);
        assert.ok(winner !== undefined);
        assert.deepEqual(others, []);
        assert.deepEqual(await seenBy(two), winner);
        assert.equal(winner.fence, round + 1, 'the number grows with every holder');
      }
    });

    it('gives no lease to whoever saw it before the last beat of its holder', async () => {
      await taken(one);
      const seen = await seenBy(two);
      const [renewed] = await one.leases.renew();
      assert.equal(await two.leases.take(WATCH, seen), null);
      assert.deepEqual(await seenBy(two), renewed);
      assert.notEqual(await two.leases.take(WATCH, await seenBy(two)), null);
      assert.deepEqual(await one.leases.renew(), [], 'and who has lost it is told so');
    });

    it('renews all leases of a process, and none of another one', async () => {
      await taken(one);
      await one.leases.take('process one', null);
      await two.leases.take('process two', null);
      assert.deepEqual((await one.leases.renew()).map((lease) => [lease.name, lease.beat]).sort(), [
        ['process one', 1],
        [WATCH, 1],
      ]);
      assert.deepEqual(
        (await two.leases.all()).map(({ name: of, beat }) => [of, beat]),
        [
          ['process one', 1],
          ['process two', 0],
          [WATCH, 1],
        ],
      );
    });

    it('makes a lease free when its holder gives it up, and forgets that the process lived', async () => {
      const first = await taken(one);
      await one.leases.take('process one', null);
      await one.leases.release();
      const [free, ...others] = await two.leases.all();
      assert.deepEqual([free?.name, free?.holder, others], [WATCH, null, []]);
      assert.equal(await two.leases.take(WATCH, first), null, 'as it was seen before, it is not there any more');
      assert.equal((await taken(two)).fence, first.fence + 1, 'a number never comes again');
    });

    it('removes the lease of a process that is gone, unless it gave a sign of life meanwhile', async () => {
      const seen = await one.leases.take('process one', null);
      assert.ok(seen !== null);
      await one.leases.renew();
      await two.leases.remove(seen);
      const [renewed] = await two.leases.all();
      assert.ok(renewed !== undefined);
      await two.leases.remove(renewed);
      assert.deepEqual(await two.leases.all(), []);
    });

    it('writes what needs a lease while it is held, and nothing of it once another process took it', async () => {
      const lease = await taken(one);
      const stored = await openCase(one);
      const work = async (ledger: Ledger, code: string): Promise<unknown> => ledger.record([entry(code)], morning);
      await one.leases.whileHolding(lease, () => work(one, 'while.held'));
      await one.leases.renew();
      await one.leases.whileHolding(lease, () => work(one, 'after.a-beat'));
      await taken(two);
      await one.leases.whileHolding(lease, async () => {
        await assert.rejects(work(one, 'too.late'), lost);
        const step = [entry('case.went-back', { caseId: stored.case.id })];
        await assert.rejects(one.advance(stored, stored.case, step, morning), lost);
      });
      await work(one, 'without.a-lease');
      assert.deepEqual(await codes(), ['without.a-lease', 'after.a-beat', 'while.held', 'case.opened']);
      assert.deepEqual(await two.load(stored.case.id), stored);
    });

    it('lets the work of others go on that is written in the same moment as work without its lease', async () => {
      const lease = await taken(one);
      await taken(two);
      const [late, kept] = await Promise.allSettled([
        one.leases.whileHolding(lease, () => one.record([entry('too.late')], morning)),
        one.record([entry('of.a-turn')], morning),
      ]);
      assert.deepEqual([late.status, kept.status], ['rejected', 'fulfilled']);
      assert.deepEqual(await codes(), ['of.a-turn']);
    });

    it('says of every intent which process has it under way, until its outcome is written', async () => {
      const intent = (intentId: string) => entry('link.push.intent', { intentId });
      await one.record([intent('a'), entry('case.went-back'), intent('b')], morning);
      await two.record([intent('c')], morning);
      const owners = async (): Promise<unknown> =>
        (await two.unsettledIntents()).map(({ intentId, owner }) => [intentId, owner]);
      const [first, second] = [one.leases.self, two.leases.self];
      assert.deepEqual(await owners(), [
        ['a', first],
        ['b', first],
        ['c', second],
      ]);
      await two.record([entry('link.push.outcome', { intentId: 'a' })], morning);
      assert.deepEqual(await owners(), [
        ['b', first],
        ['c', second],
      ]);
    });

    it('keeps the first outcome of an intent and leaves out a second one, also beside a step', async () => {
      const stored = await openCase(one);
      const outcome = (text: string) => entry('link.push.outcome', { intentId: 'a', detail: { outcome: text } });
      await one.record([entry('link.push.intent', { intentId: 'a' })], morning);
      await two.record([outcome('unknown')], morning);
      await one.record([outcome('delivered'), entry('case.read')], morning);
      const step = [entry('case.went-back', { caseId: stored.case.id })];
      const moved = await one.advance(stored, stored.case, step, minutesLater(1), { before: [outcome('delivered')] });
      assert.equal(moved.kind, 'written');
      assert.deepEqual(await codes(), [
        'case.went-back',
        'case.read',
        'link.push.outcome',
        'link.push.intent',
        'case.opened',
      ]);
      assert.deepEqual((await two.newestOf(['link.push.outcome']))?.detail, { outcome: 'unknown' });
    });
  });
}
