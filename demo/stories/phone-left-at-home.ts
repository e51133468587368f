/**
 * The main job: the phone with the app lies at home, the caller is proven by a callback, gets a pass, and resets by herself.
 */
import { LENA, TESS } from './cast.ts';
import { endsClean, isProven, passesAskedFor } from './moves.ts';
import type { ReadCard } from './card-reading.ts';
import type { Stage } from './stage.ts';

/** Plays it. */
export async function phoneLeftAtHome(stage: Stage): Promise<void> {
  stage.tell('Lena Hartmann calls. She cannot sign in, and she left her phone at home.');
  await isProven(stage);

  await stage.presses(TESS, 'issue-pass');
  const code = await stage.codeSeenBy(TESS);
  stage.expect(code !== null, 'the pass is shown to Tess in the answer to her click');
  stage.expect((await stage.codeSeenBy(LENA)) === null, 'the pass is in no message to Lena');
  stage.expect((await passesAskedFor(stage)) === 1, 'one pass was asked for');

  stage.tell('Tess reads the pass out to Lena, who is still on the phone at her desk.');
  await stage.presses(TESS, 'pass-read-out');
  stage.expect((await stage.codeSeenBy(TESS)) === null, 'once read out, the pass is on no card any more');

  const signedIn = await stage.atMicrosoft(LENA, 'signs in with the pass', 'signIn', {
    upn: LENA.upn,
    pass: code ?? '',
  });
  stage.expect(signedIn['signedIn'] === true, 'the sign-in page takes the pass');
  const register = (words: string, method: object): Promise<unknown> =>
    stage.atMicrosoft(LENA, words, 'registerMethod', { user: LENA.id, method });
  await register('registers the app on a spare phone at aka.ms/mysecurityinfo', {
    ...{ kind: 'authenticator', displayName: 'Spare phone', created: 'now' },
  });
  await stage.cardMoves(TESS, 'Hardline notices the new method by itself', (card) => {
    return card.lines.some((line) => line.includes('Spare phone'));
  });
  await register('adds her private e-mail address, since her company asks for two methods', {
    ...{ kind: 'email', emailAddress: 'lena@home.example', created: 'now' },
  });
  await stage.cardMoves(TESS, 'two methods are there, and the reset page can open', (card) => {
    return card.buttons.every(({ verb }) => verb !== 'pass-read-out') && !listsMethods(card);
  });
  await stage.ledgerGets('link.push.outcome');

  await stage.atMicrosoft(LENA, 'enters her user ID at aka.ms/sspr and begins verification', 'selfService', {
    user: LENA.id,
    outcome: 'in-progress',
  });
  await stage.atMicrosoft(LENA, 'sets a new password by herself', 'selfService', { user: LENA.id, outcome: 'success' });
  const isClosed = (card: ReadCard): boolean => card.buttons.length === 0;
  const closed = await stage.cardMoves(TESS, 'Hardline follows the reset, deletes the pass, closes the case', isClosed);
  const closing = await stage.ledgerGets('pass.delete.outcome');
  stage.expect(closing.detail['outcome'] === 'gone', 'the pass is deleted');
  const entries = await stage.ledger();
  const resolved = entries.some(({ detail }) => detail['to'] === 'closed' && detail['outcome'] === 'resolved');
  stage.expect(resolved, `the case is closed as resolved: ${closed.headline}`);
  const usable = (await stage.tenantState()).passes.filter(({ user }) => user === LENA.id);
  stage.expect(usable.length === 0, 'no pass is left in the tenant');
  await endsClean(stage);
}

/** While methods are awaited, the card lists the new ones; the card of the reset page does not. */
function listsMethods(card: ReadCard): boolean {
  return card.lines.some((line) => line.includes('Spare phone'));
}
