import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { GROUPS } from './environment.ts';
import { logText } from './log-text.ts';
import { ABEL, ADA, CATALOG_ID, IVY, LENA, openHelpdesk, TESS, TOM } from './helpdesk.ts';
import type { Helpdesk } from './helpdesk.ts';
import type { HelpdeskOptions } from './helpdesk-options.ts';
import {
  askApproval,
  cards,
  decide,
  forge,
  getsTheApp,
  headlines,
  sees,
  standsAt,
  toProof,
  words,
  written,
} from './steps.ts';

const MAY_INSTALL = { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID };
const INSTALLATION = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

describe('Alarms and requests reach people', () => {
  let helpdesk: Helpdesk;
  const open = async (options: HelpdeskOptions): Promise<void> => {
    helpdesk = await openHelpdesk({ ...options, also: [TOM, IVY] });
  };
  afterEach(() => helpdesk.close());

  const joins = (who: Member, group: string): void => helpdesk.tenant.control.joinGroup({ user: who.id, group });
  const leaves = (who: Member, group: string): void => helpdesk.tenant.control.leaveGroup({ user: who.id, group });
  const somebodyElseAnswers = async (): Promise<void> => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'choose-callback');
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-someone-else' } });
  };
  const alarmed = (who: Member): boolean => headlines(helpdesk, who).some((headline) => headline.startsWith('Alarm'));
  const outcomes = async (code: string): Promise<readonly unknown[]> =>
    (await written(helpdesk, code)).map(({ detail }) => detail['outcome']);
  const later = async (minutes: number): Promise<void> => {
    helpdesk.pass(minutes);
    await helpdesk.tick();
  };

  it('leads who never wrote to the bot get the app, and then the alarm; the card says how many', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id, TOM.id], environment: MAY_INSTALL });
    joins(ABEL, GROUPS.leads);
    joins(TOM, GROUPS.leads);
    helpdesk.teams.faults.set(TOM.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    await somebodyElseAnswers();
    assert.deepEqual([ADA, ABEL, TOM].map(alarmed), [true, true, false]);
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 2 of 3']);
    assert.match(words(helpdesk.card(TESS)), /2 of 3 leads were reached/);
  });

  it('no lead was reached: the card says whom to call, the log says so, and it is tried until one is reached', async () => {
    await open({ withoutApp: [ADA.id], environment: MAY_INSTALL });
    helpdesk.tenant.control.permissions({ revoke: [INSTALLATION] });
    await somebodyElseAnswers();
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 0 of 1']);
    assert.match(words(helpdesk.card(TESS)), /No lead was reached\. Call Ada Moreau, \+49 30 55501003 now\./);
    const errors = helpdesk.logLines().filter((line) => /"level":50/.test(line) && /reached nobody/.test(line));
    assert.equal(errors.length, 1);
    assert.doesNotMatch(logText(errors), /Ada|Lena|Moreau|5550|a0000000/);

    await helpdesk.stopBot();
    await helpdesk.startBot();
    await helpdesk.says(TESS, 'case 1');
    assert.match(words(helpdesk.card(TESS)), /No lead was reached\. Call Ada Moreau/, 'the ledger knows it');
    helpdesk.tenant.control.permissions({ grant: [INSTALLATION] });
    await later(1);
    assert.ok(alarmed(ADA));
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 1 of 1', 'reached 0 of 1']);
    assert.equal((await written(helpdesk, 'alarm.leads.intent')).length, 2, 'each try is written down before it');
    assert.match(words(helpdesk.card(TESS)), /1 of 1 leads? was reached/);
    await later(60);
    assert.equal((await written(helpdesk, 'alarm.leads.outcome')).length, 2, 'and nobody is alarmed twice');
  });

  it('an alarm that reaches nobody is tried with growing pauses, and no more after a day', async () => {
    await open({ withoutApp: [ADA.id] });
    await somebodyElseAnswers();
    for (let hour = 0; hour < 26; hour += 1) await later(60);
    const tries = (await written(helpdesk, 'alarm.leads.outcome')).length;
    assert.ok(tries >= 20 && tries <= 40, `${tries} tries in a day`);
    await later(24 * 60);
    assert.equal((await written(helpdesk, 'alarm.leads.outcome')).length, tries);
  });

  it('a configured emergency contact is named as it stands, also when the directory is down', async () => {
    const contact = 'Duty lead, +49 30 5550 1999';
    await open({ withoutApp: [ADA.id], environment: { HARDLINE_EMERGENCY_CONTACT: contact } });
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/**/groups/**' });
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-someone-else' } });
    assert.equal(alarmed(ADA), false);
    assert.ok(words(helpdesk.card(TESS)).includes(contact), words(helpdesk.card(TESS)));
    assert.match(words(helpdesk.card(TESS)), /leads could not be read/);
  });

  it('a group without anybody in it: nobody was reached, and the contact is named', async () => {
    await open({ environment: { HARDLINE_EMERGENCY_CONTACT: 'Duty lead, +49 30 5550 1999' } });
    leaves(ADA, GROUPS.leads);
    await somebodyElseAnswers();
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 0 of 0']);
    assert.match(words(helpdesk.card(TESS)), /No lead was reached\. Call Duty lead, \+49 30 5550 1999 now\./);
  });

  it('a lead whose account is disabled is neither alarmed nor counted', async () => {
    await open({});
    joins(ABEL, GROUPS.leads);
    helpdesk.tenant.control.changePerson({ user: ABEL.id, accountEnabled: false });
    await somebodyElseAnswers();
    assert.deepEqual([ADA, ABEL].map(alarmed), [true, false]);
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 1 of 1']);
  });

  it('the technician of the case does not count as a lead who was reached', async () => {
    await open({ withoutApp: [ADA.id] });
    joins(TESS, GROUPS.leads);
    await somebodyElseAnswers();
    assert.match(words(helpdesk.card(TESS)), /No lead was reached\. Call Ada Moreau/);
  });

  it('an objection that reaches no lead says so on the case, and does not tell the caller that leads know', async () => {
    await open({ withoutApp: [ADA.id] });
    await toProof(helpdesk);
    const answer = await helpdesk.presses(LENA, 'not-me');
    assert.doesNotMatch(words(answer), /alarm|leads/i);
    assert.match(words(helpdesk.card(TESS)), /No lead was reached/);
  });

  it('no approver was reached: the card says whom to call, and does not say that they were asked', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id] });
    await askApproval(helpdesk);
    const card = words(helpdesk.card(TESS));
    assert.match(
      card,
      /No approver was reached\. Call (Ada Moreau, \+49 30 55501003|Abel Brandt, \+49 30 55501004) now\./,
    );
    assert.doesNotMatch(card, /asks the approvers|were asked/);
  });

  it('approvers who never wrote get the app and the request; the card says how many', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id], environment: MAY_INSTALL });
    await askApproval(helpdesk);
    assert.ok(sees(helpdesk, ADA, 'decide-approval') && sees(helpdesk, ABEL, 'decide-approval'));
    assert.match(words(helpdesk.card(TESS)), /2 of 2 approvers were reached/);
  });

  it('an approver who installs the app late gets the request then, once, and the card counts them', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id] });
    await askApproval(helpdesk);
    await getsTheApp(helpdesk, ADA);
    assert.ok(sees(helpdesk, ADA, 'decide-approval'));
    assert.match(words(helpdesk.card(TESS)), /1 of 2 approvers was reached/);
    await helpdesk.says(ADA, 'help');
    const requests = cards(helpdesk, ADA).filter(({ buttons }) =>
      buttons.some(({ verb }) => verb === 'decide-approval'),
    );
    assert.equal(requests.length, 1);
  });

  it('somebody who became an approver after the request gets it when they write, and decides', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id] });
    await askApproval(helpdesk);
    assert.equal(sees(helpdesk, IVY, 'decide-approval'), false);
    joins(IVY, GROUPS.approvers);
    helpdesk.pass(2); // what the bot remembers of her roles is no longer used
    await helpdesk.says(IVY, 'help');
    await decide(helpdesk, IVY, 'approve');
    assert.ok(sees(helpdesk, TESS, 'issue-pass'));
  });

  it('an approver reached by telephone opens the case and decides there', async () => {
    await open({ withoutApp: [ADA.id, ABEL.id] });
    await askApproval(helpdesk);
    joins(IVY, GROUPS.approvers);
    helpdesk.pass(2);
    await helpdesk.says(IVY, 'case 1');
    assert.match(words(helpdesk.card(IVY)), /Should this person get a pass/);
    await decide(helpdesk, IVY, 'deny');
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal(sees(helpdesk, IVY, 'decide-approval'), false, 'and the request is closed');
  });

  it('an approver who opens a case with an older request above decides on the newer card', async () => {
    await open({});
    await askApproval(helpdesk);
    await helpdesk.says(ADA, 'case 1');
    const requests = cards(helpdesk, ADA).filter(({ buttons }) =>
      buttons.some(({ verb }) => verb === 'decide-approval'),
    );
    assert.equal(requests.length, 1, 'one card of the request in the chat');
    assert.ok(headlines(helpdesk, ADA).includes('Decide on the newer card'));
    await decide(helpdesk, ABEL, 'approve');
    assert.equal(sees(helpdesk, ADA, 'decide-approval'), false, 'and it is closed with the others');
    assert.deepEqual(await outcomes('approval.ask.outcome'), ['reached 2 of 2', 'reached 2 of 2']);
  });

  it('the technician, the caller, and whoever is no approver get no request by opening the case', async () => {
    await open({});
    await askApproval(helpdesk);
    joins(TESS, GROUPS.approvers);
    helpdesk.pass(2);
    for (const who of [TESS, IVY]) {
      await helpdesk.says(who, 'case 1');
      assert.equal(sees(helpdesk, who, 'decide-approval'), false, who.name);
    }
    joins(LENA, GROUPS.approvers);
    await helpdesk.says(LENA, 'case 1');
    assert.equal(sees(helpdesk, LENA, 'decide-approval'), false);
    await forge(helpdesk, IVY, 'show-case', { case: 1 });
    assert.equal(sees(helpdesk, IVY, 'decide-approval'), false);
  });

  it('a request that reached nobody is sent as soon as somebody can be reached', async () => {
    await open({});
    for (const approver of [ADA, ABEL]) {
      helpdesk.teams.faults.set(approver.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    }
    await askApproval(helpdesk);
    assert.match(words(helpdesk.card(TESS)), /No approver was reached/);
    helpdesk.teams.faults.set(ABEL.id, null);
    await later(0.5);
    assert.ok(sees(helpdesk, ABEL, 'decide-approval'));
    assert.deepEqual(await outcomes('approval.ask.outcome'), ['reached 1 of 2', 'reached 0 of 2']);
    assert.match(words(helpdesk.card(TESS)), /1 of 2 approvers was reached/);
  });
});
