// A pass is shown in time or not at all. What nobody saw is deleted, and the technician goes on with the same proof.
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { NO_TIME, type Deadline } from '../../src/casework/ports/runtime.ts';
import type { ClickAnswer } from '../../src/casework/ports/turn.ts';
import { UNHURRIED } from '../unhurried.ts';
import { LENA, liveOf, TESS } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { A_CALL, entriesOf, harnessForEachTest, only, takeTo } from './take-case-to.ts';

/** So much is left when somebody looks. */
const left = (milliseconds: number): Deadline => ({ ...UNHURRIED, left: () => milliseconds });

describe('A pass that nobody saw', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(async () => {
    helpdesk = current();
    await takeTo(helpdesk, 'ready-to-issue');
  });

  const issue = async (): Promise<Extract<ClickAnswer, { kind: 'show-pass' }>> => {
    const answer = await helpdesk.presses(TESS, 'issue-pass');
    assert.ok(answer.kind === 'show-pass');
    return answer;
  };
  const words = (): string => {
    const { headline, lines } = readCard(helpdesk.chats.of(TESS).at(-1)?.card ?? {});
    return [headline, ...lines].join('\n');
  };
  const deletions = (): number => helpdesk.fixtures.writes.filter(({ what }) => what === 'delete').length;
  /** Ready for the next press with the same proof, and the card says why. */
  const canIssueAgain = async (): Promise<void> => {
    const { state } = (await only(helpdesk)).case;
    assert.ok(state.kind === 'ready-to-issue' && state.proof.kind === 'callback');
    assert.equal(state.lastAttempt, 'pass-never-shown');
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    assert.match(words(), /You never saw a pass; it was deleted/);
    helpdesk.hurry(UNHURRIED);
    await issue();
    assert.notEqual(liveOf(helpdesk.fixtures, LENA), null);
  };

  it('is deleted when its answer was lost on the way, and the ledger tells it step by step', async () => {
    const { lost } = await issue();
    lost();
    await helpdesk.whenIdle();
    const codes = [
      'case.pass-created',
      'case.pass-unseen',
      'pass.delete.intent',
      'pass.delete.outcome',
      'case.pass-deleted',
    ];
    for (const code of codes) assert.equal((await entriesOf(helpdesk, code)).length, 1, code);
    await canIssueAgain();
  });

  it('is deleted once, however often its loss is reported', async () => {
    const { lost } = await issue();
    lost();
    lost();
    await helpdesk.whenIdle();
    lost();
    await helpdesk.whenIdle();
    assert.equal(deletions(), 1);
    assert.equal((await entriesOf(helpdesk, 'case.pass-unseen')).length, 1);
  });

  it('is deleted although the ledger cannot be written', async () => {
    const { lost } = await issue();
    helpdesk.auditLog.fails = () => true;
    lost();
    await helpdesk.whenIdle();
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    helpdesk.auditLog.fails = () => false;
  });

  it('is deleted by the watch when Graph does not confirm that it is gone', async () => {
    const { lost } = await issue();
    helpdesk.fixtures.deletion = 'not-known';
    lost();
    await helpdesk.whenIdle();
    assert.equal((await only(helpdesk)).case.state.kind, 'withdrawing-pass');
    helpdesk.fixtures.deletion = 'gone';
    await helpdesk.tick();
    await helpdesk.whenIdle();
    await canIssueAgain();
  });

  it('does not touch a case that went on without it', async () => {
    const { lost } = await issue();
    await helpdesk.presses(TESS, 'pass-read-out');
    await helpdesk.presses(TESS, 'withdraw-pass');
    await helpdesk.whenIdle();
    const before = await only(helpdesk);
    lost();
    await helpdesk.whenIdle();
    assert.deepEqual(await only(helpdesk), before);
  });

  it('is never shown when the time is over by the time Graph has answered', async () => {
    const gone = new AbortController();
    helpdesk.hurry({ left: () => (gone.signal.aborted ? 0 : 8000), signal: gone.signal });
    helpdesk.fixtures.onWrite = ({ what }) => {
      if (what === 'create') gone.abort();
    };
    const answer = await helpdesk.presses(TESS, 'issue-pass');
    assert.notEqual(answer.kind, 'show-pass');
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'case.pass-created')).length, 0, 'and nobody was told of it');
    assert.deepEqual([helpdesk.shown, helpdesk.fixtures.made.length], [[], 1]);
    helpdesk.fixtures.onWrite = () => undefined;
    await canIssueAgain();
  });

  it('is never shown when the time runs out between the answer of Graph and the card', async () => {
    let looks = 0;
    // Each step of the press looks at the time that is left; the last look is the one before the card is handed over.
    helpdesk.hurry({ ...UNHURRIED, left: () => (looks += 1) && 8000 });
    await issue();
    const all = looks;
    await helpdesk.presses(TESS, 'pass-read-out');
    await helpdesk.presses(TESS, 'withdraw-pass');
    await helpdesk.whenIdle();
    await takeBackToReady();
    looks = 0;
    helpdesk.hurry({ ...UNHURRIED, left: () => ((looks += 1) >= all ? 0 : 8000) });
    const answer = await helpdesk.presses(TESS, 'issue-pass');
    assert.notEqual(answer.kind, 'show-pass');
    await helpdesk.whenIdle();
    await canIssueAgain();
  });

  async function takeBackToReady(): Promise<void> {
    helpdesk.hurry(UNHURRIED);
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.passes(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, ({ data }) => data['outcome'] === 'answered-by-caller');
    await helpdesk.whenIdle();
  }

  it('is not even ordered when less than three seconds are left: the card stays, and the next press works', async () => {
    for (const deadline of [left(2999), left(0), NO_TIME]) {
      helpdesk.hurry(deadline);
      const answer = await helpdesk.presses(TESS, 'issue-pass');
      assert.ok(answer.kind === 'keep-card');
      assert.match(answer.cardMessage.summary, /too slowly|slow/i);
      await helpdesk.whenIdle();
    }
    assert.deepEqual(helpdesk.fixtures.made, []);
    const { state } = (await only(helpdesk)).case;
    assert.equal(state.kind, 'ready-to-issue');
    const refused = (await entriesOf(helpdesk, 'case.refused')).map(({ detail }) => detail['because']);
    assert.deepEqual(refused, ['too-slow', 'too-slow', 'too-slow']);
    helpdesk.hurry(left(3000));
    await issue();
  });
});

describe('"This was not me"', () => {
  const current = harnessForEachTest();

  it('counts although the directory does not answer: nobody needs a role for it', async () => {
    const helpdesk = current();
    await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.fixtures.down = true;
    helpdesk.passes(2);
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'case.caller-objected')).length, 1);
  });
});
