import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPace, TEAMS_PACE } from '../../src/teams/pace.ts';

describe('the pace of one chat', () => {
  it('never goes beyond what Teams allows, whenever messages come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (gaps) => {
        const pace = createPace();
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const delay = pace.take('chat', now, Infinity);
          assert.ok(delay !== null);
          sent.push(now + delay);
        }
        for (const { messages, milliseconds } of TEAMS_PACE) {
          for (let last = messages; last < sent.length; last += 1) {
            assert.ok((sent[last] ?? 0) - (sent[last - messages] ?? 0) >= milliseconds);
          }
        }
      }),
    );
  });

  it('holds nobody up for another chat, and nobody longer than their patience', () => {
    const pace = createPace([{ messages: 1, milliseconds: 1_000 }]);
    assert.deepEqual(
      [pace.take('a', 0, 5_000), pace.take('a', 0, 5_000), pace.take('b', 0, 5_000), pace.take('a', 0, 1_500)],
      [0, 1_000, 0, null],
    );
    // What was refused took no place.
    assert.equal(pace.take('a', 0, 5_000), 2_000);
  });
});
