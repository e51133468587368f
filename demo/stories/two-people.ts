/**
 * Stories in which a pass takes two people: one asks, another one decides, and neither can do the other's part.
 */
import { ABEL, ADA, LENA, MARA, TESS } from './cast.ts';
import { decides, endsClean, needsProof, passesAskedFor, wordsOn } from './moves.ts';
import type { Stage } from './stage.ts';

/** Lena stands at the counter: a badge is proof, but not enough for one person alone. Up to the question to the approvers. */
async function asksForApproval(stage: Stage): Promise<void> {
  stage.tell('Lena Hartmann stands at the counter with her badge. Her phone is at home.');
  await needsProof(stage, LENA);
  await stage.presses(TESS, 'seen-in-person', { fill: { place: 'Reception' } });
  const request = wordsOn(await stage.cardWith(ADA, 'decide-approval'));
  stage.expect(/Tess Lindqvist/.test(request) && /Lena Hartmann/.test(request), 'an approver reads who asks, for whom');
  stage.expect(/Seen in person/.test(request), 'and on what proof');
  await stage.cardWith(ABEL, 'decide-approval');
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'Tess cannot issue a pass alone');
}

/** The one who approved and the other approver read how it went, and no button is left. */
async function bothRead(stage: Stage, headline: RegExp, by: string): Promise<void> {
  for (const approver of [ADA, ABEL]) {
    const closed = await stage.cardMoves(approver, `the request in ${approver.name}’s chat is closed`, (card) =>
      headline.test(card.headline),
    );
    stage.expect(wordsOn(closed).includes(by), `${approver.name} reads that ${by} decided`);
  }
}

/** Proof in person, approval with a reason in the approver's own chat, and the technician's card moves by itself. */
export async function twoPeople(stage: Stage): Promise<void> {
  await asksForApproval(stage);
  await decides(stage, ADA, 'approve', 'I see both of them at the counter.');
  await stage.cardMoves(TESS, 'Tess’s card moves by itself', (card) =>
    card.buttons.some(({ verb }) => verb === 'issue-pass'),
  );
  await bothRead(stage, /Approved/, ADA.name);
  const decided = await stage.ledgerGets('case.approval-decided');
  stage.expect(decided.actor === ADA.id, 'who approved is in the ledger');

  await stage.presses(TESS, 'issue-pass');
  stage.expect((await stage.codeSeenBy(TESS)) !== null, 'the pass is shown to Tess');
  stage.expect((await stage.codeSeenBy(ADA)) === null, 'and not to whoever approved it');
  stage.expect((await passesAskedFor(stage)) === 1, 'one pass was asked for');
  await stage.presses(TESS, 'pass-read-out');
  await endsClean(stage);
}

/** The approver says no: no pass, and the case goes to somebody else. */
export async function approvalDenied(stage: Stage): Promise<void> {
  await asksForApproval(stage);
  await decides(stage, ABEL, 'deny', 'I do not know this face.');
  const closed = await stage.ledgerGets('case.approval-decided', { to: 'closed' });
  stage.expect(closed.detail['because'] === 'approval-denied', 'the case is handed over');
  await bothRead(stage, /Denied/, ABEL.name);
  await stage.cardMoves(TESS, 'Tess’s card says so by itself', (card) => /Handed over/.test(card.headline));
  stage.expect(!(await stage.offers(TESS, 'issue-pass')), 'no button issues a pass');
  stage.expect((await passesAskedFor(stage)) === 0, 'no pass was asked for');
  await endsClean(stage);
}

/** The manager on record says that they are speaking with the caller; a second person still decides. */
export async function managerVouches(stage: Stage): Promise<void> {
  stage.tell('Lena Hartmann calls from the lab, where no number on record rings. Her manager stands beside her.');
  await needsProof(stage, LENA);
  await stage.presses(TESS, 'ask-manager');
  const question = wordsOn(await stage.cardWith(MARA, 'manager-answer'));
  stage.expect(/Lena Hartmann/.test(question) && /right now/.test(question), 'her manager is asked, in her own chat');
  await stage.presses(MARA, 'manager-answer', { with: { speaking: 'yes' } });
  await stage.cardMoves(MARA, 'the question is closed: it counts once', (card) => /Confirmed/.test(card.headline));
  const request = wordsOn(await stage.cardWith(ADA, 'decide-approval'));
  stage.expect(/manager/i.test(request), 'the approver reads on whose word');
  await decides(stage, ADA, 'approve', 'Mara confirmed it to me, too.');
  await stage.cardMoves(TESS, 'Tess’s card moves by itself', (card) =>
    card.buttons.some(({ verb }) => verb === 'issue-pass'),
  );
  await stage.presses(TESS, 'issue-pass');
  stage.expect((await stage.codeSeenBy(TESS)) !== null, 'the pass is shown to Tess');
  stage.expect((await stage.codeSeenBy(MARA)) === null, 'and not to the manager');
  await stage.presses(TESS, 'pass-read-out');
  await endsClean(stage);
}
