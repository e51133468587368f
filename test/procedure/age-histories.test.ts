/** Ages of numbers in generated histories: whatever happened, none is ever older than the number. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rounds, SAMPLE_SEED } from '../lane.ts';
import { DAY, DELAYS, MINUTE, play, SECOND } from './number-history.ts';
import type { Change, Claim, Step } from './number-history.ts';

const HISTORIES = rounds({ quick: 500, full: 50_000 });
const START = 100 * DAY;
const LENGTH = 45 * DAY;

const moment = fc.integer({ min: START / SECOND, max: (START + LENGTH) / SECOND }).map((seconds) => seconds * SECOND);

function changeWith(back: fc.Arbitrary<boolean>): fc.Arbitrary<Change> {
  return fc.record({
    at: moment,
    back,
    feedLate: fc.integer({ min: 0, max: DELAYS.feedMs }),
    logLate: fc.integer({ min: 0, max: DELAYS.logMs }),
    neverLogged: fc.boolean(),
  });
}

const KINDS: readonly (readonly [Step['kind'], number])[] = [
  ['look', 8],
  ['round', 10],
  ['log', 4],
  ['replay', 2],
  ['list', 1],
  ['history', 1],
  ['gap', 1],
  ['new-key', 1],
  ['erasure', 1],
];
const kind = fc.oneof(...KINDS.map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) })));

/** Half of the steps are taken around a change, where it matters, and half at any time. */
const step = fc.record({
  kind,
  when: fc.oneof(
    moment.map((at) => ({ near: null, at })),
    fc.record({ near: fc.nat(), at: fc.integer({ min: -5 * MINUTE, max: 30 * MINUTE }) }),
  ),
  lasts: fc.integer({ min: 0, max: 5 * SECOND }),
  waits: fc.integer({ min: 0, max: DELAYS.feedMs }),
});

function historyWith(back: fc.Arbitrary<boolean>) {
  const changes = fc.uniqueArray(changeWith(back), { maxLength: 5, size: 'max', selector: (one) => one.at });
  return fc
    .record({ changes, steps: fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }) })
    .map(({ changes: drawn, steps }) => {
      const inOrder = drawn.toSorted((a, b) => a.at - b.at);
      const timed = steps.map(({ when, ...rest }): Step => {
        const near = when.near === null ? undefined : inOrder[when.near % Math.max(1, inOrder.length)];
        return { ...rest, at: when.near === null ? when.at : (near?.at ?? START + LENGTH / 2) + when.at };
      });
      return { changes: inOrder, steps: timed };
    });
}

interface Counts {
  histories: number;
  claims: number;
  /** Ages that the sources made older than the first look. */
  vouched: number;
}

/** Plays histories and checks every age in them; says in the title of the test how many there were. */
function inEveryHistory(
  test: Mocha.Context,
  back: fc.Arbitrary<boolean>,
  phone: boolean,
  check: (claim: Claim) => void,
): void {
  const counts: Counts = { histories: 0, claims: 0, vouched: 0 };
  fc.assert(
    fc.property(historyWith(back), ({ changes, steps }) => {
      counts.histories += 1;
      for (const claim of play(changes, steps, phone)) {
        if (claim.age.kind === 'unread') continue;
        counts.claims += 1;
        if (!claim.age.value.changed && claim.at - claim.age.value.since > DAY) counts.vouched += 1;
        check(claim);
      }
    }),
    { seed: SAMPLE_SEED, numRuns: HISTORIES },
  );
  if (test.test !== undefined) {
    test.test.title += ` (${counts.histories} of ${HISTORIES} histories, ${counts.claims} ages)`;
  }
  assert.ok(counts.histories >= HISTORIES);
  assert.ok(counts.vouched > HISTORIES / 10, `only ${counts.vouched} numbers were called older than a day`);
}

function sinceOf({ age }: Claim): number {
  assert.ok(age.kind === 'read');
  return age.value.since;
}

const never = fc.constant(false);
const sometimes = fc.boolean();

describe('In every history of a number', () => {
  it('none is said to be unchanged since before it was last changed', function () {
    this.timeout(HISTORIES * 20);
    inEveryHistory(this, never, false, (claim) => {
      assert.ok(sinceOf(claim) >= (claim.lastChange ?? 0), 'older than its last change');
    });
  });

  it('none is said to be older than its first day on record, even when numbers come back between two looks', function () {
    this.timeout(HISTORIES * 20);
    inEveryHistory(this, sometimes, false, (claim) => {
      assert.ok(sinceOf(claim) >= (claim.firstOnRecord ?? 0), 'older than its first day on record');
    });
  });

  it('a registered phone is never said to be older than its registration, whatever the log tells of it', function () {
    this.timeout(HISTORIES * 20);
    inEveryHistory(this, never, true, (claim) => {
      assert.ok(sinceOf(claim) >= (claim.lastChange ?? 0), 'older than its registration');
    });
  });
});
