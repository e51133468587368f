/**
 * Answers a click on *Issue*. The pass is in this answer and nowhere else, so it is shown in time or not at all: whatever keeps it
 * from the technician has it deleted.
 */
import { isAt } from '../../procedure/lockout.ts';
import { issuePass, type Issued } from '../steps/issue-pass.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { ActionTurn, ClickAnswer } from '../ports/turn.ts';
import type { TurnServices } from '../services.ts';
import { caseCard, latestOf, pressedTooLate, refuseClick, refused, stillWorking } from './click-answers.ts';

/** Issues the pass. Facts are read again for this click, and the roles were. */
export async function issue(services: TurnServices, turn: ActionTurn, stored: StoredCase): Promise<ClickAnswer> {
  const issued = await issuePass(services.issuing, stored, turn.person, turn.deadline);
  switch (issued.kind) {
    case 'shown':
      return show(services, turn, issued);
    case 'not-shown':
      return caseCard(services, issued.stored);
    case 'refused':
      if (issued.refusal.code === 'too-slow') return tooSlow(services, issued);
      return refused(services, issued.refusal, issued.stored);
    case 'stale':
      return issuedBefore(services, turn.person, await latestOf(services, stored), stored.version);
  }
}

async function show(
  services: TurnServices,
  turn: ActionTurn,
  { stored, secret, lost }: Issued & { kind: 'shown' },
): Promise<ClickAnswer> {
  try {
    const passCard = await services.cardMessages.pass(services.cards, stored, secret);
    if (turn.deadline.left() > 0) return { kind: 'show-pass', passCard, lost };
  } catch (error) {
    lost();
    throw error;
  }
  lost();
  return stillWorking(services);
}

/** Nothing was ordered. The card stays, with its buttons as they have to be for the next press. */
function tooSlow(services: TurnServices, { refusal, stored }: Issued & { kind: 'refused' }): ClickAnswer {
  void services.outbox.refreshCard(stored.case.id);
  return { kind: 'keep-card', cardMessage: services.cards.refusal({ refusal, at: null }) };
}

/** A second click on *Issue* must not replace the pass that the first one shows. */
export async function issuedBefore(
  services: TurnServices,
  by: PersonId,
  stored: StoredCase,
  shown: number,
): Promise<ClickAnswer> {
  const isShown = isAt(stored.case, 'issuing') || (await services.outbox.isHeld(stored.case.id));
  if (!isShown) return pressedTooLate(services, by, stored, { asked: 'issue-pass', shown });
  const refused = { by, asked: 'issue-pass', because: 'pass-already-shown', at: stored };
  const { cardMessage } = await refuseClick(services, refused, { code: 'pass-already-shown' });
  return { kind: 'keep-card', cardMessage };
}
