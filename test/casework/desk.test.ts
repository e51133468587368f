import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { Secret } from '../../src/casework/secret.ts';
import { scratchFolder, type Bench } from './bench.ts';
import { ABEL, ADA, LENA, liveOf, STRANGER, TESS, TOM } from './town.ts';
import { entriesOf, freshBench, takeTo } from './ways.ts';

describe('At the desk', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let desk: Bench;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    desk = await freshBench(folder.dir, `desk-${(count += 1)}`);
  });
  afterEach(() => desk.close());
  after(() => folder.clean());

  const newest = (person: typeof TESS): string => {
    const card = desk.chats.of(person).at(-1)?.card ?? {};
    const { headline, lines } = readCard(card);
    return [headline, ...lines].join('\n');
  };
  const creations = (): number => desk.town.writes.filter(({ what }) => what === 'create').length;
  const turn = (person: typeof TESS, chat: 'group' | 'channel') => ({
    ...{ activityId: 'a', person, language: 'en' },
    where: { chat, conversation: { person, reference: 'r' } } as const,
  });

  it('nothing is said about anybody in a group chat or a channel', async () => {
    await takeTo(desk, 'ready-to-issue');
    const before = desk.book.kept.length;
    const { casework } = desk.house();
    for (const chat of ['group', 'channel'] as const) {
      const [reply] = await casework.said({ kind: 'said', ...turn(TESS, chat), text: 'case 1' });
      assert.doesNotMatch(JSON.stringify(reply?.letter.card), /Lena/);
      const press = {
        kind: 'pressed',
        verb: 'issue-pass',
        data: { case: 1, v: 4 },
        card: null,
        canShowPass: true,
      } as const;
      const answer = await casework.pressed({ ...press, ...turn(TESS, chat) });
      assert.ok('show' in answer);
      assert.doesNotMatch(JSON.stringify(answer.show.card), /Lena/);
      assert.deepEqual(await casework.arrived({ kind: 'arrived', ...turn(TESS, chat) }), []);
    }
    assert.equal(creations(), 0);
    assert.equal(desk.book.kept.length, before);
  });

  it('a manual reset is refused in the same words when neither the directory nor the ledger answers', async () => {
    await desk.says(TESS, 'reset the password of Lena Hartmann');
    const words = newest(TESS);
    desk.town.down = true;
    desk.passes(2);
    await desk.says(TESS, 'reset the password of Lena Hartmann');
    assert.equal(newest(TESS).split('\n')[0], words.split('\n')[0]);
    assert.equal((await entriesOf(desk, 'request.refused')).length, 2);
    desk.book.fails = () => true;
    await desk.says(TESS, 'reset the password of Lena Hartmann');
    assert.equal(newest(TESS).split('\n')[0], words.split('\n')[0]);
    desk.book.fails = () => false;
    assert.equal((await entriesOf(desk, 'request.refused')).length, 2);
  });

  it('anything else is answered with an apology then, and nothing is done', async () => {
    await takeTo(desk, 'ready-to-issue');
    desk.town.down = true;
    desk.passes(2);
    await desk.presses(TESS, 'issue-pass');
    await desk.says(TESS, 'Sofia Rossi is locked out');
    await desk.settled();
    assert.equal(creations(), 0);
    assert.equal((await desk.ledger().openCases()).length, 1);
  });

  it('no pass is made for a client that cannot show it to the clicker alone', async () => {
    const stored = await takeTo(desk, 'ready-to-issue');
    const where = { chat: 'personal', conversation: { person: TESS, reference: 'r' } } as const;
    const answer = await desk.house().casework.pressed({
      ...{ kind: 'pressed', activityId: 'old', person: TESS, where, language: 'en', card: null, canShowPass: false },
      ...{ verb: 'issue-pass', data: { case: stored.case.id, v: stored.version } },
    });
    assert.ok('show' in answer);
    assert.equal(creations(), 0);
  });

  it('a technician who left the group a moment ago issues nothing', async () => {
    await takeTo(desk, 'ready-to-issue');
    desk.town.roles.get(TESS)?.delete('technician');
    await desk.presses(TESS, 'issue-pass');
    await desk.settled();
    assert.equal(creations(), 0);
    const refused = await entriesOf(desk, 'access.refused');
    assert.equal(refused.at(-1)?.detail['because'], 'not-a-technician');
  });

  it('an approver who left the group a moment ago decides nothing', async () => {
    await takeTo(desk, 'awaiting-approval');
    desk.town.roles.get(ABEL)?.delete('approver');
    await desk.presses(ABEL, 'decide-approval', { reason: 'known voice' });
    await desk.settled();
    assert.equal((await entriesOf(desk, 'case.approval-decided')).length, 0);
    await desk.presses(ADA, 'decide-approval', { reason: 'known voice' });
    await desk.settled();
    assert.equal((await entriesOf(desk, 'case.approval-decided')).length, 1);
  });

  it('buttons that no card of ours carries are refused and written down, without what they said', async () => {
    const forged: readonly (readonly [string, unknown])[] = [
      ['issue-pass', { case: 1, v: 1, lifetimeMinutes: 4800 }],
      ['set-password', { case: 1, v: 1 }],
      ['decide-approval', { case: '1; drop table cases', v: 1, decision: 'approve', subject: 's' }],
      ['not-me', null],
    ];
    for (const [verb, data] of forged) await desk.sends(TESS, verb, data, null);
    const refused = (await entriesOf(desk, 'access.refused')).filter(({ detail }) => detail['asked'] === 'button');
    assert.equal(refused.length, forged.length);
    assert.doesNotMatch(JSON.stringify(refused), /drop table|4800|set-password/);
  });

  it('the link is pushed to the one person who was named, and written down before and after', async () => {
    await desk.says(TESS, 'send Lena Hartmann the link');
    await desk.settled();
    assert.ok(desk.find(LENA, 'not-me') === null && desk.chats.of(LENA).length === 1);
    const [intent, outcome] = [await entriesOf(desk, 'link.push.intent'), await entriesOf(desk, 'link.push.outcome')];
    assert.deepEqual([intent[0]?.about, outcome[0]?.detail['outcome']], [LENA, 'delivered']);
    assert.equal(intent[0]?.intentId, outcome[0]?.intentId);
    await desk.says(TESS, 'send Nobody Inparticular the link');
    assert.equal((await entriesOf(desk, 'link.push.intent')).length, 1);
  });

  it('a technician sees their own cases and logs, and nobody else their names', async () => {
    await takeTo(desk, 'ready-to-issue');
    await desk.says(TESS, 'cases');
    assert.match(newest(TESS), /Lena Hartmann/);
    await desk.says(TESS, 'log 1');
    assert.equal((await entriesOf(desk, 'log.read')).length, 1);
    for (const person of [TOM, STRANGER, LENA]) {
      desk.town.roles.get(person)?.delete('approver');
      for (const text of ['cases', 'case 1', 'log 1', 'log']) {
        await desk.says(person, text);
        if (person !== LENA) assert.doesNotMatch(newest(person), /Lena/, `${text} by ${person}`);
      }
    }
    assert.equal((await entriesOf(desk, 'log.read')).length, 1);
  });

  it('two decisions in one second leave one winner, and the other approver reads who it was', async () => {
    await takeTo(desk, 'awaiting-approval');
    const say = { reason: 'known voice' };
    const approve = (button: { readonly data: Readonly<Record<string, unknown>> }) =>
      button.data['decision'] === 'approve';
    await Promise.all([
      desk.presses(ADA, 'decide-approval', say, approve),
      desk.presses(ABEL, 'decide-approval', say, approve),
    ]);
    await desk.settled();
    const [decision, ...more] = await entriesOf(desk, 'case.approval-decided');
    assert.equal(more.length, 0);
    const loser = decision?.actor === ADA ? ABEL : ADA;
    assert.match(newest(loser), decision?.actor === ADA ? /Ada Moreau/ : /Abel Brandt/);
    assert.equal(desk.find(loser, 'decide-approval'), null);
  });

  it('a pass that cannot be recorded is gone at once, before anybody looks again', async () => {
    await takeTo(desk, 'ready-to-issue');
    desk.book.fails = () => desk.town.made.length > 0;
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.town.made.length, 1);
    assert.equal(liveOf(desk.town, LENA), null);
    assert.deepEqual(desk.shown, []);
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
