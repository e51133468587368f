import assert from 'node:assert/strict';
import { CATALOG_ID, LENA, MARA, openHelpdesk, SOFIA, TESS, type Helpdesk, type HelpdeskOptions } from './helpdesk.ts';
import { callBack, cards, headlines, issueByCallback, sees, toProof, words, written } from './steps.ts';

const INSTALL = { method: 'POST', path: '/v1.0/users/*/teamwork/installedApps' } as const;
const WITHOUT_LENA: HelpdeskOptions = { withoutApp: [LENA.id] };
const MAY_INSTALL: HelpdeskOptions = { ...WITHOUT_LENA, environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } };

describe('Pushing messages to people', () => {
  let desk: Helpdesk;
  const open = async (options: HelpdeskOptions = {}): Promise<void> => {
    desk = await openHelpdesk(options);
  };
  afterEach(() => desk.close());

  const toldLena = async (): Promise<unknown> => (await written(desk, 'notice.caller.outcome'))[0]?.detail['outcome'];
  const installs = (): number =>
    desk.tenant.control.journal().filter((one) => one.method === INSTALL.method && one.path.endsWith('/installedApps'))
      .length;

  it('a caller without the app gets it through Graph, and then the notice, once', async () => {
    await open(MAY_INSTALL);
    assert.deepEqual(cards(desk, LENA), []);
    await toProof(desk);
    assert.equal(installs(), 1);
    assert.equal(await toldLena(), 'delivered');
    const notices = headlines(desk, LENA).filter((headline) => headline === 'Did you just call the helpdesk?');
    assert.equal(notices.length, 1);
    assert.match(words(desk.card(TESS)), /The caller got a message in Teams/);
    await desk.presses(LENA, 'not-me');
    assert.match(desk.card(TESS).headline, /Handed over/, 'and their button works');
  });

  it('a caller who removed the app gets it back, and the notice in the chat known from before', async () => {
    await open({ environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } });
    await fetch(`${desk.teams.origin}/teams/chats/${LENA.id}/installation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'remove' }),
    });
    await toProof(desk);
    assert.equal(await toldLena(), 'delivered');
    assert.equal(headlines(desk, LENA).filter((headline) => headline.startsWith('Did you just')).length, 1);
  });

  it('Teams needs a moment after the installation: the notice is tried until the chat takes it, and arrives once', async () => {
    await open({ environment: { HARDLINE_TEAMS_CATALOG_ID: CATALOG_ID } });
    desk.teams.faults.set(LENA.id, { kind: 'not-installed', on: 'send', times: 4, retryAfterSeconds: 1 });
    await toProof(desk);
    assert.equal(installs(), 1);
    assert.equal(await toldLena(), 'delivered');
    assert.equal(headlines(desk, LENA).filter((headline) => headline.startsWith('Did you just')).length, 1);
  });

  it('where the bot may not install itself, the technician is told to read everything out, and the case goes on', async () => {
    await open(MAY_INSTALL);
    desk.tenant.control.permissions({ revoke: ['TeamsAppInstallation.ReadWriteSelfForUser.All'] });
    await toProof(desk);
    assert.equal(await toldLena(), 'not delivered: not-installed');
    assert.match(words(desk.card(TESS)), /could not be reached in Teams[^]*Read everything out/);
    assert.doesNotMatch(words(desk.card(TESS)), /The caller got a message/);
    assert.ok(sees(desk, TESS, 'choose-callback'));
  });

  it('without a catalog id nothing is installed for anybody', async () => {
    await open(WITHOUT_LENA);
    await toProof(desk);
    assert.equal(installs(), 0);
    assert.equal(await toldLena(), 'not delivered: not-installed');
  });

  it('an installation that Graph accepts and Teams never tells of is given up after a few seconds', async () => {
    await open(MAY_INSTALL);
    desk.teams.faults.set(LENA.id, { kind: 'not-installed', on: 'any', times: null, retryAfterSeconds: 1 });
    await toProof(desk);
    assert.equal(installs(), 1, 'asked once');
    assert.equal(await toldLena(), 'not delivered: not-installed');
    assert.ok(sees(desk, TESS, 'choose-callback'));
  });

  for (const [kind, why] of [
    ['blocked-by-user', 'blocked'],
    ['disabled-by-admin', 'blocked'],
    ['conversation-not-found', 'not-installed'],
    ['service-error', 'unreachable'],
  ] as const) {
    it(`a caller whose Teams answers "${kind}" counts as not reached, for the link as for the notice`, async () => {
      await open();
      desk.teams.faults.set(SOFIA.id, { kind, on: 'any', times: null, retryAfterSeconds: 1 });
      const before = desk.messages(SOFIA).length;
      await desk.says(TESS, 'Sofia Rossi is locked out');
      const refs =
        desk
          .card(TESS)
          .inputs.find(({ id }) => id === 'atHand')
          ?.choices.map(({ value }) => value) ?? [];
      await desk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
      const [pushed] = await written(desk, 'link.push.outcome');
      assert.equal(pushed?.detail['outcome'], `not delivered: ${why}`);
      assert.equal(desk.messages(SOFIA).length, before);
      const told = words(desk.card(TESS));
      assert.match(told, /could not be reached in Teams/);
      assert.match(told, /aka\.ms/, 'the link stands there to be read out');
    });
  }

  it('reached again later: the card says so, and not both', async () => {
    await open();
    desk.teams.faults.set(LENA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    await callBack(desk);
    assert.match(words(desk.card(TESS)), /The caller could not be reached/);
    desk.teams.faults.set(LENA.id, null);
    await desk.presses(TESS, 'issue-pass');
    await desk.presses(TESS, 'pass-read-out');
    const told = words(desk.card(TESS));
    assert.match(told, /The caller got a message in Teams/);
    assert.doesNotMatch(told, /The caller could not be reached/);
  });

  it('a manager who cannot be reached stops nothing, and the technician reads of it', async () => {
    await open();
    desk.teams.faults.set(MARA.id, { kind: 'bad-gateway', on: 'any', times: null, retryAfterSeconds: 1 });
    await issueByCallback(desk);
    const [told] = await written(desk, 'notice.manager.outcome');
    assert.equal(told?.detail['outcome'], 'not delivered: unreachable');
    assert.match(words(desk.card(TESS)), /manager could not be reached/);
    assert.equal(desk.livePasses(), 1);
  });

  it('"link NAME" sends the link without opening a case, and says so; where it does not arrive it is to be read out', async () => {
    await open();
    const sent = await desk.says(TESS, 'link Lena Hartmann');
    assert.match(words(sent), /sent to them in Teams/);
    assert.ok(JSON.stringify(desk.messages(LENA)).includes('https://aka.ms/sspr'));
    assert.equal((await written(desk, 'case.opened')).length, 0);
    const [pushed] = await written(desk, 'link.push.outcome');
    assert.deepEqual([pushed?.about, pushed?.detail['outcome']], [LENA.id, 'delivered']);

    desk.teams.faults.set(LENA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    const unsent = await desk.says(TESS, 'link lena.hartmann@fernhill.example');
    assert.match(words(unsent), /Read out the link[^]*could not be reached/);
    const nobody = await desk.says(TESS, 'link Zyx Nobody');
    assert.match(words(nobody), /Nobody found/);
    const outsider = await desk.says(MARA, 'link Lena Hartmann');
    assert.doesNotMatch(words(outsider), /Hartmann|sent to them/, 'and only the helpdesk can');
  });
});
