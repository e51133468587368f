/**
 * Steps that several stories share. Each does what people really do, in the same order, without skipping a card.
 */
import type { ReadCard } from './card-reading.ts';
import type { Actor, Runner } from './runner.ts';
import { LENA, TESS } from './people.ts';

/** The technician asks for a manual reset, is refused, and opens the lockout procedure. */
export async function opensProcedure(runner: Runner, caller: Actor): Promise<void> {
  await runner.writes(TESS, `reset the password of ${caller.name}`);
  await runner.cardWith(TESS, 'open-lockout');
  runner.expect(true, 'the manual reset is refused, and the procedure is offered');
  await runner.presses(TESS, 'open-lockout');
}

/** The phone is at home and nothing is at hand, so a callback is needed. Ends when the number is being dialed. */
export async function dialsTheOffice(runner: Runner): Promise<void> {
  runner.narrate('Tess asks which methods Lena has at hand. The phone with the app is at home, so Tess ticks nothing.');
  await runner.presses(TESS, 'tick-methods');
  const proof = await runner.cardWith(TESS, 'choose-callback');
  const numbers = proof.inputs.find((input) => input.id === 'number');
  const office = numbers?.choices[0];
  runner.expect(office !== undefined, 'the office number on record is offered');
  await runner.presses(TESS, 'choose-callback', { fill: { number: office?.value ?? '' } });
  await runner.tenantIs('Tess hangs up and dials. It rings for half a minute.', 'clock', { advanceSeconds: 30 });
}

/** Who answers at the number on record. */
const LENA_ANSWERS = 'Tess hangs up and dials. Lena answers in the office.';

/** Somebody answers at the number on record, and Tess is sure that it is Lena. Ends when a pass may be issued. */
export async function isProven(runner: Runner, whoAnswers = LENA_ANSWERS): Promise<void> {
  await opensProcedure(runner, LENA);
  await dialsTheOffice(runner);
  runner.narrate(whoAnswers);
  await runner.presses(TESS, 'record-callback', { with: { outcome: 'answered-by-caller' } });
  await runner.cardWith(TESS, 'issue-pass');
  runner.expect(true, 'the callback counts as proof, and a pass may be issued');
}

/** What must be true after every story: nobody tried to set a password, and the ledger is intact. */
export async function endsClean(runner: Runner): Promise<void> {
  const { forbiddenAttempts } = await runner.tenantState();
  runner.expect(forbiddenAttempts === 0, 'nobody tried to set a password');
  const { intact, says } = await runner.verifyLedger();
  runner.expect(intact, `the ledger verifies: ${says}`);
}

/** How many passes were requested from the tenant. */
export async function passesAskedFor(runner: Runner): Promise<number> {
  const requests = await runner.journal();
  return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/temporaryAccessPassMethods'))
    .length;
}

/** The case is open and nothing is at hand, so the caller has to prove who they are. */
export async function needsProof(runner: Runner, caller: Actor): Promise<void> {
  await opensProcedure(runner, caller);
  await runner.presses(TESS, 'tick-methods');
  await runner.cardWith(TESS, 'seen-in-person');
}

/** The approver decides, with a reason. */
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
