/**
 * The owner of the account is at her desk while somebody else is on the phone with the helpdesk.
 */
import { ADA, LENA, TESS } from './cast.ts';
import { endsClean, isProven, wordsOn } from './moves.ts';
import type { Stage } from './stage.ts';

/** How long Microsoft takes to make the pass: time enough to press a button. */
const SLOW_MS = 1500;

/** "This was not me", pressed while the pass is being made: whoever is first, no pass is alive at the end. */
export async function thisWasNotMe(stage: Stage): Promise<void> {
  stage.tell('Somebody who says that she is Lena Hartmann calls. They know a lot about her.');
  await isProven(stage, 'Tess hangs up and dials. They have had the number forwarded: the same voice answers.');
  const notice = wordsOn(await stage.cardWith(LENA, 'not-me'));
  stage.expect(/Did you just call the helpdesk/.test(notice), 'the real Lena reads at her desk that a recovery runs');
  await stage.tenantIs('Microsoft is slow today.', 'fault', {
    ...{ kind: 'delay', does: 'at-once', ms: SLOW_MS, times: 1 },
    ...{ method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' },
  });
  const issuing = stage.presses(TESS, 'issue-pass');
  await stage.ledgerGets('pass.create.intent');
  stage.tell('The pass is being made. Lena presses the button now.');
  await stage.presses(LENA, 'not-me');
  await issuing;

  stage.expect((await stage.codeSeenBy(TESS)) === null, 'no pass is shown');
  await stage.ledgerGets('pass.delete.outcome', { outcome: 'gone' });
  const left = (await stage.tenantState()).passes.filter(({ user }) => user === LENA.id);
  stage.expect(left.length === 0, 'no pass is left in the tenant');
  await stage.ledgerGets('sessions.end.outcome', { outcome: 'ended' });
  await stage.ledgerGets('alarm.leads.outcome');
  const alarm = await stage.cardMoves(ADA, 'the lead is alarmed', (card) => /Alarm/.test(card.headline));
  stage.expect(/This was not me/.test(alarm.headline), 'and reads why');
  await stage.cardMoves(TESS, 'Tess’s card says so by itself', (card) => card.buttons.length === 0);
  stage.expect(/We stopped it/.test(wordsOn(await stage.card(LENA))), 'Lena reads that it was stopped');

  stage.tell('The same voice calls again, five minutes later.');
  await stage.says(TESS, 'Lena Hartmann is locked out');
  const again = await stage.ledgerGets('case.opened', { to: 'closed' });
  stage.expect(again.about === LENA.id, 'the case is closed as it opens');
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'for a day no pass is given for her');
  await endsClean(stage);
}
