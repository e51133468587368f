/**
 * Stories in which a pass takes two people: one asks, another decides, and neither can do the other's part.
 */
import { ABEL, ADA, LENA, MARA, TESS } from './people.ts';
import { decides, endsClean, needsProof, passesAskedFor, wordsOn } from './steps.ts';
import type { Runner } from './runner.ts';

/** Lena comes to the counter. A badge is proof, but one person alone may not accept it. Ends when the approvers are asked. */
async function asksForApproval(runner: Runner): Promise<void> {
  runner.narrate('Lena Hartmann is at the counter with a badge. The phone is at home.');
  await needsProof(runner, LENA);
  await runner.presses(TESS, 'seen-in-person', { fill: { place: 'Reception' } });
  const request = wordsOn(await runner.cardWith(ADA, 'decide-approval'));
  runner.expect(
    /Tess Lindqvist/.test(request) && /Lena Hartmann/.test(request),
    'an approver sees who asks, and for whom',
  );
  runner.expect(/Seen in person/.test(request), 'and which proof there is');
  await runner.cardWith(ABEL, 'decide-approval');
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'Tess cannot issue a pass alone');
}

/** Both approvers see the decision, and no button is left. */
async function bothSee(runner: Runner, headline: RegExp, by: string): Promise<void> {
  for (const approver of [ADA, ABEL]) {
    const closed = await runner.cardMoves(approver, `the request in ${approver.name}’s chat is closed`, (card) =>
      headline.test(card.headline),
    );
    runner.expect(wordsOn(closed).includes(by), `${approver.name} sees that ${by} decided`);
  }
}

/** Proof in person, approval with a reason in the approver's own chat; the technician's card is updated by itself. */
export async function twoPeople(runner: Runner): Promise<void> {
  await asksForApproval(runner);
  await decides(runner, ADA, 'approve', 'I see both of them at the counter.');
  await runner.cardMoves(TESS, 'Tess’s card is updated by itself', (card) =>
    card.buttons.some(({ verb }) => verb === 'issue-pass'),
  );
  await bothSee(runner, /Approved/, ADA.name);
  const decided = await runner.ledgerGets('case.approval-decided');
  runner.expect(decided.actor === ADA.id, 'the ledger names who approved');

  await runner.presses(TESS, 'issue-pass');
  runner.expect((await runner.codeSeenBy(TESS)) !== null, 'the pass is shown to Tess');
  runner.expect((await runner.codeSeenBy(ADA)) === null, 'and not to the person who approved it');
  runner.expect((await passesAskedFor(runner)) === 1, 'one pass was requested');
  await runner.presses(TESS, 'pass-read-out');
  await endsClean(runner);
}

/** The approver says no: no pass, and the case goes to somebody else. */
export async function approvalDenied(runner: Runner): Promise<void> {
  await asksForApproval(runner);
  await decides(runner, ABEL, 'deny', 'I do not recognize this person.');
  const closed = await runner.ledgerGets('case.approval-decided', { to: 'closed' });
  runner.expect(closed.detail['because'] === 'approval-denied', 'the case is handed over');
  await bothSee(runner, /Denied/, ABEL.name);
  await runner.cardMoves(TESS, 'Tess’s card is updated by itself', (card) => /hand the case over/.test(card.headline));
  runner.expect(!(await runner.offers(TESS, 'issue-pass')), 'no button issues a pass');
  runner.expect((await passesAskedFor(runner)) === 0, 'no pass was requested');
  await endsClean(runner);
}

/** The manager on record says that they are speaking with the caller; a second person still decides. */
export async function managerVouches(runner: Runner): Promise<void> {
  runner.narrate('Lena Hartmann calls from the lab, away from every number on record. Their manager is there too.');
  await needsProof(runner, LENA);
  await runner.presses(TESS, 'ask-manager');
  const question = wordsOn(await runner.cardWith(MARA, 'manager-answer'));
  runner.expect(
    /Lena Hartmann/.test(question) && /right now/.test(question),
    'the manager is asked, in their own chat',
  );
  await runner.presses(MARA, 'manager-answer', { with: { speaking: 'yes' } });
  await runner.cardMoves(MARA, 'the question is closed, because it can be answered once', (card) =>
    /Confirmed/.test(card.headline),
  );
  const request = wordsOn(await runner.cardWith(ADA, 'decide-approval'));
  runner.expect(/manager/i.test(request), 'the approver sees that the manager vouched');
  await decides(runner, ADA, 'approve', 'Mara confirmed it to me as well.');
  await runner.cardMoves(TESS, 'Tess’s card is updated by itself', (card) =>
    card.buttons.some(({ verb }) => verb === 'issue-pass'),
  );
  await runner.presses(TESS, 'issue-pass');
  runner.expect((await runner.codeSeenBy(TESS)) !== null, 'the pass is shown to Tess');
  runner.expect((await runner.codeSeenBy(MARA)) === null, 'and not to the manager');
  await runner.presses(TESS, 'pass-read-out');
  await endsClean(runner);
}
