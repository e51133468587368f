/**
 * The owner of the account is at her desk while somebody else is on the phone with the helpdesk.
 */
import { ADA, LENA, TESS } from './people.ts';
import { endsClean, isProven, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** How long Microsoft takes to make the pass: time enough to press a button. */
const SLOW_MS = 1500;

/** "This was not me", pressed while the pass is being made: whoever is first, no pass is alive at the end. */
export async function thisWasNotMe(runner: Runner): Promise<void> {
  runner.tell('Somebody who says that she is Lena Hartmann calls. They know a lot about her.');
  await isProven(runner, 'Tess hangs up and dials. They have had the number forwarded: the same voice answers.');
  const notice = wordsOn(await runner.cardWith(LENA, 'not-me'));
  runner.expect(/Did you just call the helpdesk/.test(notice), 'the real Lena reads at her desk that a recovery runs');
  await runner.tenantIs('Microsoft is slow today.', 'fault', {
    ...{ kind: 'delay', does: 'at-once', ms: SLOW_MS, times: 1 },
    ...{ method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' },
  });
  const issuing = runner.presses(TESS, 'issue-pass');
  await runner.ledgerGets('pass.create.intent');
  runner.tell('The pass is being made. Lena presses the button now.');
  await runner.presses(LENA, 'not-me');
  await issuing;

  runner.expect((await runner.codeSeenBy(TESS)) === null, 'no pass is shown');
  await runner.ledgerGets('pass.delete.outcome', { outcome: 'gone' });
  const left = (await runner.tenantState()).passes.filter(({ user }) => user === LENA.id);
  runner.expect(left.length === 0, 'no pass is left in the tenant');
  await runner.ledgerGets('sessions.end.outcome', { outcome: 'ended' });
  await runner.ledgerGets('alarm.leads.outcome');
  const alarm = await runner.cardMoves(ADA, 'the lead is alarmed', (card) => /Alarm/.test(card.headline));
  runner.expect(/This was not me/.test(alarm.headline), 'and reads why');
  await runner.cardMoves(TESS, 'Tess’s card says so by itself', (card) => card.buttons.length === 0);
  runner.expect(/The case was stopped/.test(wordsOn(await runner.card(LENA))), 'Lena reads that it was stopped');

  runner.tell('The same voice calls again, five minutes later.');
  await runner.says(TESS, 'Lena Hartmann is locked out');
  const again = await runner.ledgerGets('case.opened', { to: 'closed' });
  runner.expect(again.about === LENA.id, 'the case is closed as it opens');
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'for a day no pass is given for her');
  await endsClean(runner);
}
