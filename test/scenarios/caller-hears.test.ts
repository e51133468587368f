import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { rowsOf } from '../lane.ts';
import { ADA, LENA, MARA, openHelpdesk, SOFIA, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import {
  buttonData,
  callBack,
  cards,
  forge,
  headlines,
  issueByCallback,
  secondLook,
  sees,
  toProof,
  words,
  written,
} from './steps.ts';

const CANARY = 'Qz5+hears!';
const POST_PASS = { method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' } as const;
const PAIR = /Matching words: +([a-z]+ · [a-z]+)/;

describe('The caller is informed', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, SOFIA] });
    await helpdesk.says(ADA, 'help'); // a lead, known from here on
    helpdesk.tenant.control.nextPass(CANARY);
  });
  afterEach(() => helpdesk.close());

  const alarms = (): number => headlines(helpdesk, ADA).filter((headline) => headline.startsWith('Alarm')).length;
  const objections = async (): Promise<number> => (await written(helpdesk, 'case.caller-objected')).length;
  const refusedAgain = async (technician: Member = TESS): Promise<boolean> => {
    const card = await helpdesk.says(technician, `${LENA.userPrincipalName} is locked out`);
    return !card.buttons.some((button) => button.verb === 'tick-methods');
  };

  it('when a recovery starts and when a pass is issued: who, when, until when, and the words the technician reads out', async () => {
    await issueByCallback(helpdesk);
    const pair = PAIR.exec(words(helpdesk.card(TESS)))?.[1];
    assert.ok(pair !== undefined, words(helpdesk.card(TESS)));
    const notices = cards(helpdesk, LENA).map(words);
    const started = notices.find((notice) => notice.includes('Did you just call the helpdesk')) ?? '';
    const issued = notices.find((notice) => notice.includes('was issued for your account')) ?? '';
    const toManager =
      cards(helpdesk, MARA)
        .map(words)
        .find((notice) => notice.includes('was issued for somebody in your team')) ?? '';
    for (const notice of [started, issued, toManager]) {
      assert.match(notice, /Tess Lindqvist/);
      assert.match(notice, /\d{2}:\d{2}/);
      assert.ok(notice.includes(pair), notice);
    }
    for (const notice of [issued, toManager]) assert.match(notice, /Valid until/);
    assert.match(toManager, /Lena Hartmann/);
    const seen = JSON.stringify([LENA, MARA, ADA, TOM].map((who) => helpdesk.messages(who)));
    assert.equal(seen.includes(CANARY), false, 'no notice holds a pass');
  });

  it('"This was not me" before anything was issued: the case is frozen, the leads know, and nothing can be issued', async () => {
    await callBack(helpdesk);
    const issue = helpdesk.readyPress(TESS, 'issue-pass');
    const answer = await helpdesk.presses(LENA, 'not-me');
    assert.match(words(answer), /The case was stopped/);
    assert.match(helpdesk.card(TESS).headline, /hand the case over/, "the technician's card says so by itself");
    assert.equal(alarms(), 1);
    await issue();
    assert.equal(helpdesk.passOrders(), 0);
    assert.ok(await refusedAgain());
  });

  for (const who of [LENA, MARA]) {
    it(`pressed by ${who === LENA ? 'the caller' : 'the manager'} after the pass was issued: it is deleted and sessions are ended`, async () => {
      await issueByCallback(helpdesk);
      assert.equal(helpdesk.livePasses(), 1);
      await helpdesk.presses(who, 'not-me');
      await helpdesk.tick();
      assert.equal(helpdesk.livePasses(), 0);
      assert.equal(alarms(), 1);
      const [ended] = await written(helpdesk, 'sessions.end.outcome');
      assert.equal(ended?.detail['outcome'], 'ended');
      const [objection] = await written(helpdesk, 'case.caller-objected');
      assert.equal(objection?.actor, who.id);
      assert.ok(await refusedAgain());
    });
  }

  it('pressed while the technician has the pass on the screen: it is deleted, and their card says so', async () => {
    await callBack(helpdesk);
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
    assert.match(helpdesk.card(TESS).headline, /The pass is being deleted/);
    await secondLook(helpdesk);
    assert.match(helpdesk.card(TESS).headline, /hand the case over/);
    assert.equal(JSON.stringify(helpdesk.messages(TESS)).includes(CANARY), false, 'a dead pass is not read out');
  });

  it('pressed at the very moment of issuing, in every order: never a live pass at the end', async () => {
    for (const [nth, delay] of rowsOf([0, 10, 30, 60], (ms) => ms <= 10).entries()) {
      const round = await openHelpdesk();
      try {
        await callBack(round);
        round.tenant.control.nextPass(CANARY);
        round.tenant.control.fault({
          kind: 'delay',
          ms: 40,
          does: nth % 2 ? 'after' : 'at-once',
          times: 1,
          ...POST_PASS,
        });
        const issue = round.readyPress(TESS, 'issue-pass')();
        await new Promise((resolve) => setTimeout(resolve, delay));
        await round.readyPress(LENA, 'not-me')();
        await issue;
        await round.bot().whenIdle();
        await round.tick();
        assert.equal(round.livePasses(), 0, `after ${delay} ms`);
        await secondLook(round);
        assert.equal((await written(round, 'case.caller-objected')).length, 1, `after ${delay} ms`);
        const closed = (await round.ledger()).find((entry) => entry.detail['to'] === 'closed');
        assert.equal(closed?.detail['because'], 'caller-objected', `after ${delay} ms`);
      } finally {
        await round.close();
      }
    }
  });

  it('pressed while the technician presses something else: the objection is not lost', async () => {
    await toProof(helpdesk);
    await Promise.all([helpdesk.readyPress(TESS, 'choose-callback')(), helpdesk.readyPress(LENA, 'not-me')()]);
    await helpdesk.bot().whenIdle();
    assert.equal(await objections(), 1);
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.equal(closed?.detail['because'], 'caller-objected');
  });

  it('pressed after a restart', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(alarms(), 1);
  });

  it('pressed after the case was closed: the leads are alarmed, and a new pass is refused all the same', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await helpdesk.tick();
    await helpdesk.presses(LENA, 'not-me');
    assert.equal(alarms(), 1);
    assert.ok(await refusedAgain(TOM), 'by whichever technician');
  });

  it('pressed on the notice of an older case while a second one is running: the pass of the second is deleted, too', async () => {
    await toProof(helpdesk);
    const old = helpdesk.readyPress(LENA, 'not-me');
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await issueByCallback(helpdesk, LENA, TOM);
    assert.equal(helpdesk.livePasses(), 1);
    await old();
    await helpdesk.bot().whenIdle();
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0, 'the owner cannot know which of two notices is the right one');
    await secondLook(helpdesk);
    assert.match(helpdesk.card(TOM).headline, /hand the case over/);
  });

  it('pressed several times: the leads are alarmed once', async () => {
    await issueByCallback(helpdesk);
    const press = helpdesk.readyPress(LENA, 'not-me');
    await Promise.all([press(), press()]);
    await press();
    await helpdesk.bot().whenIdle();
    await helpdesk.tick();
    assert.equal(await objections(), 1);
    assert.equal(alarms(), 1);
    assert.match(words(helpdesk.card(LENA)), /The case was stopped/, 'and the answer is the same each time');
  });

  it('by anybody else it is refused and written down', async () => {
    await issueByCallback(helpdesk);
    const data = buttonData(helpdesk, LENA, 'not-me');
    for (const other of [TOM, ADA, SOFIA, TESS]) {
      const answer = await forge(helpdesk, other, 'not-me', data);
      assert.match(words(answer), /Only the person this is about/, other.name);
      const refused = (await written(helpdesk, 'case.refused')).filter((entry) => entry.actor === other.id);
      assert.deepEqual(
        refused.map((entry) => entry.detail['because']),
        ['not-the-owner'],
      );
    }
    assert.equal(helpdesk.livePasses(), 1);
    assert.equal(alarms(), 0);
  });

  it('a new pass is refused for a day, and possible after it', async () => {
    await callBack(helpdesk);
    await helpdesk.presses(LENA, 'not-me');
    helpdesk.pass(23 * 60);
    assert.ok(await refusedAgain());
    helpdesk.pass(61);
    assert.equal(await refusedAgain(), false);
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    assert.ok(sees(helpdesk, TESS, 'choose-callback'));
  });

  it('when sessions may not be ended, the technician and the leads read about it', async () => {
    helpdesk.tenant.control.permissions({ revoke: ['User.RevokeSessions.All'] });
    await issueByCallback(helpdesk);
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
    const [ended] = await written(helpdesk, 'sessions.end.outcome');
    assert.equal(ended?.detail['outcome'], 'not-permitted');
    for (const answer of [TESS, ADA])
      assert.match(words(helpdesk.card(answer)), /sessions could not be ended/, answer.name);
  });

  it('the words are the same after a restart, and others for the next case', async () => {
    await toProof(helpdesk);
    const pairOf = (): string | undefined => PAIR.exec(words(helpdesk.card(TESS)))?.[1];
    const before = pairOf();
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await helpdesk.says(TESS, 'case 1');
    assert.ok(before !== undefined && pairOf() === before, before);
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await toProof(helpdesk);
    assert.notEqual(pairOf(), before);
  });
});
