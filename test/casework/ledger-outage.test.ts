import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import type { MessageTurn } from '../../src/casework/ports/turn.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { UNHURRIED } from '../unhurried.ts';
import { ADA, LENA, liveOf, MARA, STRANGER, TESS } from './fixtures.ts';
import { harnessForEachTest, takeTo } from './take-case-to.ts';

describe('While the ledger cannot be written, because the disk is full or somebody keeps it locked', () => {
  const harness = harnessForEachTest();
  const breaks = (): void => void (harness().auditLog.fails = () => true);
  const mends = (): void => void (harness().auditLog.fails = () => false);
  const newest = (person: PersonId): string => JSON.stringify(harness().chats.of(person).at(-1)?.card ?? {});
  const entries = async (code: string) =>
    (await harness().ledger().entries({ caseId: null, limit: 200 })).filter((entry) => entry.code === code);
  const NOT_RECORDED = /could not be written to the log of Hardline\. Make a note of it/;

  it('a manual reset is refused with the words to read out, and the card says that it has no entry', async () => {
    breaks();
    await harness().says(TESS, 'reset the password of Lena Hartmann');
    assert.match(newest(TESS), /Nobody at the helpdesk can set a password/);
    assert.match(newest(TESS), /I cannot set a password for you/);
    assert.match(newest(TESS), NOT_RECORDED);
    assert.doesNotMatch(newest(TESS), /The request was recorded/);
  });

  it('whoever is not at the helpdesk gets the link and their own methods', async () => {
    breaks();
    await harness().says(STRANGER, 'I am locked out');
    assert.match(newest(STRANGER), /aka\.ms\/sspr/);
  });

  it('whoever installs the app is greeted with the guidance', async () => {
    breaks();
    const { casework } = harness().built();
    const [greeting] = await casework.onInstall({ kind: 'install', ...turn(LENA, 'install') });
    assert.match(JSON.stringify(greeting?.cardMessage.card), /aka\.ms\/sspr/);
  });

  it('a technician who asks for the link gets it to read out, and nothing is sent without its entry', async () => {
    const before = harness().chats.of(LENA).length;
    breaks();
    await harness().says(TESS, 'send Lena Hartmann the link');
    assert.match(newest(TESS), /aka\.ms/);
    assert.match(newest(TESS), /nothing was sent to them/);
    assert.equal(harness().chats.of(LENA).length, before);
  });

  it('help and the meaning of an error of Microsoft are answered', async () => {
    breaks();
    await harness().says(TESS, 'help');
    assert.doesNotMatch(newest(TESS), /could not write to its log/);
    await harness().says(TESS, 'Lena gets SSPR_0014');
    assert.match(newest(TESS), /SSPR_0014/);
  });

  it('a refusal in a group chat is given in the same words, and so is one for a button', async () => {
    breaks();
    const { casework } = harness().built();
    const group = await casework.onMessage({ kind: 'message', ...turn(TESS, 'g1', 'group'), text: 'case 1' });
    assert.match(JSON.stringify(group?.[0]?.cardMessage.card), /Cases are handled only in a personal chat/);
    const forged = await harness().sends(TESS, 'issue-pass', { nothing: 'of ours' }, null);
    assert.match(JSON.stringify(forged), /did not understand this button/);
    assert.match(JSON.stringify(forged), NOT_RECORDED);
  });

  it('nothing guarded is done: no case is opened, no pass is made, no log is shown', async () => {
    await takeTo(harness(), 'ready-to-issue');
    breaks();
    await harness().presses(TESS, 'issue-pass');
    assert.match(newest(TESS), /could not write to its log/);
    await harness().says(TESS, 'Sofia Rossi is locked out');
    await harness().says(ADA, 'log');
    assert.match(newest(ADA), /could not write to its log/);
    await harness().whenIdle();
    assert.equal(liveOf(harness().fixtures, LENA), null);
    assert.equal(harness().fixtures.writes.filter(({ what }) => what === 'create').length, 0);
    assert.equal((await harness().ledger().openCases()).length, 1);
  });

  it('a message that Teams delivers twice may be answered twice, and is acted on once when the ledger is back', async () => {
    breaks();
    const message: MessageTurn = { kind: 'message', ...turn(TESS, 'twice'), text: 'Lena Hartmann is locked out' };
    const { casework } = harness().built();
    assert.notEqual(await casework.onMessage(message), null);
    mends();
    assert.notEqual(await casework.onMessage(message), null);
    assert.equal(await casework.onMessage(message), null);
    assert.equal((await harness().ledger().openCases()).length, 1);
  });

  it('the leads are told once, by a message that needs no entry, and once when it is over', async () => {
    const heard = () =>
      harness()
        .chats.of(ADA)
        .map((message) => readCard(message.card).headline);
    const before = heard().length;
    breaks();
    for (let n = 0; n < 5; n += 1) await harness().says(TESS, 'reset the password of Lena Hartmann');
    await harness()
      .tick()
      .catch(() => undefined);
    await harness().whenIdle();
    assert.deepEqual(heard().slice(before), ['Hardline cannot write to its log']);
    mends();
    await harness().tick();
    await harness().whenIdle();
    assert.deepEqual(heard().slice(before), [
      'Hardline cannot write to its log',
      'Hardline can write to its log again',
    ]);
    assert.match(newest(ADA), /5 answers were given without an entry/);
  });

  it('the first entry after it says since when nothing could be written, how long, and what has no entry', async () => {
    breaks();
    const since = harness().fixtures.now;
    await harness().says(TESS, 'reset the password of Lena Hartmann');
    await harness().says(STRANGER, 'hello');
    mends();
    await harness().tick();
    const [gap, ...more] = await entries('ledger.gap');
    assert.deepEqual(more, []);
    assert.equal(gap?.actor, 'hardline');
    assert.deepEqual([gap.detail['since'], gap.detail['unrecorded']], [since, 2]);
    await harness().tick();
    assert.equal((await entries('ledger.gap')).length, 1, 'once for each outage');
  });

  it('is not ready as long as it lasts, and notices it even when nobody writes', async () => {
    const readiness = () => harness().built().readiness();
    assert.deepEqual(readiness(), { kind: 'ready' });
    breaks();
    await harness()
      .tick()
      .catch(() => undefined);
    assert.deepEqual(readiness(), { kind: 'not-ready', because: 'ledger-unwritable' });
    await harness()
      .tick()
      .catch(() => undefined);
    mends();
    await harness().tick();
    assert.deepEqual(readiness(), { kind: 'ready' });
  });

  it('reaches the leads as they were last known when not even the directory answers', async () => {
    await harness().tick();
    const before = harness().chats.of(ADA).length;
    harness().fixtures.down = true;
    breaks();
    await harness().says(TESS, 'reset the password of Lena Hartmann');
    await harness().whenIdle();
    assert.equal(harness().chats.of(ADA).length, before + 1);
  });

  it('installs the app for no lead, because that needs an entry', async () => {
    harness().fixtures.roles.set(MARA, new Set(['lead']));
    breaks();
    const installs = harness().fixtures.writes.length;
    await harness().says(TESS, 'reset the password of Lena Hartmann');
    await harness().whenIdle();
    assert.equal(harness().fixtures.writes.length, installs);
  });
});

function turn(person: PersonId, activityId: string, chat: 'personal' | 'group' = 'personal') {
  const where = { chat, conversation: { person, reference: `chat of ${person}`, language: 'en' } } as const;
  return { activityId, person, where, language: 'en', deadline: UNHURRIED } as const;
}
