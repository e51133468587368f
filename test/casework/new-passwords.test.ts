/** A reset that is finished is seen on the account within one look, long before the tenant's log tells of it. */
import assert from 'node:assert/strict';
import type { Instant } from '../../src/procedure/facts.ts';
import { LENA, MINUTE, TESS } from './fixtures.ts';
import { harnessForEachTest, only } from './take-case-to.ts';
import type { Harness } from './harness.ts';

const HOUR = 60 * MINUTE;

describe('A caller who is at the reset page', () => {
  const current = harnessForEachTest();
  let harness: Harness;

  /** The last password was set so long before the case. */
  async function atThePage(before: number | null): Promise<void> {
    harness = current();
    const { fixtures } = harness;
    if (before !== null) fixtures.passwords.set(LENA, (fixtures.now - before) as Instant);
    await harness.says(TESS, 'Lena Hartmann is locked out');
    await harness.whenIdle();
    const methods = (await only(harness)).case.facts.methods;
    assert.ok(methods.kind === 'read');
    await harness.presses(TESS, 'tick-methods', { atHand: methods.value.map(({ ref }) => ref).join(',') });
    await harness.whenIdle();
    assert.equal((await only(harness)).case.state.kind, 'awaiting-self-service');
  }
  const looks = async (): Promise<void> => {
    await harness.tick();
    await harness.whenIdle();
  };
  const open = async (): Promise<number> => (await harness.ledger().openCases()).length;
  const codes = async (): Promise<readonly string[]> => {
    const entries = await harness.ledger().entries({ caseId: null, limit: 100 });
    return entries.map(({ code }) => code).filter((code) => code.startsWith('case.'));
  };

  it('and sets a new password is done at the next look', async () => {
    await atThePage(HOUR);
    await looks();
    assert.equal(await open(), 1);
    harness.passes(2);
    harness.fixtures.passwords.set(LENA, harness.fixtures.now);
    await looks();
    assert.equal(await open(), 0);
    assert.ok((await codes()).includes('case.password-set'));
  });

  it('is not done because of the password from before, at however many looks', async () => {
    await atThePage(HOUR);
    for (let n = 0; n < 3; n += 1) {
      harness.passes(1);
      await looks();
    }
    assert.equal(await open(), 1);
  });

  it('is done also when the clock of Microsoft is minutes behind ours', async () => {
    await atThePage(HOUR);
    await looks();
    harness.fixtures.passwords.set(LENA, (harness.fixtures.now - 5 * MINUTE) as Instant);
    await looks();
    assert.equal(await open(), 0);
  });

  it('and set the first password ever is done', async () => {
    await atThePage(null);
    await looks();
    harness.passes(2);
    harness.fixtures.passwords.set(LENA, harness.fixtures.now);
    await looks();
    assert.equal(await open(), 0);
  });

  it('is done by the word of the log where the log already has one', async () => {
    await atThePage(HOUR);
    await looks();
    harness.passes(2);
    const { fixtures } = harness;
    fixtures.passwords.set(LENA, fixtures.now);
    const progress = { step: 'succeeded', reason: null, at: fixtures.now } as const;
    fixtures.toldWhenReadAgain.push({ about: LENA, progress });
    await looks();
    assert.equal(await open(), 0);
    assert.ok(!(await codes()).includes('case.password-set'));
  });

  it('is done after a restart, too, when the password was set meanwhile', async () => {
    await atThePage(HOUR);
    harness.passes(2);
    harness.fixtures.passwords.set(LENA, harness.fixtures.now); // before the first look of the new process
    await looks();
    assert.equal(await open(), 0);
  });
});
