/**
 * The caller reads out an error, and the technician does not have to know Microsoft's error numbers by heart.
 */
import { LENA, TESS } from './people.ts';
import { endsClean, passesAskedFor, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** SSPR_0014: the cause, the allowed fix, and the button to the next step. */
export async function readOutAnError(runner: Runner): Promise<void> {
  runner.narrate('Lena Hartmann is at aka.ms/sspr and reads out the error: SSPR_0014.');
  await runner.writes(TESS, 'Lena Hartmann gets SSPR_0014');
  const card = await runner.cardWith(TESS, 'open-lockout');
  runner.expect(/SSPR_0014/.test(wordsOn(card)), 'the card is about that error');
  runner.expect(/method/i.test(card.headline), `in plain words: ${card.headline}`);
  runner.expect(!/set .*password|reset .*by hand/i.test(wordsOn(card)), 'and none of the fixes is a manual reset');
  await runner.presses(TESS, 'open-lockout');
  await runner.cardWith(TESS, 'tick-methods');
  const opened = await runner.ledgerGets('case.opened');
  runner.expect(opened.about === LENA.id, 'one press opens the procedure for the right person');

  runner.narrate('The page also said “contact your administrator”, and Lena asks for exactly that.');
  await runner.writes(TESS, 'the page says contact your administrator, so reset the password of Lena Hartmann');
  runner.expect(
    (await runner.ledger()).some(({ code }) => code === 'request.refused'),
    'that is refused as well',
  );
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was requested');
  await endsClean(runner);
}
