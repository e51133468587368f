import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MARGIN_MS, REPORT_LIMIT, openReportRateLimit } from '../../src/graph/report-rate-limit.ts';
import type { Priority } from '../../src/graph/report-rate-limit.ts';

describe('The rate limit for Graph reports', () => {
  it('lets five through at once, and tells the sixth that its turn comes too late', async () => {
    const rateLimit = openReportRateLimit(
      () => 0,
      async () => assert.fail('nobody waits'),
    );
    const entered = [];
    for (let n = 0; n < 6; n += 1) entered.push(await rateLimit.acquire('person'));
    assert.deepEqual(entered, [true, true, true, true, true, false]);
  });

  it('leaves three of five to others when the bot watches, and two to people when it explains', async () => {
    const rateLimit = openReportRateLimit(
      () => 0,
      async () => undefined,
    );
    const entered = async (who: Priority, times: number) => {
      const list = [];
      for (let n = 0; n < times; n += 1) list.push(await rateLimit.acquire(who));
      return list;
    };
    assert.deepEqual(await entered('watch', 3), [true, true, false]);
    assert.deepEqual(await entered('explanation', 1), [true]);
    assert.deepEqual(await entered('person', 3), [true, true, false]);
  });

  it('lets an explanation wait for a whole window, and a person for four seconds', async () => {
    const waits: number[] = [];
    const rateLimit = openReportRateLimit(
      () => 0,
      async (milliseconds) => void waits.push(milliseconds),
    );
    for (let n = 0; n < 5; n += 1) await rateLimit.acquire('person');
    assert.equal(await rateLimit.acquire('person'), false);
    assert.equal(await rateLimit.acquire('explanation'), true);
    assert.deepEqual(waits, [REPORT_LIMIT.windowMs + MARGIN_MS]);
  });

  it('lets somebody wait when the turn comes soon', async () => {
    let now = 0;
    const waits: number[] = [];
    const rateLimit = openReportRateLimit(
      () => now,
      async (milliseconds) => void waits.push(milliseconds),
    );
    for (let n = 0; n < 5; n += 1) await rateLimit.acquire('person');
    now = 7000;
    assert.equal(await rateLimit.acquire('person'), true);
    assert.deepEqual(waits, [3000 + MARGIN_MS]);
  });

  it('never has more than five requests in ten seconds, whoever asks when', async () => {
    const asks = fc.array(
      fc.record({ after: fc.nat(4000), who: fc.constantFrom<Priority>('person', 'explanation', 'watch') }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(asks, async (list) => {
        let now = 0;
        let waited = 0;
        const went: number[] = [];
        const rateLimit = openReportRateLimit(
          () => now,
          async (milliseconds) => void (waited = milliseconds),
        );
        for (const { after, who } of list) {
          now += after;
          waited = 0;
          if (await rateLimit.acquire(who)) went.push(now + waited);
        }
        went.sort((a, b) => a - b);
        for (const [n, at] of went.entries()) {
          const sixth = went[n + REPORT_LIMIT.requests];
          assert.ok(sixth === undefined || sixth - at >= REPORT_LIMIT.windowMs + MARGIN_MS);
        }
      }),
    );
  });
});
