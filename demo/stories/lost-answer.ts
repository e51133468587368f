/**
 * The answer to the creation of a pass is lost: the pass exists, and nobody has seen it.
 */
import { LENA, TESS } from './people.ts';
import { endsClean, isProven, passesAskedFor } from './steps.ts';
import type { Runner } from './runner.ts';

/** The pass is uncertain, then found and deleted; the case goes on. */
export async function noAnswerFromGraph(runner: Runner): Promise<void> {
  await isProven(runner);
  await runner.tenantIs('The connection to Microsoft breaks at the worst moment.', 'fault', {
    kind: 'answer-lost',
    method: 'POST',
    path: '/v1.0/users/*/authentication/temporaryAccessPassMethods',
    times: 1,
  });
  await runner.presses(TESS, 'issue-pass');
  runner.expect((await runner.codeSeenBy(TESS)) === null, 'no pass is shown');
  await runner.ledgerGets('case.pass-unanswered', { to: 'uncertain-pass' });
  await runner.ledgerGets('case.pass-found');
  await runner.ledgerGets('pass.delete.outcome', { outcome: 'gone' });
  const ready = await runner.cardMoves(
    TESS,
    'the lost pass is found and deleted without anybody seeing it, and the case goes on',
    (card) => card.buttons.some(({ verb }) => verb === 'choose-callback' || verb === 'issue-pass'),
  );
  runner.expect(ready.buttons.length > 0, `the case can go on: ${ready.headline}`);
  const left = (await runner.tenantState()).passes.filter(({ user }) => user === LENA.id);
  runner.expect(left.length === 0, 'no unknown pass is left in the tenant');
  runner.expect((await passesAskedFor(runner)) === 1, 'the lost request was not repeated');
  await endsClean(runner);
}
