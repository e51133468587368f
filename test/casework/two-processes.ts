/** Two processes of the bot on one ledger, in one company. Their clock for leases moves when a test moves it. */
import assert from 'node:assert/strict';
import { REAL_TIMING, type Timing } from '../../src/casework/ports/runtime.ts';
import type { SenderLimitFigures } from '../../src/casework/steps/sender-limits.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { meetEverybody, openHarness, type Harness } from './harness.ts';

export interface TwoProcesses {
  readonly one: Harness;
  readonly two: Harness;
  /** Real time passes, and with it the time of the company. */
  readonly seconds: (count: number) => void;
  /** Both look, in the same moment. */
  readonly bothTick: () => Promise<void>;
  /** The first process is killed: nothing it had under way goes on. */
  readonly killOne: () => Promise<void>;
}

/** Gives every test of a `describe` two processes of its own. The first one is on duty. */
export function twoProcessesForEachTest(senderLimits?: SenderLimitFigures): () => TwoProcesses {
  let folder: ReturnType<typeof scratchFolder>;
  let both: TwoProcesses;
  let lives = true;
  before(() => {
    folder = scratchFolder('two-processes');
  });
  after(() => folder.clean());
  let opened = 0;
  beforeEach(async () => {
    let clock = 0;
    const timing: Timing = { ...REAL_TIMING, clock: () => clock };
    const file = `${folder.dir}/ledger-${(opened += 1)}.sqlite`;
    let ids = 0;
    const options = {
      ...({ file, company: 'others', timing, newId: () => `id-${(ids += 1)}` } as const),
      ...(senderLimits && { senderLimits }),
    };
    const one = await openHarness(options);
    await meetEverybody(one);
    const two = await openHarness({ ...options, beside: one });
    lives = true;
    both = {
      one,
      two,
      seconds(count) {
        clock += count * 1000;
        one.passes(count / 60);
      },
      async bothTick() {
        await Promise.all([one.tick(), two.tick()]);
        await one.whenIdle();
        await two.whenIdle();
      },
      async killOne() {
        lives = false;
        await one.close();
      },
    };
  });
  afterEach(async () => {
    assert.deepEqual([...both.one.violations, ...both.two.violations], []);
    const verdict = await both.two.ledger().verify();
    assert.ok(verdict.ok);
    if (lives) await both.one.close();
    await both.two.close();
  });
  return () => both;
}
