import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRateLimit, TEAMS_RATE } from '../../src/teams/rate-limit.ts';

describe('the rate limit of one chat', () => {
  it('never goes beyond what Teams allows, whenever messages come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (gaps) => {
        const rateLimit = createRateLimit();
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const delay = rateLimit.take('chat', now, Infinity);
          assert.ok(delay !== null);
          sent.push(now + delay);
        }
        for (const { messages, milliseconds } of TEAMS_RATE) {
          for (let last = messages; last < sent.length; last += 1) {
            assert.ok((sent[last] ?? 0) - (sent[last - messages] ?? 0) >= milliseconds);
          }
        }
      }),
    );
  });

  it('delays nobody because of another chat, and nobody longer than their deadline', () => {
    const rateLimit = createRateLimit([{ messages: 1, milliseconds: 1_000 }]);
    assert.deepEqual(
      [
        rateLimit.take('a', 0, 5_000),
        rateLimit.take('a', 0, 5_000),
        rateLimit.take('b', 0, 5_000),
        rateLimit.take('a', 0, 1_500),
      ],
      [0, 1_000, 0, null],
    );
    // What was refused took no place.
    assert.equal(rateLimit.take('a', 0, 5_000), 2_000);
  });
});
