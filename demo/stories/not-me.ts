/**
 * The owner of the account is at work while somebody else is on the phone with the helpdesk, using their name.
 */
import { ADA, LENA, TESS } from './people.ts';
import { endsClean, isProven, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** How long Microsoft takes to create the pass: enough time to press a button. */
const SLOW_MS = 1500;

/** "This was not me" is pressed while the pass is being created. Whichever comes first, no pass is left at the end. */
export async function thisWasNotMe(runner: Runner): Promise<void> {
  runner.narrate('Somebody calls and claims to be Lena Hartmann. They know a lot about Lena.');
  await isProven(runner, 'Tess hangs up and dials. The attacker has forwarded the number: the same voice answers.');
  const notice = wordsOn(await runner.cardWith(LENA, 'not-me'));
  runner.expect(
    /Did you just call the helpdesk/.test(notice),
    'the real Lena, at work, is notified that a recovery was started',
  );
  await runner.tenantIs('Microsoft is slow today.', 'fault', {
    ...{ kind: 'delay', does: 'at-once', ms: SLOW_MS, times: 1 },
    ...{ method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' },
  });
  const issuing = runner.presses(TESS, 'issue-pass');
  await runner.ledgerGets('pass.create.intent');
  runner.narrate('The pass is being created. Now Lena presses the button.');
  await runner.presses(LENA, 'not-me');
  await issuing;

  runner.expect((await runner.codeSeenBy(TESS)) === null, 'no pass is shown');
  await runner.ledgerGets('pass.delete.outcome', { outcome: 'gone' });
  const left = (await runner.tenantState()).passes.filter(({ user }) => user === LENA.id);
  runner.expect(left.length === 0, 'no pass is left in the tenant');
  await runner.ledgerGets('sessions.end.outcome', { outcome: 'ended' });
  await runner.ledgerGets('alarm.leads.outcome');
  const alarm = await runner.cardMoves(ADA, 'the lead gets an alarm', (card) => /Alarm/.test(card.headline));
  runner.expect(/This was not me/.test(alarm.headline), 'and the alarm says why');
  await runner.cardMoves(TESS, 'Tess’s card is updated by itself', (card) => card.buttons.length === 0);
  runner.expect(/The case was stopped/.test(wordsOn(await runner.card(LENA))), 'Lena is told that it was stopped');

  runner.narrate('Five minutes later, the same voice calls again.');
  await runner.writes(TESS, 'Lena Hartmann is locked out');
  const again = await runner.ledgerGets('case.opened', { to: 'closed' });
  runner.expect(again.about === LENA.id, 'the case is closed as soon as it is opened');
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'for a day, no pass is issued for Lena');
  await endsClean(runner);
}
