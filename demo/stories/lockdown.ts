/**
 * A lead stops all passes in the middle of a case, and allows them again later.
 */
import { ADA, SOFIA, TESS } from './people.ts';
import { endsClean, isProven, passesAskedFor, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** Lockdown in the middle of a case: the pass that was a click away is not made. Self-service stays open. Off again. */
export async function lockdown(runner: Runner): Promise<void> {
  await isProven(runner);
  runner.tell('Three helpdesks in town were called by cloned voices this morning. Ada has heard enough.');
  await runner.says(ADA, 'lockdown on calls with cloned voices');
  const mode = await runner.ledgerGets('mode.lockdown');
  runner.expect(mode.actor === ADA.id, 'who switched it is in the ledger');
  await runner.cardMoves(TESS, 'the banner appears on Tess’s open card by itself', (card) =>
    /Lockdown is on/.test(wordsOn(card)),
  );
  await runner.presses(TESS, 'issue-pass');
  await runner.ledgerGets('case.issue-pressed', { to: 'closed' });
  runner.expect((await runner.codeSeenBy(TESS)) === null, 'no pass is shown');
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was asked for');

  runner.tell('Whoever has two methods at hand still gets back in: that needs no pass.');
  await runner.says(TESS, 'Sofia Rossi is locked out');
  const picture = await runner.cardWith(TESS, 'tick-methods');
  const choices = picture.inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
  const two = choices.slice(0, 2).map(({ value }) => value);
  await runner.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  await runner.ledgerGets('link.push.outcome', { outcome: 'delivered' });
  runner.expect(/aka\.ms\/sspr/.test(JSON.stringify(await runner.cards(SOFIA))), 'Sofia has the link');

  runner.tell('A technician cannot lift it.');
  await runner.says(TESS, 'lockdown off');
  await runner.says(TESS, 'mode');
  runner.expect(/Lockdown is on/.test((await runner.card(TESS)).headline), 'it stays on');

  runner.tell('In the afternoon Ada takes it back.');
  await runner.says(ADA, 'lockdown off all clear');
  await runner.ledgerGets('mode.normal');
  await runner.says(TESS, 'case 2');
  runner.expect(!/Lockdown/.test(wordsOn(await runner.card(TESS))), 'the banner is gone');
  await endsClean(runner);
}
