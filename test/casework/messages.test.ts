import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import { UNHURRIED } from '../unhurried.ts';
import type { Harness } from './harness.ts';
import { ABEL, ADA, LENA, liveOf, STRANGER, TESS, TOM } from './fixtures.ts';
import { entriesOf, harnessForEachTest, takeTo } from './take-case-to.ts';

/** What is left of asking Tess to continue in her personal chat. */
const ASKED_TO_CONTINUE = [
  ['chat.continue.intent', 'hardline', TESS, undefined],
  ['chat.continue.outcome', 'hardline', TESS, 'delivered'],
];

describe('Messages to the bot', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });

  const newest = (person: typeof TESS): string => {
    const card = helpdesk.chats.of(person).at(-1)?.card ?? {};
    const { headline, lines } = readCard(card);
    return [headline, ...lines].join('\n');
  };
  const creations = (): number => helpdesk.fixtures.writes.filter(({ what }) => what === 'create').length;
  const turn = (person: typeof TESS, chat: 'group' | 'channel') => ({
    ...{ activityId: `in the ${chat}`, person, language: 'en', deadline: UNHURRIED },
    where: { chat, conversation: { person, reference: 'r', language: 'en' } } as const,
  });

  it('in a group chat or a channel nothing is said about anybody, and each try is written down', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    const before = helpdesk.auditLog.kept.length;
    const { casework } = helpdesk.built();
    for (const chat of ['group', 'channel'] as const) {
      const replies = await casework.onMessage({ kind: 'message', ...turn(TESS, chat), text: 'case 1' });
      assert.ok(replies !== null);
      const [reply] = replies;
      assert.doesNotMatch(JSON.stringify(reply?.cardMessage.card), /Lena/);
      const press = {
        kind: 'action',
        verb: 'issue-pass',
        data: { case: 1, v: 4 },
        card: null,
        canShowPass: true,
      } as const;
      const answer = await casework.onAction({ ...press, ...turn(TESS, chat) });
      assert.ok(answer.kind === 'show');
      assert.doesNotMatch(JSON.stringify(answer.cardMessage.card), /Lena/);
      assert.deepEqual(await casework.onInstall({ kind: 'install', ...turn(TESS, chat) }), []);
    }
    assert.equal(creations(), 0);
    await helpdesk.whenIdle();
    const all = helpdesk.auditLog.kept.slice(before);
    const asks = all.filter(({ code }) => code.startsWith('chat.continue.'));
    assert.deepEqual(
      asks.map(({ code, actor, about, detail }) => [code, actor, about, detail['outcome']]),
      [...ASKED_TO_CONTINUE, ...ASKED_TO_CONTINUE],
      'and so is each message that asks somebody to continue in their own chat',
    );
    const left = all
      .filter((entry) => !asks.includes(entry))
      .map(({ code, actor, detail: { asked, because, chat } }) => {
        assert.deepEqual([code, actor, because], ['access.refused', TESS, 'only-in-personal-chat']);
        return [asked, chat];
      });
    assert.deepEqual(left, [
      ['show-case', 'group'],
      ['issue-pass', 'group'],
      ['show-case', 'channel'],
      ['issue-pass', 'channel'],
    ]);
  });

  it('a manual reset is refused in the same words when neither the directory nor the ledger answers', async () => {
    await helpdesk.says(TESS, 'reset the password of Lena Hartmann');
    const words = newest(TESS);
    helpdesk.fixtures.down = true;
    helpdesk.passes(2);
    await helpdesk.says(TESS, 'reset the password of Lena Hartmann');
    assert.equal(newest(TESS).split('\n')[0], words.split('\n')[0]);
    assert.equal((await entriesOf(helpdesk, 'request.refused')).length, 2);
    helpdesk.auditLog.fails = () => true;
    await helpdesk.says(TESS, 'reset the password of Lena Hartmann');
    assert.equal(newest(TESS).split('\n')[0], words.split('\n')[0]);
    helpdesk.auditLog.fails = () => false;
    assert.equal((await entriesOf(helpdesk, 'request.refused')).length, 2);
  });

  it('everything else is then answered with an apology, and nothing is done', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.fixtures.down = true;
    helpdesk.passes(2);
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.says(TESS, 'Sofia Rossi is locked out');
    await helpdesk.whenIdle();
    assert.equal(creations(), 0);
    assert.equal((await helpdesk.ledger().openCases()).length, 1);
  });

  it('no pass is made for a client that cannot show it to the clicker alone', async () => {
    const stored = await takeTo(helpdesk, 'ready-to-issue');
    const where = { chat: 'personal', conversation: { person: TESS, reference: 'r', language: 'en' } } as const;
    const answer = await helpdesk.built().casework.onAction({
      ...{ kind: 'action', activityId: 'old', person: TESS, where, language: 'en', card: null, canShowPass: false },
      deadline: UNHURRIED,
      ...{ verb: 'issue-pass', data: { case: stored.case.id, v: stored.version } },
    });
    assert.ok(answer.kind === 'show');
    assert.equal(creations(), 0);
  });

  it('a technician who left the group a moment ago issues nothing', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.fixtures.roles.get(TESS)?.delete('technician');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.equal(creations(), 0);
    const refused = await entriesOf(helpdesk, 'access.refused');
    assert.equal(refused.at(-1)?.detail['because'], 'not-a-technician');
  });

  it('an approver who left the group a moment ago decides nothing', async () => {
    await takeTo(helpdesk, 'awaiting-approval');
    helpdesk.fixtures.roles.get(ABEL)?.delete('approver');
    await helpdesk.presses(ABEL, 'decide-approval', { reason: 'known voice' });
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'case.approval-decided')).length, 0);
    await helpdesk.presses(ADA, 'decide-approval', { reason: 'known voice' });
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'case.approval-decided')).length, 1);
  });

  it('buttons that are on no card of ours are refused and recorded, without their content', async () => {
    const forged: readonly (readonly [string, unknown])[] = [
      ['issue-pass', { case: 1, v: 1, lifetimeMinutes: 4800 }],
      ['set-password', { case: 1, v: 1 }],
      ['decide-approval', { case: '1; drop table cases', v: 1, decision: 'approve', subject: 's' }],
      ['not-me', null],
    ];
    for (const [verb, data] of forged) await helpdesk.sends(TESS, verb, data, null);
    const refused = (await entriesOf(helpdesk, 'access.refused')).filter(({ detail }) => detail['asked'] === 'button');
    assert.equal(refused.length, forged.length);
    assert.doesNotMatch(JSON.stringify(refused), /drop table|4800|set-password/);
  });

  it('the link is pushed to the one person who was named, and written down before and after', async () => {
    await helpdesk.says(TESS, 'send Lena Hartmann the link');
    await helpdesk.whenIdle();
    assert.ok(helpdesk.find(LENA, 'not-me') === null && helpdesk.chats.of(LENA).length === 1);
    const [intent, outcome] = [
      await entriesOf(helpdesk, 'link.push.intent'),
      await entriesOf(helpdesk, 'link.push.outcome'),
    ];
    assert.deepEqual([intent[0]?.about, outcome[0]?.detail['outcome']], [LENA, 'delivered']);
    assert.equal(intent[0]?.intentId, outcome[0]?.intentId);
    await helpdesk.says(TESS, 'send Nobody Inparticular the link');
    assert.equal((await entriesOf(helpdesk, 'link.push.intent')).length, 1);
  });

  it('a technician sees their own cases and logs, and nobody else sees the names in them', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.says(TESS, 'cases');
    assert.match(newest(TESS), /Lena Hartmann/);
    await helpdesk.says(TESS, 'log 1');
    assert.equal((await entriesOf(helpdesk, 'log.read')).length, 1);
    for (const person of [TOM, STRANGER, LENA]) {
      helpdesk.fixtures.roles.get(person)?.delete('approver');
      for (const text of ['cases', 'case 1', 'log 1', 'log']) {
        await helpdesk.says(person, text);
        if (person !== LENA) assert.doesNotMatch(newest(person), /Lena/, `${text} by ${person}`);
      }
    }
    assert.equal((await entriesOf(helpdesk, 'log.read')).length, 1);
  });

  it('two decisions in one second leave one winner, and the other approver reads who it was', async () => {
    await takeTo(helpdesk, 'awaiting-approval');
    const say = { reason: 'known voice' };
    const approve = (button: { readonly data: Readonly<Record<string, unknown>> }) =>
      button.data['decision'] === 'approve';
    await Promise.all([
      helpdesk.presses(ADA, 'decide-approval', say, approve),
      helpdesk.presses(ABEL, 'decide-approval', say, approve),
    ]);
    await helpdesk.whenIdle();
    const [decision, ...more] = await entriesOf(helpdesk, 'case.approval-decided');
    assert.equal(more.length, 0);
    const loser = decision?.actor === ADA ? ABEL : ADA;
    assert.match(newest(loser), decision?.actor === ADA ? /Ada Moreau/ : /Abel Brandt/);
    assert.equal(helpdesk.find(loser, 'decide-approval'), null);
  });

  it('a pass that cannot be recorded is gone at once, before anybody looks again', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.auditLog.fails = () => helpdesk.fixtures.made.length > 0;
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.fixtures.made.length, 1);
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    assert.deepEqual(helpdesk.shown, []);
  });
});

describe('A secret', () => {
  it('shows itself once, and in no other way', () => {
    const secret = new Secret('CANARY1x');
    assert.deepEqual([String(secret), secret.toString()], Array(2).fill('[secret]'));
    assert.throws(() => JSON.stringify({ secret }), TypeError);
    assert.equal(secret.reveal(), 'CANARY1x');
    assert.equal(secret.reveal(), null);
  });
});
