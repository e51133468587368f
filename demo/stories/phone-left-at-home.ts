/**
 * The main story: the caller left the phone with the app at home, is verified by a callback, gets a pass, and resets
 * their own password.
 */
import { LENA, TESS } from './people.ts';
import { endsClean, isProven, passesAskedFor } from './steps.ts';
import type { ReadCard } from './card-reading.ts';
import type { Runner } from './runner.ts';

/** From the refused manual reset to the closed case. */
export async function phoneLeftAtHome(runner: Runner): Promise<void> {
  runner.narrate('Lena Hartmann calls. They cannot sign in, and they left their phone at home.');
  await isProven(runner);

  await runner.presses(TESS, 'issue-pass');
  const code = await runner.codeSeenBy(TESS);
  runner.expect(code !== null, 'the pass is shown to Tess in the answer to their click');
  runner.expect((await runner.codeSeenBy(LENA)) === null, 'the pass is in no message to Lena');
  runner.expect((await passesAskedFor(runner)) === 1, 'one pass was requested');

  runner.narrate('Tess reads the pass out to Lena, who is still on the phone.');
  await runner.presses(TESS, 'pass-read-out');
  runner.expect((await runner.codeSeenBy(TESS)) === null, 'once it is read out, no card shows the pass any more');

  const signedIn = await runner.atMicrosoft(LENA, 'signs in with the pass', 'signIn', {
    upn: LENA.upn,
    pass: code ?? '',
  });
  runner.expect(signedIn['signedIn'] === true, 'the sign-in page accepts the pass');
  const register = (words: string, method: object): Promise<unknown> =>
    runner.atMicrosoft(LENA, words, 'registerMethod', { user: LENA.id, method });
  await register('registers the app on a spare phone at aka.ms/mysecurityinfo', {
    ...{ kind: 'authenticator', displayName: 'Spare phone', created: 'now' },
  });
  await runner.cardMoves(TESS, 'Hardline notices the new method by itself', (card) => {
    return card.lines.some((line) => line.includes('Spare phone'));
  });
  await register('adds a private e-mail address, because the company asks for two methods', {
    ...{ kind: 'email', emailAddress: 'lena@home.example', created: 'now' },
  });
  await runner.cardMoves(TESS, 'two methods are registered, and the reset page can be used', (card) => {
    return card.buttons.every(({ verb }) => verb !== 'pass-read-out') && !listsMethods(card);
  });
  await runner.ledgerGets('link.push.outcome');

  await runner.atMicrosoft(LENA, 'enters the user ID at aka.ms/sspr and starts the verification', 'selfService', {
    user: LENA.id,
    outcome: 'in-progress',
  });
  await runner.atMicrosoft(LENA, 'sets a new password', 'selfService', {
    user: LENA.id,
    outcome: 'success',
  });
  const isClosed = (card: ReadCard): boolean => card.buttons.length === 0;
  const closed = await runner.cardMoves(
    TESS,
    'Hardline sees the reset, deletes the pass and closes the case',
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

/** While Hardline waits for methods, the card lists the new ones. The card about the reset page does not. */
function listsMethods(card: ReadCard): boolean {
  return card.lines.some((line) => line.includes('Spare phone'));
}
