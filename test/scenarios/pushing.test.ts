import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { CATALOG_ID, LENA, MARA, openHelpdesk, SOFIA, TESS, type Helpdesk } from './helpdesk.ts';
import type { HelpdeskOptions } from './helpdesk-options.ts';
import { callBack, cards, headlines, issueByCallback, sees, toProof, words, written } from './steps.ts';

const INSTALL = { method: 'POST', path: '/v1.0/users/*/teamwork/installedApps' } as const;
const WITHOUT_LENA: HelpdeskOptions = { withoutApp: [LENA.id] };
const MAY_INSTALL: HelpdeskOptions = { ...WITHOUT_LENA, environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } };

describe('Pushing messages to people', () => {
  let helpdesk: Helpdesk;
  const open = async (options: HelpdeskOptions = {}): Promise<void> => {
    helpdesk = await openHelpdesk({ ...options, also: [SOFIA] });
  };
  afterEach(() => helpdesk.close());

  const toldLena = async (): Promise<unknown> =>
    (await written(helpdesk, 'notice.caller.outcome'))[0]?.detail['outcome'];
  const installs = (): number =>
    helpdesk.tenant.control
      .journal()
      .filter((one) => one.method === INSTALL.method && one.path.endsWith('/installedApps')).length;

  it('a caller without the app gets it through Graph, and then the notice, once', async () => {
    await open(MAY_INSTALL);
    assert.deepEqual(cards(helpdesk, LENA), []);
    await toProof(helpdesk);
    assert.equal(installs(), 1);
    assert.equal(await toldLena(), 'delivered');
    const notices = headlines(helpdesk, LENA).filter((headline) => headline === 'Did you just call the helpdesk?');
    assert.equal(notices.length, 1);
    assert.match(words(helpdesk.card(TESS)), /The caller was sent a message in Teams/);
    await helpdesk.presses(LENA, 'not-me');
    assert.match(helpdesk.card(TESS).headline, /hand the case over/, 'and their button works');
  });

  it('a caller who removed the app gets it back, and the notice in the chat known from before', async () => {
    await open({ environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } });
    await fetch(`${helpdesk.teams.origin}/teams/chats/${LENA.id}/installation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'remove' }),
    });
    await toProof(helpdesk);
    assert.equal(await toldLena(), 'delivered');
    assert.equal(headlines(helpdesk, LENA).filter((headline) => headline.startsWith('Did you just')).length, 1);
  });

  it('Teams needs a moment after the installation: the notice is tried until the chat takes it, and arrives once', async () => {
    await open({ environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } });
    helpdesk.teams.faults.set(LENA.id, { kind: 'not-installed', on: 'send', times: 4, retryAfterSeconds: 1 });
    await toProof(helpdesk);
    assert.equal(installs(), 1);
    assert.equal(await toldLena(), 'delivered');
    assert.equal(headlines(helpdesk, LENA).filter((headline) => headline.startsWith('Did you just')).length, 1);
  });

  it('where the bot may not install itself, the technician is told to read everything out, and the case goes on', async () => {
    await open(MAY_INSTALL);
    helpdesk.tenant.control.permissions({ revoke: ['TeamsAppInstallation.ReadWriteSelfForUser.All'] });
    await toProof(helpdesk);
    assert.equal(await toldLena(), 'not delivered: not-installed');
    assert.match(words(helpdesk.card(TESS)), /could not be reached in Teams[^]*Read everything out/);
    assert.doesNotMatch(words(helpdesk.card(TESS)), /The caller got a message/);
    assert.ok(sees(helpdesk, TESS, 'choose-callback'));
  });

  it('without a catalog id nothing is installed for anybody', async () => {
    await open(WITHOUT_LENA);
    await toProof(helpdesk);
    assert.equal(installs(), 0);
    assert.equal(await toldLena(), 'not delivered: not-installed');
  });

  it('when Graph accepts an installation and Teams never reports it, the bot gives up after a few seconds', async () => {
    await open(MAY_INSTALL);
    helpdesk.teams.faults.set(LENA.id, { kind: 'not-installed', on: 'any', times: null, retryAfterSeconds: 1 });
    await toProof(helpdesk);
    assert.equal(installs(), 1, 'asked once');
    assert.equal(await toldLena(), 'not delivered: not-installed');
    assert.ok(sees(helpdesk, TESS, 'choose-callback'));
  });

  const unreached = [
    ['blocked-by-user', 'blocked'],
    ['disabled-by-admin', 'blocked'],
    ['conversation-not-found', 'not-installed'],
    ['service-error', 'unreachable'],
  ] as const;
  for (const [kind, why] of rowsOf(unreached, ([one]) => one === 'blocked-by-user')) {
    it(`a caller whose Teams answers "${kind}" counts as not reached, for the link as for the notice`, async () => {
      await open();
      helpdesk.teams.faults.set(SOFIA.id, { kind, on: 'any', times: null, retryAfterSeconds: 1 });
      const before = helpdesk.messages(SOFIA).length;
      await helpdesk.says(TESS, 'Sofia Rossi is locked out');
      const refs =
        helpdesk
          .card(TESS)
          .inputs.find(({ id }) => id === 'atHand')
          ?.choices.map(({ value }) => value) ?? [];
      await helpdesk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
      const [pushed] = await written(helpdesk, 'link.push.outcome');
      assert.equal(pushed?.detail['outcome'], `not delivered: ${why}`);
      assert.equal(helpdesk.messages(SOFIA).length, before);
      const answer = words(helpdesk.card(TESS));
      assert.match(answer, /could not be reached in Teams/);
      assert.match(answer, /aka\.ms/, 'the link stands there to be read out');
    });
  }

  it('a caller who is reached later after all: the card says only that', async () => {
    await open();
    helpdesk.teams.faults.set(LENA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    await callBack(helpdesk);
    assert.match(words(helpdesk.card(TESS)), /The caller could not be reached/);
    helpdesk.teams.faults.set(LENA.id, null);
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    const answer = words(helpdesk.card(TESS));
    assert.match(answer, /The caller was sent a message in Teams/);
    assert.doesNotMatch(answer, /The caller could not be reached/);
  });

  it('a manager who cannot be reached stops nothing, and the technician reads it', async () => {
    await open();
    helpdesk.teams.faults.set(MARA.id, { kind: 'bad-gateway', on: 'any', times: null, retryAfterSeconds: 1 });
    await issueByCallback(helpdesk);
    const [answer] = await written(helpdesk, 'notice.manager.outcome');
    assert.equal(answer?.detail['outcome'], 'not delivered: unreachable');
    assert.match(words(helpdesk.card(TESS)), /manager could not be reached/);
    assert.equal(helpdesk.livePasses(), 1);
  });

  it('"link NAME" sends the link without opening a case, and says so; when it does not arrive, the technician reads it out', async () => {
    await open();
    const sent = await helpdesk.says(TESS, 'link Lena Hartmann');
    assert.match(words(sent), /sent to them in Teams/);
    assert.ok(JSON.stringify(helpdesk.messages(LENA)).includes('https://aka.ms/sspr'));
    assert.equal((await written(helpdesk, 'case.opened')).length, 0);
    const [pushed] = await written(helpdesk, 'link.push.outcome');
    assert.deepEqual([pushed?.about, pushed?.detail['outcome']], [LENA.id, 'delivered']);

    helpdesk.teams.faults.set(LENA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    const unsent = await helpdesk.says(TESS, 'link lena.hartmann@fernhill.example');
    assert.match(words(unsent), /Read out the link[^]*could not be reached/);
    const nobody = await helpdesk.says(TESS, 'link Zyx Nobody');
    assert.match(words(nobody), /Nobody found/);
    const managersCard = await helpdesk.says(MARA, 'link Lena Hartmann');
    assert.doesNotMatch(words(managersCard), /Hartmann|sent to them/, 'and only the helpdesk can');
  });
});
