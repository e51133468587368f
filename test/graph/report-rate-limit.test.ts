import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from '../../src/graph/answer.ts';
import { MARGIN_MS, REPORT_LIMIT, openReportRateLimit } from '../../src/graph/report-rate-limit.ts';
import type { Priority } from '../../src/graph/report-rate-limit.ts';

const answered = (status = 200, retryAfterMs: number | null = null): Answer => {
  return { kind: 'answered', status, body: {}, retryAfterMs, requestId: null };
};
const WINDOW = REPORT_LIMIT.windowMs + MARGIN_MS;

/** A rate limit on a clock that moves when somebody waits, and what each request did. */
function onAClock() {
  const clock = { now: 0 };
  const waits: number[] = [];
  const rateLimit = openReportRateLimit(
    () => clock.now,
    async (milliseconds) => {
      waits.push(milliseconds);
      clock.now += milliseconds;
    },
  );
  const ask = async (who: Priority, answer = answered()): Promise<boolean> => {
    const sends: Priority[] = [];
    const got = await rateLimit.ask(who, async () => {
      sends.push(who);
      return answer;
    });
    const sent = sends.length > 0;
    assert.equal(sent, got === answer);
    if (!sent) assert.deepEqual(got, { kind: 'unanswered', why: 'throttled', sent: false });
    return sent;
  };
  return { clock, waits, rateLimit, ask };
}

describe('The rate limit for Graph reports', () => {
  it('lets five through at once, and tells the sixth that its turn comes too late', async () => {
    const { ask, waits } = onAClock();
    const entered = [];
    for (let n = 0; n < 6; n += 1) entered.push(await ask('tail'));
    assert.deepEqual(entered, [true, true, true, true, true, false]);
    assert.deepEqual(waits, [], 'nobody waits for nothing');
  });

  it('spreads explanations over the window, three in each, so that nobody waits for a whole one', async () => {
    const { ask, waits, clock } = onAClock();
    for (let n = 0; n < 7; n += 1) assert.ok(await ask('explanation'), `explanation ${n}`);
    assert.deepEqual(waits, [WINDOW / 3, WINDOW / 3, WINDOW / 3, WINDOW / 3, WINDOW / 3, WINDOW / 3]);
    clock.now += WINDOW;
    assert.ok(await ask('explanation'));
    assert.equal(waits.length, 6, 'after a quiet time the first one goes at once');
  });

  it('leaves two of five to the tail of the audit log, whatever else asks', async () => {
    const entered = async (who: Priority, times: number) => {
      const { ask, waits } = onAClock();
      const list = [];
      for (let n = 0; n < times; n += 1) {
        list.push(await ask(who));
        if (waits.length > 0) break;
      }
      return list.filter(Boolean).length - waits.length;
    };
    assert.equal(await entered('tail', 6), 5);
    assert.equal(await entered('backfill', 6), 3);
    assert.equal(await entered('watch', 6), 3);
  });

  it('lets an explanation wait for a whole window, and never lets history wait', async () => {
    const { ask, waits } = onAClock();
    for (let n = 0; n < 5; n += 1) await ask('tail');
    assert.equal(await ask('backfill'), false);
    assert.equal(await ask('explanation'), true);
    assert.deepEqual(waits, [WINDOW]);
  });

  it('lets the tail wait when its turn comes soon', async () => {
    const { ask, waits, clock } = onAClock();
    for (let n = 0; n < 5; n += 1) await ask('tail');
    clock.now = 7000;
    assert.equal(await ask('tail'), true);
    assert.deepEqual(waits, [3000 + MARGIN_MS]);
  });

  it('counts a request until the window has passed since its answer, because nobody knows when it arrived', async () => {
    const { ask, waits, clock, rateLimit } = onAClock();
    await rateLimit.ask('tail', async () => {
      clock.now += 3000;
      return answered();
    });
    for (let n = 0; n < 4; n += 1) await ask('tail');
    clock.now = WINDOW + 1;
    assert.equal(await ask('tail'), true);
    assert.deepEqual(waits, [2999]);
  });

  it('sends nothing for as long as Microsoft says after a 429, and for a window when Microsoft does not say', async () => {
    for (const [retryAfterMs, pause] of [
      [2128, 2128],
      [null, REPORT_LIMIT.windowMs],
    ] as const) {
      const { ask, waits } = onAClock();
      await ask('tail', answered(429, retryAfterMs));
      assert.equal(await ask('backfill'), false);
      assert.equal(await ask('explanation'), true);
      assert.deepEqual(waits, [pause + MARGIN_MS]);
    }
  });

  it('lets nobody wait longer than their turn lasts', async () => {
    const { ask, rateLimit } = onAClock();
    for (let n = 0; n < 5; n += 1) await ask('tail');
    const late = await rateLimit.ask('explanation', () => assert.fail('too late'), WINDOW - 1);
    assert.deepEqual(late, { kind: 'unanswered', why: 'throttled', sent: false });
    assert.deepEqual(await rateLimit.ask('explanation', async () => answered(), WINDOW), answered());
  });

  it('counts what does not wait for it, too', async () => {
    const { ask, rateLimit } = onAClock();
    for (let n = 0; n < 5; n += 1) assert.equal(await rateLimit.count(async () => n), n);
    assert.equal(await ask('tail'), false);
  });

  it('never has more than five arrive in ten seconds, whoever asks when and however long each of them travels', async () => {
    const asks = fc.array(
      fc.record({
        after: fc.nat(4000),
        who: fc.constantFrom<Priority>('tail', 'explanation', 'watch', 'backfill'),
        there: fc.nat(6000),
        back: fc.nat(2000),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(asks, async (list) => {
        const { clock, rateLimit } = onAClock();
        const arrived: number[] = [];
        for (const { after, who, there, back } of list) {
          clock.now += after;
          await rateLimit.ask(who, async () => {
            arrived.push(clock.now + there);
            clock.now += there + back;
            return answered();
          });
        }
        arrived.sort((a, b) => a - b);
        for (const [n, at] of arrived.entries()) {
          const sixth = arrived[n + REPORT_LIMIT.requests];
          assert.ok(sixth === undefined || sixth - at >= REPORT_LIMIT.windowMs);
        }
      }),
    );
  });
});
