/**
 * The caller hears of it in Teams, where that is possible; and where it is not, the technician knows at once.
 */
import { LENA, SOFIA, TESS } from './cast.ts';
import { endsClean, needsProof, wordsOn } from './moves.ts';
import type { Stage } from './stage.ts';

/** Lena never had the app, and Sofia has blocked the bot. */
export async function callerHasNoApp(stage: Stage): Promise<void> {
  await stage.teamsOf(LENA, 'Lena Hartmann never had Hardline in Teams.', 'no-app');
  await needsProof(stage, LENA);
  await stage.ledgerGets('notice.caller.outcome', { outcome: 'delivered' });
  stage.expect((await stage.reachOf(LENA)) === 'has-app', 'the app was installed for her, through Graph');
  const notice = wordsOn(await stage.cardWith(LENA, 'not-me'));
  stage.expect(/Did you just call the helpdesk/.test(notice), 'and she was told that a recovery runs');
  await stage.cardMoves(TESS, 'Tess’s card says that Lena was told', (card) =>
    /got a message in Teams/.test(wordsOn(card)),
  );

  await stage.teamsOf(SOFIA, 'Sofia Rossi has blocked the bot in Teams. She forgot her password, too.', 'blocked');
  await stage.says(TESS, 'Sofia Rossi is locked out');
  const picture = await stage.cardWith(TESS, 'tick-methods');
  const choices = picture.inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
  const two = choices.slice(0, 2).map(({ value }) => value);
  await stage.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  const pushed = await stage.ledgerGets('link.push.outcome', { outcome: 'not delivered: blocked' });
  stage.expect(pushed.about === SOFIA.id, 'nothing is claimed delivered that was not');
  const told = await stage.cardMoves(TESS, 'Tess’s card says that Sofia cannot be reached', (card) =>
    /could not be reached in Teams/.test(wordsOn(card)),
  );
  stage.expect(/aka\.ms\/sspr/.test(wordsOn(told)), 'and has the words to read out');
  await endsClean(stage);
}
