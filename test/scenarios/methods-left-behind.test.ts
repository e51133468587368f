import assert from 'node:assert/strict';
import { ADA, LENA, MARA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { cards, getsTheApp, headlines, issueByCallback, secondLook, toProof, words } from './steps.ts';

const CODE = 'CANARY-left-behind';

describe('The methods that are left behind after "This was not me"', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.says(ADA, 'help'); // a lead, known from here on
    helpdesk.tenant.control.nextPass(CODE);
  });
  afterEach(() => helpdesk.close());

  /** The attacker signs in with the pass and registers their own phone and a passkey. */
  const attackerRegisters = (): void => {
    const { control } = helpdesk.tenant;
    assert.equal(control.signIn({ upn: LENA.userPrincipalName, pass: CODE }).signedIn, true);
    control.registerMethod({ user: LENA.id, method: { kind: 'alternateMobile', phoneNumber: '+44 7700 900199' } });
    control.registerMethod({ user: LENA.id, method: { kind: 'fido2', displayName: 'Key of somebody' } });
  };
  const alarm = (): string => {
    const about = (headline: string): boolean => headline === 'Alarm: look at the sign-in methods';
    const found = cards(helpdesk, ADA).findLast(({ headline }) => about(headline));
    return found === undefined ? '' : words(found);
  };
  const NAMED = /must be removed:[^]*Second mobile phone\W*•••99[^]*Passkey\W*Key of somebody/;

  it('are named to the caller and to the leads as what must be removed, and the case remembers them', async () => {
    await issueByCallback(helpdesk);
    attackerRegisters();
    assert.match(words(await helpdesk.presses(LENA, 'not-me')), NAMED);
    assert.match(alarm(), NAMED);
    assert.doesNotMatch(alarm(), /900199/, 'no number that somebody could dial');
    await secondLook(helpdesk);
    assert.match(words(await helpdesk.says(ADA, 'case 1')), NAMED);
  });

  it('are looked for once more when the pass is gone: one that came meanwhile is named, too', async () => {
    await issueByCallback(helpdesk);
    helpdesk.tenant.control.signIn({ upn: LENA.userPrincipalName, pass: CODE });
    helpdesk.tenant.control.fault({
      ...{ kind: 'status', status: 404, code: 'ResourceNotFound', message: 'Resource not found.' },
      ...{ method: 'DELETE', path: '/**/temporaryAccessPassMethods/*', times: 1 },
    });
    const answer = words(await helpdesk.presses(LENA, 'not-me'));
    assert.match(answer, /No sign-in method was registered after the pass was ordered/);
    assert.equal(alarm(), '');
    helpdesk.tenant.control.signIn({ upn: LENA.userPrincipalName, pass: CODE }); // it lives, and their sessions ended
    helpdesk.tenant.control.registerMethod({ user: LENA.id, method: { kind: 'softwareOath' } });
    await helpdesk.tick();
    await secondLook(helpdesk);
    assert.match(alarm(), /must be removed:[^]*Code app/);
  });

  it('are said to be unread when they could not be read, and named as soon as they can', async () => {
    await issueByCallback(helpdesk);
    attackerRegisters();
    helpdesk.tenant.control.fault({ kind: 'status', status: 403, path: '/**/authentication/methods' });
    const unread = /The sign-in methods could not be read/;
    assert.match(words(await helpdesk.presses(LENA, 'not-me')), unread);
    assert.match(alarm(), unread);
    helpdesk.tenant.control.clearFaults();
    await secondLook(helpdesk);
    assert.match(alarm(), NAMED);
  });

  it('are named for a case that closed before, as well', async () => {
    await issueByCallback(helpdesk);
    attackerRegisters();
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await secondLook(helpdesk);
    assert.match(words(await helpdesk.presses(LENA, 'not-me')), NAMED);
    assert.match(alarm(), NAMED);
  });

  it('are no matter where there was no pass', async () => {
    await toProof(helpdesk);
    assert.doesNotMatch(words(await helpdesk.presses(LENA, 'not-me')), /sign-in method/);
    assert.equal(alarm(), '');
  });

  it('are not told to the manager who pressed it; the leads read them', async () => {
    await issueByCallback(helpdesk);
    attackerRegisters();
    assert.doesNotMatch(words(await helpdesk.presses(MARA, 'not-me')), /Passkey|•••99/);
    assert.match(alarm(), NAMED);
  });

  it('are an alarm of their own: when no lead was reached, both it and the objection are sent again', async () => {
    await helpdesk.close();
    helpdesk = await openHelpdesk({ withoutApp: [ADA.id] });
    helpdesk.tenant.control.nextPass(CODE);
    await issueByCallback(helpdesk);
    attackerRegisters();
    await helpdesk.presses(LENA, 'not-me');
    await getsTheApp(helpdesk, ADA);
    await secondLook(helpdesk);
    assert.match(alarm(), NAMED);
    const objection = headlines(helpdesk, ADA).filter((headline) => /This was not me/.test(headline));
    assert.equal(objection.length, 1, headlines(helpdesk, ADA).join(' | '));
  });
});
