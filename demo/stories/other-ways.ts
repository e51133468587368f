/**
 * Stories in which no pass is needed, or none may be issued.
 */
import { GRACE, LENA, SOFIA, TESS } from './people.ts';
import { dialsTheOffice, endsClean, opensProcedure, passesAskedFor } from './steps.ts';
import type { Runner } from './runner.ts';

const noPass = async (runner: Runner): Promise<void> => {
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was requested');
  await endsClean(runner);
};

/** Two methods at hand: the caller needs no help with the reset. */
export async function twoMethodsAtHand(runner: Runner): Promise<void> {
  runner.narrate('Sofia Rossi forgot the password, but has their phone and their private mail at hand.');
  await runner.writes(TESS, 'Sofia Rossi is locked out');
  const card = await runner.cardWith(TESS, 'tick-methods');
  const choices = card.inputs.find((input) => input.id === 'atHand')?.choices ?? [];
  runner.expect(choices.length >= 2, 'the methods are there to tick');
  const two = choices.slice(0, 2).map((choice) => choice.value);
  await runner.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  await runner.ledgerGets('link.push.outcome');
  const ticked = await runner.ledgerGets('case.methods-ticked');
  runner.expect(ticked.detail['to'] === 'awaiting-self-service', 'the case follows the reset page');
  await runner.atMicrosoft(SOFIA, 'starts at aka.ms/sspr', 'selfService', { user: SOFIA.id, outcome: 'in-progress' });
  await runner.atMicrosoft(SOFIA, 'sets a new password', 'selfService', {
    user: SOFIA.id,
    outcome: 'success',
  });
  await runner.cardMoves(TESS, 'the card closes by itself', (card) => card.buttons.length === 0);
  const entries = await runner.ledger();
  runner.expect(
    entries.some(({ detail }) => detail['outcome'] === 'resolved' && detail['because'] === 'self-service-succeeded'),
    'closed as resolved: self-service succeeded',
  );
  await noPass(runner);
}

/** The caller is an administrator: no pass, whatever they say. */
export async function callerIsAnAdministrator(runner: Runner): Promise<void> {
  runner.narrate('Somebody calls, is in a hurry, and says they are Grace Adeyemi, who runs the cloud.');
  await opensProcedure(runner, GRACE);
  const card = await runner.cardWith(TESS, 'tick-methods');
  const text = [card.headline, ...card.lines].join('\n');
  runner.expect(/Global Administrator/.test(text), 'the card says that they hold a directory role');
  runner.narrate('“Nothing works, just give me a pass.” Tess ticks nothing.');
  await runner.presses(TESS, 'tick-methods');
  await runner.ledgerGets('case.methods-ticked', { to: 'closed', outcome: 'escalated' });
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'no button issues a pass');
  await noPass(runner);
}

/** The technician is the caller. */
export async function technicianIsTheCaller(runner: Runner): Promise<void> {
  runner.narrate('Tess tries to open a case for their own account.');
  await runner.writes(TESS, `${TESS.name} is locked out`);
  const entries = await runner.ledger();
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'no button issues a pass');
  runner.expect(!(await runner.offers(TESS, 'choose-callback')), 'no callback is offered');
  runner.expect(
    entries.some(({ about }) => about === TESS.id),
    'the attempt is in the ledger',
  );
  await noPass(runner);
}

/** Somebody else answers the callback: alarm, and the case is closed. */
export async function someoneElseAnswers(runner: Runner): Promise<void> {
  runner.narrate('Somebody calls and says they are Lena Hartmann.');
  await opensProcedure(runner, LENA);
  await dialsTheOffice(runner);
  runner.narrate('An unknown voice answers: “Just tell me the code, I will pass it on.”');
  await runner.presses(TESS, 'record-callback', { with: { outcome: 'answered-by-someone-else' } });
  await runner.ledgerGets('case.callback-recorded', {
    to: 'closed',
    outcome: 'escalated',
    because: 'someone-else-answered',
  });
  await runner.ledgerGets('alarm.leads.outcome');
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'no button issues a pass');
  await noPass(runner);
}
