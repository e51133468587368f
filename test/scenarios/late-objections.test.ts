// "This was not me", pressed late: by the owner of the account for a week, by their manager only while the case is open.
import assert from 'node:assert/strict';
import { ADA, LENA, MARA, NOAH, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import {
  buttonData,
  callBack,
  forge,
  headlines,
  issueByCallback,
  secondLook,
  standsAt,
  words,
  written,
} from './steps.ts';

const DAY = 24 * 60;

describe('"This was not me", pressed late', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [NOAH] });
    await helpdesk.says(ADA, 'help'); // the lead is known from here on
  });
  afterEach(() => helpdesk.close());

  const objections = async (): Promise<number> => (await written(helpdesk, 'case.caller-objected')).length;
  const alarms = () => headlines(helpdesk, ADA).filter((headline) => /not me|not them/i.test(headline)).length;
  /** Lena got her pass, and the case ran out later. */
  async function closedCase(): Promise<void> {
    await issueByCallback(helpdesk);
    helpdesk.pass(3 * 60);
    await helpdesk.tick();
    await secondLook(helpdesk);
    assert.equal(await standsAt(helpdesk), 'closed');
  }

  it('counts for the owner for seven days after the case', async () => {
    await closedCase();
    helpdesk.pass(6 * DAY);
    await helpdesk.presses(LENA, 'not-me');
    assert.deepEqual([await objections(), alarms()], [1, 1]);
  });

  it('does not count for the owner after that, and they read whom to tell instead', async () => {
    await closedCase();
    helpdesk.pass(7 * DAY);
    const reply = await helpdesk.presses(LENA, 'not-me');
    assert.match(words(reply), /closed too long ago[^]*call the helpdesk now and ask for a lead/);
    assert.deepEqual([await objections(), alarms()], [0, 0]);
    const [refusal] = await written(helpdesk, 'case.refused');
    assert.equal(refusal?.detail['because'], 'objection-is-too-late');
  });

  it('does not count for the manager once the case is closed, were it a hundred days ago or a minute', async () => {
    await closedCase();
    const button = buttonData(helpdesk, MARA, 'not-me');
    for (const days of [0, 100]) {
      helpdesk.pass(days * DAY);
      const reply = await forge(helpdesk, MARA, 'not-me', button);
      assert.match(words(reply), /This case is closed[^]*call the helpdesk now and ask for a lead/);
    }
    assert.deepEqual([await objections(), alarms()], [0, 0]);
    await callBack(helpdesk);
    assert.equal(await standsAt(helpdesk), 'ready-to-issue', 'the next case is not stopped by it');
  });

  it('counts for the owner on an old notice when a new case about them is open: no pass may survive', async () => {
    await closedCase();
    const old = buttonData(helpdesk, LENA, 'not-me');
    helpdesk.pass(30 * DAY);
    await issueByCallback(helpdesk);
    assert.equal(helpdesk.livePasses(), 1);
    await forge(helpdesk, LENA, 'not-me', old);
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(alarms(), 1);
  });

  it('counts for the manager who was told of the pass, also when somebody else is the manager by now', async () => {
    await issueByCallback(helpdesk);
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: NOAH.id });
    await helpdesk.presses(MARA, 'not-me');
    assert.deepEqual([await objections(), helpdesk.livePasses()], [1, 0]);
  });

  it('does not count for the manager who was told once the case is closed, nor for their successor, who was not', async () => {
    await issueByCallback(helpdesk);
    const button = buttonData(helpdesk, MARA, 'not-me');
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: NOAH.id });
    const successor = await forge(helpdesk, NOAH, 'not-me', button);
    assert.match(words(successor), /Only the person this is about, or their manager/);
    helpdesk.pass(3 * 60);
    await helpdesk.tick();
    await secondLook(helpdesk);
    assert.equal(await standsAt(helpdesk), 'closed');
    await forge(helpdesk, MARA, 'not-me', button);
    assert.deepEqual([await objections(), alarms()], [0, 0]);
  });

  it('does not count for a manager who was replaced before the pass, and was told of nothing', async () => {
    await callBack(helpdesk);
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: NOAH.id });
    const reply = await forge(helpdesk, MARA, 'not-me', { case: 1, v: 1 });
    assert.match(words(reply), /Only the person this is about, or their manager/);
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: MARA.id });
    helpdesk.pass(6); // what was read about managers is remembered for five minutes
    await forge(helpdesk, MARA, 'not-me', { case: 1, v: 1 });
    assert.equal(await objections(), 1);
  });

  it('by a manager who was told in an earlier case does not count for the one that is open now', async () => {
    await closedCase();
    const button = buttonData(helpdesk, MARA, 'not-me');
    await callBack(helpdesk);
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: NOAH.id });
    await forge(helpdesk, MARA, 'not-me', button);
    assert.deepEqual([await objections(), await standsAt(helpdesk)], [0, 'ready-to-issue']);
  });

  it('counts for the manager when nobody can read who the manager is now', async () => {
    await issueByCallback(helpdesk);
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/users/*/manager', times: 50 });
    await helpdesk.presses(MARA, 'not-me');
    assert.deepEqual([await objections(), helpdesk.livePasses()], [1, 0]);
    assert.ok(headlines(helpdesk, TESS).length > 0);
  });
});
