/** A company whose directory was written by an attacker, and colleagues who write anything at all: the whole bot, over HTTP. */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { CANARY } from '../cards/hostile-texts.ts';
import { lint } from '../cards/lint.ts';
import { rowsOf } from '../lane.ts';
import { ADA, LENA, openHelpdesk, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { LISTED } from './hostile-strings.ts';
import { tally } from './tally.ts';

const TEXTS = rowsOf(LISTED, (_text, index) => index % 32 === 0);
const SECTION = 'Hostile texts in every text field';

describe('Hostile texts, over HTTP', function () {
  this.timeout(5 * 60_000);
  let helpdesk: Helpdesk;
  before(async () => {
    helpdesk = await openHelpdesk({ environment: { HARDLINE_SEARCHES_PER_HOUR: '10000' } });
  });
  after(() => helpdesk.close());

  const newestCard = (): unknown => helpdesk.messages(TESS).findLast(({ card }) => card !== null)?.card;

  it('as a name in the directory open a case like any other, and stay text on its cards', async () => {
    let held = 0;
    for (const text of TEXTS) {
      const { control } = helpdesk.tenant;
      control.changePerson({ user: LENA.id, displayName: `${CANARY} ${text}` });
      helpdesk.pass(5);
      const card = await helpdesk.says(TESS, `${LENA.userPrincipalName} is locked out`);
      assert.match(
        card.headline,
        /Ask the caller what they have with them/,
        `${JSON.stringify(text)}: ${card.lines.join(' / ')}`,
      );
      assert.deepEqual(lint(newestCard()), [], JSON.stringify(text));
      await helpdesk.presses(TESS, 'abandon', { because: 'opened-by-mistake' });
      assert.deepEqual(lint(newestCard()), [], JSON.stringify(text));
      held += 1;
    }
    tally({ section: SECTION, held, of: TEXTS.length, note: 'over HTTP, as a name in the directory' });
    assert.deepEqual(bugs(helpdesk), []);
  });

  it('as a message of a technician or a lead get an answer in words, and lead to no pass', async () => {
    let held = 0;
    for (const text of TEXTS.filter((one) => one.trim() !== '' && one !== 'lockdown' && one !== 'mode normal')) {
      for (const who of [TESS, ADA]) {
        helpdesk.pass(1);
        const before = new Set(helpdesk.messages(who).map(({ id }) => id));
        const delivered = await helpdesk.teams.delivery.say(who, text);
        await helpdesk.bot().whenIdle();
        assert.equal(delivered.httpStatus, 200, JSON.stringify(text));
        const answers = helpdesk.messages(who).filter(({ id, card }) => !before.has(id) && card !== null);
        assert.ok(answers.length >= 1, `no answer to ${JSON.stringify(text)}`);
        for (const { card } of answers) assert.notEqual(readCard(card ?? {}).headline, '');
        held += 1;
      }
    }
    tally({ section: SECTION, held, of: held, note: 'over HTTP, as a message' });
    assert.deepEqual(bugs(helpdesk), []);
    assert.equal(helpdesk.passOrders(), 0);
  });
});

/** Log lines that tell of a mistake of ours. */
function bugs(helpdesk: Helpdesk): readonly string[] {
  return helpdesk.logLines().filter((line) => /"code":"bug"|apology|a turn failed/.test(line));
}
