/**
 * The caller reads an error out, and the technician need not know Microsoft's numbers by heart.
 */
import { LENA, TESS } from './cast.ts';
import { endsClean, passesAskedFor, wordsOn } from './moves.ts';
import type { Stage } from './stage.ts';

/** SSPR_0014: the cause, the allowed fix, and the button to the next step. */
export async function readOutAnError(stage: Stage): Promise<void> {
  stage.tell('Lena Hartmann is at aka.ms/sspr and reads out what it says: SSPR_0014.');
  await stage.says(TESS, 'Lena Hartmann gets SSPR_0014');
  const card = await stage.cardWith(TESS, 'open-lockout');
  stage.expect(/SSPR_0014/.test(wordsOn(card)), 'the card is about that error');
  stage.expect(/method/i.test(card.headline), `in plain words: ${card.headline}`);
  stage.expect(!/set .*password|reset .*by hand/i.test(wordsOn(card)), 'and no fix is a manual reset');
  await stage.presses(TESS, 'open-lockout');
  await stage.cardWith(TESS, 'tick-methods');
  const opened = await stage.ledgerGets('case.opened');
  stage.expect(opened.about === LENA.id, 'one press leads into the procedure, for the right person');

  stage.tell('The page also said “contact your administrator”, and Lena asks for just that.');
  await stage.says(TESS, 'the page says contact your administrator, so reset the password of Lena Hartmann');
  stage.expect(
    (await stage.ledger()).some(({ code }) => code === 'request.refused'),
    'that is refused all the same',
  );
  stage.expect((await passesAskedFor(stage)) === 0, 'no pass was asked for');
  await endsClean(stage);
}
