import assert from 'node:assert/strict';
import fc from 'fast-check';
import { startWorkingClock, type WorkingClock } from '../../src/config/working-clock.ts';
import { DEFAULT_POLICY, within } from '../../src/procedure/policy.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { rounds } from '../lane.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-11-20T10:00:00Z');
const { proofValidMinutes } = DEFAULT_POLICY;

/** A machine on which real time passes, whatever somebody does to its clock. */
function openMachine() {
  let real = START;
  let set = 0;
  let asleep = 0;
  let newest: Instant | null = null;
  const start = (): WorkingClock => {
    const clock = startWorkingClock({ machine: () => real + set, steady: () => real - asleep });
    if (newest !== null) clock.notBefore(newest);
    return clock;
  };
  let clock = start();
  const machine = {
    real: () => real,
    passes: (milliseconds: number) => void (real += milliseconds),
    /** The machine stands still: its steady clock does, too. */
    sleeps(milliseconds: number) {
      real += milliseconds;
      asleep += milliseconds;
    },
    isSetBy: (milliseconds: number) => void (set += milliseconds),
    restarts: () => void (clock = start()),
    /** Microsoft answers, with the whole seconds of its `Date` header, and the answer takes this long. */
    asks(latency = 0) {
      const theirs = Math.floor(real / SECOND) * SECOND;
      real += latency;
      clock.heard(theirs, theirs + 999 + latency);
    },
    now: () => clock.now(),
    jump: () => clock.jump(),
    /** Something is written into the ledger. A press made the bot ask Microsoft before that. */
    writes(): Instant {
      machine.asks();
      newest = clock.now();
      return newest;
    },
    /** Whether a proof counts at a press on *Issue*. */
    counts(proof: Instant): boolean {
      machine.asks();
      return within(proof, proofValidMinutes, clock.now());
    },
  };
  return machine;
}

const SETTINGS: readonly (readonly [string, number])[] = [
  ['5 minutes back', -5 * MINUTE],
  ['74 minutes back', -74 * MINUTE],
  ['3 days back', -3 * DAY],
  ['10 minutes ahead', 10 * MINUTE],
  ['3 days ahead', 3 * DAY],
  ['an hour back, as somebody does who thinks of the end of summer time', -60 * MINUTE],
  ['an hour ahead, as somebody does who thinks of its beginning', 60 * MINUTE],
];

describe('The time that Hardline works by', () => {
  for (const [what, by] of SETTINGS) {
    it(`goes on as if nothing had happened when the clock is set ${what}, and a proof counts for ten minutes`, () => {
      const machine = openMachine();
      const proof = machine.writes();
      machine.isSetBy(by);
      machine.passes(9 * MINUTE);
      assert.equal(machine.now() - proof, 9 * MINUTE);
      assert.equal(machine.counts(proof), true);
      machine.passes(2 * MINUTE);
      assert.equal(machine.counts(proof), false);
    });

    it(`says that the clock was set ${what}, once, and by how much`, () => {
      const machine = openMachine();
      assert.equal(machine.jump(), null);
      machine.isSetBy(by);
      assert.deepEqual([machine.jump(), machine.jump()], [by / SECOND, null]);
    });

    it(`is right again after the first answer of Microsoft when it starts with a clock that is ${what}`, () => {
      const machine = openMachine();
      machine.isSetBy(by);
      machine.restarts();
      machine.asks();
      assert.ok(Math.abs(machine.now() - machine.real()) < SECOND);
    });

    it(`no proof of before a restart counts longer when the clock was ${what} in between, or until then`, () => {
      for (const setBefore of [true, false]) {
        const machine = openMachine();
        if (setBefore) machine.isSetBy(by);
        machine.restarts();
        const proof = machine.writes();
        machine.passes(74 * MINUTE);
        machine.isSetBy(setBefore ? -by : by);
        machine.restarts();
        assert.equal(machine.counts(proof), false);
      }
    });
  }

  it('3 days ahead and back within one turn change nothing', () => {
    const machine = openMachine();
    const proof = machine.writes();
    machine.isSetBy(3 * DAY);
    const entry = machine.writes();
    machine.isSetBy(-3 * DAY);
    machine.passes(MINUTE);
    machine.restarts();
    assert.ok(entry - proof < SECOND && machine.counts(proof));
    assert.ok(Math.abs(machine.now() - machine.real()) < SECOND);
  });

  it('a step of a few seconds by a time server is no jump', () => {
    const machine = openMachine();
    machine.isSetBy(-30 * SECOND);
    assert.equal(machine.jump(), null);
  });

  it('after the machine stood still, the next answer of Microsoft tells how long', () => {
    const machine = openMachine();
    const proof = machine.writes();
    machine.sleeps(70 * MINUTE);
    assert.equal(machine.counts(proof), false);
  });

  it('never goes back behind the newest entry of the ledger, as long as Microsoft does not answer', () => {
    const machine = openMachine();
    const entry = machine.writes();
    machine.isSetBy(-DAY / 2);
    machine.restarts();
    assert.ok(machine.now() >= entry);
  });

  it('does not wait three days for an entry that an older version wrote with a clock three days ahead', () => {
    const clock = startWorkingClock({ machine: () => START, steady: () => 0 });
    clock.notBefore((START + 3 * DAY) as Instant);
    clock.heard(START, START + 999);
    assert.ok(Math.abs(clock.now() - START) < SECOND);
    assert.equal(within((START + 3 * DAY) as Instant, proofValidMinutes, clock.now()), false);
  });

  const minutes = fc.integer({ min: -5 * 24 * 60, max: 5 * 24 * 60 }).map((count) => count * MINUTE);
  const act = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), by: minutes }),
    fc.record({ kind: fc.constant('passes' as const), by: fc.integer({ min: 0, max: 8 * MINUTE }) }),
    fc.record({ kind: fc.constant('sleeps' as const), by: fc.integer({ min: 0, max: 90 * MINUTE }) }),
    fc.record({ kind: fc.constant('asks' as const), by: fc.integer({ min: 0, max: 8 * SECOND }) }),
    fc.record({ kind: fc.constant('restarts' as const) }),
    fc.record({ kind: fc.constant('writes' as const) }),
  );

  it('whatever is done to the clock, no proof counts for longer than it may, to the second of Microsoft', () => {
    let counted = 0;
    const history = fc.array(act, { maxLength: 30 });
    fc.assert(
      fc.property(history, (acts) => {
        const machine = openMachine();
        let proof = machine.writes();
        let madeAt = machine.real();
        let sinceStart = true;
        for (const one of acts) {
          if (one.kind === 'set') machine.isSetBy(one.by);
          else if (one.kind === 'passes') machine.passes(one.by);
          else if (one.kind === 'sleeps') machine.sleeps(one.by);
          else if (one.kind === 'asks') machine.asks(one.by);
          else if (one.kind === 'restarts') machine.restarts();
          else {
            proof = machine.writes();
            madeAt = machine.real();
          }
          sinceStart = one.kind === 'writes' || (sinceStart && one.kind !== 'sleeps' && one.kind !== 'restarts');
          if (!machine.counts(proof)) continue;
          counted += 1;
          // Microsoft tells whole seconds, and its answer to the press before a restart may have taken eight.
          const most = proofValidMinutes * MINUTE + (sinceStart ? 0 : 10 * SECOND);
          assert.ok(machine.real() - madeAt <= most, `${machine.real() - madeAt} ms`);
        }
      }),
      { numRuns: rounds({ quick: 300, full: 20_000 }) },
    );
    assert.ok(counted > 100, `only ${counted} proofs counted at all`);
  });

  it('never goes back once Microsoft has answered, and is never slower than time itself', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const machine = openMachine();
        machine.asks();
        for (const one of acts) {
          const [before, real] = [machine.now(), machine.real()];
          if (one.kind === 'set') machine.isSetBy(one.by);
          else if (one.kind === 'passes') machine.passes(one.by);
          else if (one.kind === 'asks') machine.asks(one.by);
          assert.ok(machine.now() - before >= machine.real() - real);
        }
      }),
      { numRuns: rounds({ quick: 300, full: 20_000 }) },
    );
  });
});
