import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from '../../src/graph/answer.ts';
import { openProtectionQueue } from '../../src/graph/protection-queue.ts';

const answered = (status: number): Answer => {
  return { kind: 'answered', status, body: {}, retryAfterMs: null, requestId: null };
};

function onAClock(random = 0) {
  const clock = { now: 0 };
  const queue = openProtectionQueue(
    () => clock.now,
    async (milliseconds) => void (clock.now += milliseconds),
    () => random,
  );
  return { clock, queue };
}

describe('The queue for ID Protection', () => {
  it('sends one request after the other, more than a second after the answer to the one before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3000), { maxLength: 20 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        async (takes, random) => {
          const { clock, queue } = onAClock(random);
          const times: { readonly sent: number; readonly answered: number }[] = [];
          await Promise.all(
            takes.map((milliseconds) =>
              queue.ask(async () => {
                const sent = clock.now;
                clock.now += milliseconds;
                times.push({ sent, answered: clock.now });
                return answered(200);
              }),
            ),
          );
          assert.equal(times.length, takes.length);
          for (const [n, { sent }] of times.slice(1).entries()) assert.ok(sent - (times[n]?.answered ?? 0) > 1000);
        },
      ),
    );
  });

  it('doubles its pause with every refusal, with some chance in it, and does not make anybody wait for the end of it', async () => {
    for (const random of [0, 0.5]) {
      const { clock, queue } = onAClock(random);
      const pauses: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        assert.equal((await queue.ask(async () => answered(429))).kind, 'answered');
        const refusedAt = clock.now;
        while ((await queue.ask(async () => assert.fail('too early'))).kind === 'unanswered') {
          clock.now += 100;
          if (clock.now - refusedAt >= 1100 * Math.min(2 ** (n + 1), 60_000 / 1100) * (1 + 0.3 * random)) break;
        }
        pauses.push(clock.now - refusedAt);
      }
      assert.ok(pauses.every((pause, n) => n === 0 || pause >= (pauses[n - 1] ?? 0)));
      assert.ok((pauses.at(-1) ?? 0) >= 60_000 && (pauses.at(-1) ?? 0) < 80_000);
    }
  });

  it('goes on for the next one when somebody fails', async () => {
    const { queue } = onAClock();
    await assert.rejects(queue.ask(() => Promise.reject(new TypeError('ours'))));
    assert.deepEqual(await queue.ask(async () => answered(200)), answered(200));
  });
});
