/**
 * Stories in which no pass is needed, or none may be given.
 */
import { GRACE, LENA, SOFIA, TESS } from './cast.ts';
import { dialsTheOffice, endsClean, opensProcedure, passesAskedFor } from './moves.ts';
import type { Stage } from './stage.ts';

const noPass = async (stage: Stage): Promise<void> => {
  stage.expect((await passesAskedFor(stage)) === 0, 'no pass was asked for');
  await endsClean(stage);
};

/** Two methods at hand: the caller helps herself. */
export async function twoMethodsAtHand(stage: Stage): Promise<void> {
  stage.tell('Sofia Rossi forgot her password. Her phone and her private mail are at hand.');
  await stage.says(TESS, 'Sofia Rossi is locked out');
  const picture = await stage.cardWith(TESS, 'tick-methods');
  const choices = picture.inputs.find((input) => input.id === 'atHand')?.choices ?? [];
  stage.expect(choices.length >= 2, 'her methods are there to tick');
  const two = choices.slice(0, 2).map((choice) => choice.value);
  await stage.presses(TESS, 'tick-methods', { fill: { atHand: two.join(',') } });
  await stage.ledgerGets('link.push.outcome');
  const away = await stage.ledgerGets('case.methods-ticked');
  stage.expect(away.detail['to'] === 'awaiting-self-service', 'the case follows the reset page');
  await stage.atMicrosoft(SOFIA, 'begins at aka.ms/sspr', 'selfService', { user: SOFIA.id, outcome: 'in-progress' });
  await stage.atMicrosoft(SOFIA, 'sets a new password by herself', 'selfService', {
    user: SOFIA.id,
    outcome: 'success',
  });
  await stage.cardMoves(TESS, 'the card closes by itself', (card) => card.buttons.length === 0);
  const entries = await stage.ledger();
  stage.expect(
    entries.some(({ detail }) => detail['outcome'] === 'resolved' && detail['because'] === 'self-service-succeeded'),
    'closed as resolved: self-service succeeded',
  );
  await noPass(stage);
}

/** The caller is an administrator: no pass, whatever is said. */
export async function callerIsAnAdministrator(stage: Stage): Promise<void> {
  stage.tell('Somebody calls, is in a hurry, and says they are Grace Adeyemi, who runs the cloud.');
  await opensProcedure(stage, GRACE);
  const picture = await stage.cardWith(TESS, 'tick-methods');
  const told = [picture.headline, ...picture.lines].join('\n');
  stage.expect(/Global Administrator/.test(told), 'the card says that they hold a directory role');
  stage.tell('“Nothing works, just give me a pass.” Tess ticks nothing.');
  await stage.presses(TESS, 'tick-methods');
  await stage.ledgerGets('case.methods-ticked', { to: 'closed', outcome: 'escalated' });
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'no button issues a pass');
  await noPass(stage);
}

/** The technician is the caller. */
export async function technicianIsTheCaller(stage: Stage): Promise<void> {
  stage.tell('Tess tries to open a case about herself.');
  await stage.says(TESS, `${TESS.name} is locked out`);
  const entries = await stage.ledger();
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'no button issues a pass');
  stage.expect(!(await stage.offers(TESS, 'choose-callback')), 'no callback is offered');
  stage.expect(
    entries.some(({ about }) => about === TESS.id),
    'the attempt is in the ledger',
  );
  await noPass(stage);
}

/** Somebody else answers the callback: alarm, and the case is closed. */
export async function someoneElseAnswers(stage: Stage): Promise<void> {
  stage.tell('Lena Hartmann calls, or somebody who says so.');
  await opensProcedure(stage, LENA);
  await dialsTheOffice(stage);
  stage.tell('A voice nobody knows answers: “Just tell me the code, I will pass it on.”');
  await stage.presses(TESS, 'record-callback', { with: { outcome: 'answered-by-someone-else' } });
  await stage.ledgerGets('case.callback-recorded', {
    to: 'closed',
    outcome: 'escalated',
    because: 'someone-else-answered',
  });
  await stage.ledgerGets('alarm.leads.outcome');
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'no button issues a pass');
  await noPass(stage);
}
