import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openHelpdesk, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { A_CALL } from '../scenarios/steps.ts';
import { commitsByKind } from './commits.ts';

/** A turn that reads the caller asks the feed for people, the audit log and risks. */
const ROUNDS_OF_THE_FEED = 3;
/** What a case sees of the caller for the first time. */
const FIRST_SIGHT = 1;

/**
 * Every commit is a sync to the disk, and the technician waits for most of them. Counted is everything a turn causes until
 * the bot has nothing left to do: the turn itself, the messages it sends in the background, and the place of the card.
 * The feed's rounds are counted apart: everybody who asks within the same moment shares them.
 */
describe('The ledger is synced to the disk', function () {
  this.timeout(60_000);
  let helpdesk: Helpdesk;
  before(async () => {
    helpdesk = await openHelpdesk();
  });
  after(() => helpdesk.close());

  const during = (turn: () => Promise<unknown>): ReturnType<typeof commitsByKind> =>
    commitsByKind(join(helpdesk.dataFolder, 'hardline.sqlite'), async () => {
      await turn();
      await helpdesk.bot().whenIdle();
    });

  it('three times for the message that opens a case: before the look, with the case, with the place of its card', async () => {
    const before = (await helpdesk.ledger()).length;
    const { ledger, all } = await during(() => helpdesk.says(TESS, 'Lena Hartmann is locked out'));
    assert.equal(ledger, 3);
    assert.ok(all - ledger <= ROUNDS_OF_THE_FEED + FIRST_SIGHT, `${all} in all`);
    const codes = (await helpdesk.ledger()).map(({ code }) => code).toReversed();
    assert.deepEqual(codes.slice(before), [
      'people.searched',
      'snapshot.read.intent',
      'snapshot.read.outcome',
      'case.opened',
    ]);
  });

  it('no more often for a look: with the message that asks for it, and for the place of the card', async () => {
    const { ledger } = await during(() => helpdesk.says(TESS, 'case 1'));
    assert.equal(ledger, 2);
    assert.equal((await helpdesk.ledger())[0]?.code, 'case.read');
  });

  it('once for a message that is refused: with the message itself', async () => {
    const { ledger } = await during(() => helpdesk.says(TESS, 'log'));
    assert.equal(ledger, 1);
    assert.equal((await helpdesk.ledger())[0]?.code, 'access.refused');
  });

  it('four times for Issue: before the look, before the order, before the pass is shown, and once for both notices', async () => {
    await helpdesk.presses(TESS, 'tick-methods');
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    await helpdesk.bot().whenIdle();
    const before = (await helpdesk.ledger()).length;
    const { ledger, all } = await during(() => helpdesk.presses(TESS, 'issue-pass'));
    assert.equal(ledger, 4);
    assert.ok(all - ledger <= ROUNDS_OF_THE_FEED, `${all} in all`);
    const codes = (await helpdesk.ledger()).map(({ code }) => code).toReversed();
    assert.deepEqual(codes.slice(before), [
      'snapshot.read.intent',
      'snapshot.read.outcome',
      'case.issue-pressed',
      'pass.create.intent',
      'pass.create.outcome',
      'case.pass-created',
      'notice.caller.intent',
      'notice.manager.intent',
      'notice.caller.outcome',
      'notice.manager.outcome',
    ]);
  });
});
