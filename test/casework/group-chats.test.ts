/** Group chats and channels: others read along there, so nothing about anybody is said, and the work goes on in the personal chat. */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { UNHURRIED } from '../unhurried.ts';
import { LENA, STRANGER, TESS } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { entriesOf, harnessForEachTest, takeTo } from './take-case-to.ts';

describe('In a group chat or a channel', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  let said = 0;
  beforeEach(() => {
    helpdesk = current();
  });

  const says = async (person: PersonId, text: string, chat: 'group' | 'channel'): Promise<string> => {
    const conversation = { person, reference: `the ${chat}`, language: 'en' };
    const replies = await helpdesk.built().casework.onMessage({
      ...{ kind: 'message', activityId: `${chat} ${(said += 1)}`, person, text, language: 'en', deadline: UNHURRIED },
      where: { chat, conversation },
    });
    await helpdesk.whenIdle();
    return (replies ?? []).map(({ cardMessage }) => wordsOf(cardMessage.card)).join('\n');
  };
  const wordsOf = (card: Parameters<typeof readCard>[0]): string => {
    const { headline, lines, buttons } = readCard(card);
    return [headline, ...lines, ...buttons.map(({ title }) => title)].join('\n');
  };
  const newest = (person: PersonId): string => wordsOf(helpdesk.chats.of(person).at(-1)?.card ?? {});

  for (const chat of ['group', 'channel'] as const) {
    it(`a manual reset is refused in words that name nobody, and written down (${chat})`, async () => {
      const words = await says(TESS, "please reset Lena Hartmann's password, she is locked out", chat);
      assert.match(words, /Nobody at the helpdesk can set a password/);
      assert.match(words, /personal chat/);
      assert.doesNotMatch(words, /Lena|Hartmann|Start the lockout procedure/);
      const [entry, ...more] = await entriesOf(helpdesk, 'request.refused');
      assert.deepEqual(more, []);
      assert.deepEqual([entry?.actor, entry?.about], [TESS, null], 'nobody is looked up for a group');
      assert.deepEqual(entry?.detail, { asked: 'manual-reset', because: 'manual-reset-never', chat });
    });

    it(`nothing is shown about a caller, and no case is opened (${chat})`, async () => {
      await takeTo(helpdesk, 'choosing-proof');
      const reads: number[] = [];
      helpdesk.fixtures.pause = () => {
        reads.push(1);
        return Promise.resolve();
      };
      for (const text of ['Lena Hartmann is locked out', 'Sofia Rossi is locked out', 'case 1', 'log 1', 'cases']) {
        assert.doesNotMatch(await says(TESS, text, chat), /Lena|Hartmann|Sofia|Rossi|Case 1/, text);
      }
      assert.deepEqual(reads, [], 'the directory was not asked');
      assert.equal((await entriesOf(helpdesk, 'case.opened')).length, 1);
    });
  }

  it('whoever asked for something is asked in their personal chat to continue there', async () => {
    await says(TESS, 'Lena Hartmann is locked out', 'group');
    assert.match(newest(TESS), /Continue here/);
    assert.doesNotMatch(newest(TESS), /Lena|Hartmann/);
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.equal((await entriesOf(helpdesk, 'case.opened'))[0]?.about, LENA);
  });

  it('somebody without a personal chat gets the words in the group only, and no app is installed for them', async () => {
    assert.match(await says(STRANGER, 'reset my password', 'group'), /Nobody at the helpdesk can set a password/);
    assert.deepEqual(helpdesk.chats.of(STRANGER), []);
    assert.deepEqual(helpdesk.fixtures.writes, []);
  });

  it('small talk is answered there, and nobody is written to for it', async () => {
    const before = helpdesk.chats.of(TESS).length;
    for (const text of ['hello', 'help', 'blue green yellow']) await says(TESS, text, 'group');
    assert.equal(helpdesk.chats.of(TESS).length, before);
  });

  it('the personal chat stays the one that cards about a case go to', async () => {
    const before = await helpdesk.ledger().conversationOf(TESS);
    await says(TESS, 'Lena Hartmann is locked out', 'group');
    assert.deepEqual(await helpdesk.ledger().conversationOf(TESS), before);
  });

  it('a manual reset is refused in words when it cannot be written down, too', async () => {
    helpdesk.auditLog.fails = () => true;
    const words = await says(TESS, 'reset the password of Lena Hartmann', 'group');
    helpdesk.auditLog.fails = () => false;
    assert.match(words, /Nobody at the helpdesk can set a password/);
    assert.ok(helpdesk.logLines.some((line) => line.includes('could not be recorded')));
  });
});
