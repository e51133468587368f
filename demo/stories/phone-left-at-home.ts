/**
 * The main story: the caller left the phone with the app at home, is verified by a callback, gets a pass, and resets
 * their own password.
 */
import { LENA, TESS } from './people.ts';
import { endsClean, isProven, passesAskedFor } from './steps.ts';
import type { ReadCard } from './card-reading.ts';
import type { Runner } from './runner.ts';

/** Plays it. */
export async function phoneLeftAtHome(runner: Runner): Promise<void> {
  runner.tell('Lena Hartmann calls. She cannot sign in, and she left her phone at home.');
  await isProven(runner);

  await runner.presses(TESS, 'issue-pass');
  const code = await runner.codeSeenBy(TESS);
  runner.expect(code !== null, 'the pass is shown to Tess in the answer to her click');
  runner.expect((await runner.codeSeenBy(LENA)) === null, 'the pass is in no message to Lena');
  runner.expect((await passesAskedFor(runner)) === 1, 'one pass was asked for');

  runner.tell('Tess reads the pass out to Lena, who is still on the phone at her desk.');
  await runner.presses(TESS, 'pass-read-out');
  runner.expect((await runner.codeSeenBy(TESS)) === null, 'once read out, the pass is on no card any more');

  const signedIn = await runner.atMicrosoft(LENA, 'signs in with the pass', 'signIn', {
    upn: LENA.upn,
    pass: code ?? '',
  });
  runner.expect(signedIn['signedIn'] === true, 'the sign-in page takes the pass');
  const register = (words: string, method: object): Promise<unknown> =>
    runner.atMicrosoft(LENA, words, 'registerMethod', { user: LENA.id, method });
  await register('registers the app on a spare phone at aka.ms/mysecurityinfo', {
    ...{ kind: 'authenticator', displayName: 'Spare phone', created: 'now' },
  });
  await runner.cardMoves(TESS, 'Hardline notices the new method by itself', (card) => {
    return card.lines.some((line) => line.includes('Spare phone'));
  });
  await register('adds her private e-mail address, since her company asks for two methods', {
    ...{ kind: 'email', emailAddress: 'lena@home.example', created: 'now' },
  });
  await runner.cardMoves(TESS, 'two methods are there, and the reset page can open', (card) => {
    return card.buttons.every(({ verb }) => verb !== 'pass-read-out') && !listsMethods(card);
  });
  await runner.ledgerGets('link.push.outcome');

  await runner.atMicrosoft(LENA, 'enters her user ID at aka.ms/sspr and begins verification', 'selfService', {
    user: LENA.id,
    outcome: 'in-progress',
  });
  await runner.atMicrosoft(LENA, 'sets a new password by herself', 'selfService', {
    user: LENA.id,
    outcome: 'success',
  });
  const isClosed = (card: ReadCard): boolean => card.buttons.length === 0;
  const closed = await runner.cardMoves(
    TESS,
    'Hardline follows the reset, deletes the pass, closes the case',
    isClosed,
  );
  const closing = await runner.ledgerGets('pass.delete.outcome');
  runner.expect(closing.detail['outcome'] === 'gone', 'the pass is deleted');
  const entries = await runner.ledger();
  const resolved = entries.some(({ detail }) => detail['to'] === 'closed' && detail['outcome'] === 'resolved');
  runner.expect(resolved, `the case is closed as resolved: ${closed.headline}`);
  const usable = (await runner.tenantState()).passes.filter(({ user }) => user === LENA.id);
  runner.expect(usable.length === 0, 'no pass is left in the tenant');
  await endsClean(runner);
}

/** While methods are awaited, the card lists the new ones; the card of the reset page does not. */
function listsMethods(card: ReadCard): boolean {
  return card.lines.some((line) => line.includes('Spare phone'));
}
