/** What an insider leaves behind, over HTTP: looking around, trying what they may not do, and flooding the ledger to hide it. */
import assert from 'node:assert/strict';
import { rounds } from '../lane.ts';
import { openTestTime, type TestTime } from '../test-time.ts';
import { ADA, IVY, LENA, NOAH, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { forge, toProof, words } from './steps.ts';

const MINUTE = 60_000;
const PRESSES = rounds({ quick: 50, full: 500 });

describe('An insider', function () {
  this.timeout(60_000);
  let time: TestTime;
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    time = openTestTime();
    helpdesk = await time.until(openHelpdesk({ time, also: [TOM, IVY, NOAH] }));
    await time.until(toProof(helpdesk)); // case 1 is Tess's, about Lena
  });
  afterEach(async () => {
    await time.until(helpdesk.close());
    time.end();
  });

  const entriesSince = async (before: number): Promise<readonly (readonly unknown[])[]> =>
    (await helpdesk.ledger())
      .toReversed()
      .slice(before)
      .map(({ code, actor, about, caseId }) => [code, actor, about, caseId]);

  it(`who presses ${PRESSES} forged buttons leaves 30 entries and one that counts the other ${PRESSES - 30}`, async () => {
    const before = (await helpdesk.ledger()).length;
    for (let press = 0; press < PRESSES; press += 1) {
      const answer = await time.until(forge(helpdesk, NOAH, 'issue-pass', { case: 1, v: press, forged: press }));
      assert.match(words(answer), /I did not understand this button/);
    }
    await time.until(time.wait(MINUTE));
    await time.until(helpdesk.tick());
    const left = await entriesSince(before);
    assert.equal(left.filter(([code, actor]) => code === 'access.refused' && actor === NOAH.id).length, 30);
    const counted = (await helpdesk.ledger()).filter(({ code }) => code === 'refusals.counted');
    assert.deepEqual(
      counted.map(({ actor, detail }) => [actor, detail['count']]),
      [[NOAH.id, PRESSES - 30]],
    );
    assert.equal(left.length, 31);
  });

  it('who stops the flood leaves the count, also when the bot is stopped before the minute is over', async () => {
    for (let press = 0; press < 40; press += 1) await time.until(forge(helpdesk, NOAH, 'nonsense', {}));
    await time.until(helpdesk.stopBot());
    await time.until(helpdesk.startBot());
    const counted = (await helpdesk.ledger()).filter(({ code }) => code === 'refusals.counted');
    assert.deepEqual(
      counted.map(({ detail }) => detail['count']),
      [10],
    );
  });

  it('who opens the cases of others, or the log, is in the ledger, whether they may or not', async () => {
    const before = (await helpdesk.ledger()).length;
    for (const who of [TOM, ADA, IVY]) await time.until(helpdesk.says(who, 'case 1'));
    await time.until(helpdesk.says(IVY, 'log'));
    await time.until(helpdesk.says(TESS, 'log'));
    await time.until(forge(helpdesk, TESS, 'show-case', { case: 4711 }));
    assert.deepEqual(await entriesSince(before), [
      ['access.refused', TOM.id, LENA.id, 1],
      ['case.read', ADA.id, LENA.id, 1],
      ['case.read', IVY.id, LENA.id, 1],
      ['log.read', IVY.id, null, null],
      ['access.refused', TESS.id, null, null],
      ['access.refused', TESS.id, null, null],
    ]);
  });

  it('who looks people up is in the ledger, and what they typed is nowhere on the disk', async () => {
    const before = (await helpdesk.ledger()).length;
    for (const name of ['Xanthippe Quagmire', 'Alex Morgan']) {
      await time.until(helpdesk.says(TOM, `${name} is locked out`));
    }
    assert.deepEqual(await entriesSince(before), [
      ['people.searched', TOM.id, null, null],
      ['people.searched', TOM.id, null, null],
    ]);
    const hits = (await helpdesk.ledger()).slice(0, 2).map(({ detail }) => detail['hits']);
    assert.deepEqual(hits, [2, 0], 'newest first');
    assert.doesNotMatch(helpdesk.disk(), /Xanthippe|Quagmire/);
  });
});
