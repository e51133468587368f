/**
 * Callers are notified in Teams where that is possible. Where it is not, the technician sees it at once.
 */
import { LENA, SOFIA, TESS } from './people.ts';
import { endsClean, needsProof, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** Lena never had the app, and Sofia has blocked the bot. */
export async function callerHasNoApp(runner: Runner): Promise<void> {
  await runner.teamsOf(LENA, 'Lena Hartmann never had Hardline in Teams.', 'no-app');
  await needsProof(runner, LENA);
  await runner.ledgerGets('notice.caller.outcome', { outcome: 'delivered' });
  runner.expect((await runner.reachOf(LENA)) === 'has-app', 'the app was installed for Lena, through Graph');
  const notice = wordsOn(await runner.cardWith(LENA, 'not-me'));
  runner.expect(/Did you just call the helpdesk/.test(notice), 'and Lena was notified that a recovery was started');
  await runner.cardMoves(TESS, 'Tess’s card says that Lena was notified', (card) =>
    /was sent a message in Teams/.test(wordsOn(card)),
  );

  await runner.teamsOf(SOFIA, 'Sofia Rossi has blocked the bot in Teams, and forgot the password too.', 'blocked');
  await runner.writes(TESS, 'Sofia Rossi is locked out');
  const card = await runner.cardWith(TESS, 'tick-methods');
  const choices = card.inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
  const two = choices.slice(0, 2).map(({ value }) => value);
  await runner.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  const pushed = await runner.ledgerGets('link.push.outcome', { outcome: 'not delivered: blocked' });
  runner.expect(pushed.about === SOFIA.id, 'the ledger says that the message was not delivered');
  const unreached = await runner.cardMoves(TESS, 'Tess’s card says that Sofia cannot be reached', (card) =>
    /could not be reached in Teams/.test(wordsOn(card)),
  );
  runner.expect(/aka\.ms\/sspr/.test(wordsOn(unreached)), 'and has the text to read out');
  await endsClean(runner);
}
