/**
 * The answer to the creation of a pass is lost: it exists, and nobody has seen it.
 */
import { LENA, TESS } from './cast.ts';
import { endsClean, isProven, passesAskedFor } from './moves.ts';
import type { Stage } from './stage.ts';

/** Plays it: uncertain, then found, deleted, and settled; the case goes on. */
export async function noAnswerFromGraph(stage: Stage): Promise<void> {
  await isProven(stage);
  await stage.tenantIs('The connection to Microsoft breaks at the worst moment.', 'fault', {
    kind: 'answer-lost',
    method: 'POST',
    path: '/v1.0/users/*/authentication/temporaryAccessPassMethods',
    times: 1,
  });
  await stage.presses(TESS, 'issue-pass');
  stage.expect((await stage.codeSeenBy(TESS)) === null, 'no pass is shown');
  await stage.ledgerGets('case.pass-unanswered', { to: 'uncertain-pass' });
  await stage.ledgerGets('case.pass-found');
  await stage.ledgerGets('pass.delete.outcome', { outcome: 'gone' });
  const ready = await stage.cardMoves(
    TESS,
    'the lost pass is found and deleted, unseen, and the case goes on',
    (card) => card.buttons.some(({ verb }) => verb === 'choose-callback' || verb === 'issue-pass'),
  );
  stage.expect(ready.buttons.length > 0, `the case can go on: ${ready.headline}`);
  const left = (await stage.tenantState()).passes.filter(({ user }) => user === LENA.id);
  stage.expect(left.length === 0, 'no unknown pass is left in the tenant');
  stage.expect((await passesAskedFor(stage)) === 1, 'the lost request was not repeated');
  await endsClean(stage);
}
