/**
 * Steps that several stories share. Each does what people really do, in the same order, without skipping a card.
 */
import type { ReadCard } from './card-reading.ts';
import type { Actor, Runner } from './runner.ts';
import { LENA, TESS } from './people.ts';

/** Asks for the manual reset, is refused, opens the lockout procedure. */
export async function opensProcedure(runner: Runner, caller: Actor): Promise<void> {
  await runner.says(TESS, `reset the password of ${caller.name}`);
  await runner.cardWith(TESS, 'open-lockout');
  runner.expect(true, 'the manual reset is refused, and the procedure is offered');
  await runner.presses(TESS, 'open-lockout');
}

/** The phone is at home: nothing is at hand, so the way leads over a callback. Up to the number being dialed. */
export async function dialsTheOffice(runner: Runner): Promise<void> {
  runner.tell('Tess asks what Lena has with her. The phone with the app lies at home. Nothing is ticked.');
  await runner.presses(TESS, 'tick-methods');
  const proof = await runner.cardWith(TESS, 'choose-callback');
  const numbers = proof.inputs.find((input) => input.id === 'number');
  const office = numbers?.choices[0];
  runner.expect(office !== undefined, 'the office number on record is offered');
  await runner.presses(TESS, 'choose-callback', { fill: { number: office?.value ?? '' } });
}

/** Who answers at the number on record, as the narrator tells it. */
const LENA_ANSWERS = 'Tess hangs up and dials. Lena answers at her desk.';

/** Somebody answers at the number on record, and Tess is sure that it is Lena. */
export async function isProven(runner: Runner, whoAnswers = LENA_ANSWERS): Promise<void> {
  await opensProcedure(runner, LENA);
  await dialsTheOffice(runner);
  runner.tell(whoAnswers);
  await runner.presses(TESS, 'record-callback', { with: { outcome: 'answered-by-caller' } });
  await runner.cardWith(TESS, 'issue-pass');
  runner.expect(true, 'the callback is proof, and a pass may be issued');
}

/** What must be true after every story: nobody tried to set a password, and the ledger is whole. */
export async function endsClean(runner: Runner): Promise<void> {
  const { forbiddenAttempts } = await runner.tenantState();
  runner.expect(forbiddenAttempts === 0, 'nobody tried to set a password');
  const { intact, says } = await runner.verifyLedger();
  runner.expect(intact, `the ledger verifies: ${says}`);
}

/** How many passes were asked for in the tenant. */
export async function passesAskedFor(runner: Runner): Promise<number> {
  const requests = await runner.journal();
  return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/temporaryAccessPassMethods'))
    .length;
}

/** The case is open, and nothing is at hand: a proof is needed. */
export async function needsProof(runner: Runner, caller: Actor): Promise<void> {
  await opensProcedure(runner, caller);
  await runner.presses(TESS, 'tick-methods');
  await runner.cardWith(TESS, 'seen-in-person');
}

/** Somebody is asked to decide, and does, with a reason. */
export async function decides(
  runner: Runner,
  approver: Actor,
  decision: 'approve' | 'deny',
  reason: string,
): Promise<void> {
  await runner.presses(approver, 'decide-approval', { with: { decision }, fill: { reason } });
}

/** Everything on a card, as one text. */
export function wordsOn({ headline, lines }: ReadCard): string {
  return [headline, ...lines].join('\n');
}
