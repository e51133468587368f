/**
 * The caller reads out an error, and the technician does not have to know Microsoft's error numbers by heart.
 */
import { LENA, TESS } from './people.ts';
import { endsClean, passesAskedFor, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** SSPR_0014: the cause, the allowed fix, and the button to the next step. */
export async function readOutAnError(runner: Runner): Promise<void> {
  runner.tell('Lena Hartmann is at aka.ms/sspr and reads out what it says: SSPR_0014.');
  await runner.says(TESS, 'Lena Hartmann gets SSPR_0014');
  const card = await runner.cardWith(TESS, 'open-lockout');
  runner.expect(/SSPR_0014/.test(wordsOn(card)), 'the card is about that error');
  runner.expect(/method/i.test(card.headline), `in plain words: ${card.headline}`);
  runner.expect(!/set .*password|reset .*by hand/i.test(wordsOn(card)), 'and no fix is a manual reset');
  await runner.presses(TESS, 'open-lockout');
  await runner.cardWith(TESS, 'tick-methods');
  const opened = await runner.ledgerGets('case.opened');
  runner.expect(opened.about === LENA.id, 'one press leads into the procedure, for the right person');

  runner.tell('The page also said “contact your administrator”, and Lena asks for just that.');
  await runner.says(TESS, 'the page says contact your administrator, so reset the password of Lena Hartmann');
  runner.expect(
    (await runner.ledger()).some(({ code }) => code === 'request.refused'),
    'that is refused all the same',
  );
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was asked for');
  await endsClean(runner);
}
