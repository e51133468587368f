/**
 * A lead stops all passes in the middle of a case, and allows them again later.
 */
import { ADA, SOFIA, TESS } from './people.ts';
import { endsClean, isProven, passesAskedFor, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** Lockdown in the middle of a case: the pass that was one click away is not created, and self-service still works. */
export async function lockdown(runner: Runner): Promise<void> {
  await isProven(runner);
  runner.narrate('Three helpdesks nearby got calls with cloned voices this morning. Ada turns lockdown on.');
  await runner.writes(ADA, 'lockdown on calls with cloned voices');
  const mode = await runner.ledgerGets('mode.lockdown');
  runner.expect(mode.actor === ADA.id, 'the ledger names who turned it on');
  await runner.cardMoves(TESS, 'the banner appears on Tess’s open card by itself', (card) =>
    /Lockdown is on/.test(wordsOn(card)),
  );
  await runner.presses(TESS, 'issue-pass');
  await runner.ledgerGets('case.issue-pressed', { to: 'closed' });
  runner.expect((await runner.codeSeenBy(TESS)) === null, 'no pass is shown');
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was requested');

  runner.narrate('Callers with two methods at hand can still get back in, because they need no pass.');
  await runner.writes(TESS, 'Sofia Rossi is locked out');
  const card = await runner.cardWith(TESS, 'tick-methods');
  const choices = card.inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
  const two = choices.slice(0, 2).map(({ value }) => value);
  await runner.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  await runner.ledgerGets('link.push.outcome', { outcome: 'delivered' });
  runner.expect(/aka\.ms\/sspr/.test(JSON.stringify(await runner.cards(SOFIA))), 'Sofia has the link');

  runner.narrate('A technician cannot turn it off.');
  await runner.writes(TESS, 'lockdown off');
  await runner.writes(TESS, 'mode');
  runner.expect(/Lockdown is on/.test((await runner.card(TESS)).headline), 'lockdown stays on');

  runner.narrate('In the afternoon Ada turns it off.');
  await runner.writes(ADA, 'lockdown off all clear');
  await runner.ledgerGets('mode.normal');
  await runner.writes(TESS, 'case 2');
  runner.expect(!/Lockdown/.test(wordsOn(await runner.card(TESS))), 'the banner is gone');
  await endsClean(runner);
}
