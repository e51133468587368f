/**
 * A lead pulls the handbrake: no passes for anybody, until it is off again.
 */
import { ADA, SOFIA, TESS } from './cast.ts';
import { endsClean, isProven, passesAskedFor, wordsOn } from './moves.ts';
import type { Stage } from './stage.ts';

/** Lockdown in the middle of a case: the pass that was a click away is not made. Self-service stays open. Off again. */
export async function lockdown(stage: Stage): Promise<void> {
  await isProven(stage);
  stage.tell('Three helpdesks in town were called by cloned voices this morning. Ada has heard enough.');
  await stage.says(ADA, 'lockdown on calls with cloned voices');
  const mode = await stage.ledgerGets('mode.lockdown');
  stage.expect(mode.actor === ADA.id, 'who switched it is in the ledger');
  await stage.cardMoves(TESS, 'the banner appears on Tess’s open card by itself', (card) =>
    /Lockdown is on/.test(wordsOn(card)),
  );
  await stage.presses(TESS, 'issue-pass');
  await stage.ledgerGets('case.issue-pressed', { to: 'closed' });
  stage.expect((await stage.codeSeenBy(TESS)) === null, 'no pass is shown');
  stage.expect((await passesAskedFor(stage)) === 0, 'no pass was asked for');

  stage.tell('Whoever has two methods at hand still gets back in: that needs no pass.');
  await stage.says(TESS, 'Sofia Rossi is locked out');
  const picture = await stage.cardWith(TESS, 'tick-methods');
  const choices = picture.inputs.find(({ id }) => id === 'atHand')?.choices ?? [];
  const two = choices.slice(0, 2).map(({ value }) => value);
  await stage.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  await stage.ledgerGets('link.push.outcome', { outcome: 'delivered' });
  stage.expect(/aka\.ms\/sspr/.test(JSON.stringify(await stage.cards(SOFIA))), 'Sofia has the link');

  stage.tell('A technician cannot lift it.');
  await stage.says(TESS, 'lockdown off');
  await stage.says(TESS, 'mode');
  stage.expect(/Lockdown is on/.test((await stage.card(TESS)).headline), 'it stays on');

  stage.tell('In the afternoon Ada takes it back.');
  await stage.says(ADA, 'lockdown off all clear');
  await stage.ledgerGets('mode.normal');
  await stage.says(TESS, 'case 2');
  stage.expect(!/Lockdown/.test(wordsOn(await stage.card(TESS))), 'the banner is gone');
  await endsClean(stage);
}
