/**
 * Cards that asked somebody something are closed once the case has moved on: they say who decided, or that nobody has to any more.
 * No card may go on asking for a decision after it was made.
 */
import type { CardsByLanguage } from '../ports/cards.ts';
import type { RequestClosedView, RequestOutcome } from '../ports/message-views.ts';
import type { Approval, StateName } from '../../procedure/case.ts';
import { isAt } from '../../procedure/lockout.ts';
import type { CardMessages } from './card-messages.ts';
import type { Profiles } from '../steps/profiles.ts';
import type { Log } from '../ports/log.ts';
import type { Ledger, RequestCardPurpose, RecordedEntry, SentRequestCard } from '../ports/ledger.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { Deadline, Runtime } from '../ports/runtime.ts';

/** What the view of a closed request is made from. */
interface ViewParts {
  readonly ledger: Ledger;
  readonly profiles: Profiles;
  readonly runtime: Runtime;
  readonly timeZone: string;
}

/** What closing needs. */
export interface ClosingParts extends ViewParts {
  readonly cards: CardsByLanguage;
  /** Draws the question to the second persons as it is now. */
  readonly approvalRequest: CardMessages['approvalRequest'];
  readonly messenger: Messenger;
  readonly log: Log;
}

interface Request {
  /** The state in which it is open. */
  readonly openIn: StateName;
  /** The entries that ask it and answer it. */
  readonly askedBy: string;
  readonly answeredBy: string;
}

const REQUESTS: Readonly<Record<RequestCardPurpose, Request>> = {
  approval: {
    openIn: 'awaiting-approval',
    askedBy: 'approval.ask.intent',
    answeredBy: 'case.approval-decided',
  },
  'manager-question': {
    openIn: 'awaiting-manager',
    askedBy: 'manager.ask.intent',
    answeredBy: 'case.manager-answered',
  },
};
const PURPOSES = Object.keys(REQUESTS) as readonly RequestCardPurpose[];

/**
 * Closes what the case no longer asks. Does nothing, and writes nothing, when no card is out. The case is looked at
 * afresh: a card may have been delivered long after the step that sent it, and the case may be asking again.
 */
export async function closeRequests(parts: ClosingParts, from: StoredCase): Promise<void> {
  const stored = (await parts.ledger.load(from.case.id)) ?? from;
  for (const purpose of PURPOSES) {
    if (stillAsks(stored, purpose)) {
      if (isAt(stored.case, 'awaiting-approval')) await showWhoIsNeeded(parts, stored, stored.case.state.approvals);
      continue;
    }
    const cardMessages = await parts.ledger.takeRequestCards(stored.case.id, purpose);
    if (cardMessages.length === 0) continue;
    const view = await closedRequest(parts, stored, purpose);
    // Side by side: a chat that does not answer must not keep the question open in the others.
    await Promise.all(cardMessages.map((sent) => close(parts, sent, view)));
  }
}

/**
 * Somebody has approved, and somebody else has to as well: those who are still asked see who is needed now, and whoever has approved
 * is not asked any more. The cards stay remembered until the question is over.
 */
async function showWhoIsNeeded(parts: ClosingParts, stored: StoredCase, approvals: readonly Approval[]): Promise<void> {
  if (approvals.length === 0) return;
  const sent = await parts.ledger.takeRequestCards(stored.case.id, 'approval');
  await Promise.all(
    sent.map(async ({ person, place }) => {
      const approval = approvals.find(({ by }) => by === person);
      await parts.ledger.rememberRequestCard(stored.case.id, 'approval', person, place);
      const to = await parts.ledger.conversationOf(person);
      if (to === null) return;
      const cards = parts.cards.in(to.language);
      const drawn =
        approval === undefined
          ? await parts.approvalRequest(cards, stored)
          : cards.requestClosed(await approvedOnce(parts, stored, approval));
      await parts.messenger.replace(to, place, drawn);
    }),
  );
}

async function approvedOnce(parts: ViewParts, stored: StoredCase, { by, at }: Approval): Promise<RequestClosedView> {
  const byName = await parts.profiles.nameOf(by);
  const { runtime, timeZone } = parts;
  return { stored, purpose: 'approval', outcome: 'approved-once', byName, at, now: runtime.now(), timeZone };
}

async function close(parts: ClosingParts, sent: SentRequestCard, view: RequestClosedView): Promise<void> {
  const to = await parts.ledger.conversationOf(sent.person);
  if (to === null) return;
  const cardMessage = parts.cards.in(to.language).requestClosed(view);
  const delivery = await parts.messenger.replace(to, sent.place, cardMessage);
  if (delivery.kind !== 'delivered')
    parts.log.warn({ case: view.stored.case.id, why: delivery.why }, 'a request card was not closed');
}

/** What the card that takes the place of a request says: what became of it, who answered, and when. */
export async function closedRequest(
  parts: ViewParts,
  stored: StoredCase,
  purpose: RequestCardPurpose,
  deadline?: Deadline,
): Promise<RequestClosedView> {
  const answer = await answerTo(parts.ledger, stored, purpose);
  return {
    stored,
    purpose,
    outcome: outcomeOf(purpose, answer, stored),
    byName: answer === null || answer.actor === 'hardline' ? null : await parts.profiles.nameOf(answer.actor, deadline),
    at: answer?.at ?? stored.case.movedAt,
    now: parts.runtime.now(),
    timeZone: parts.timeZone,
  };
}

/** Whether the case still asks this. */
export function stillAsks(stored: StoredCase, purpose: RequestCardPurpose): boolean {
  return isAt(stored.case, REQUESTS[purpose].openIn);
}

/** The answer to the newest request; `null` when there is none. An answer from before it belongs to an older one. */
async function answerTo(
  ledger: Ledger,
  stored: StoredCase,
  purpose: RequestCardPurpose,
): Promise<RecordedEntry | null> {
  const { askedBy, answeredBy } = REQUESTS[purpose];
  const codes = [askedBy, answeredBy];
  const [newest] = await ledger.entries({ caseId: stored.case.id, limit: 1, codes });
  return newest?.code === answeredBy ? newest : null;
}

function outcomeOf(purpose: RequestCardPurpose, answer: RecordedEntry | null, stored: StoredCase): RequestOutcome {
  if (answer !== null && purpose === 'approval') return answer.detail['approved'] === true ? 'approved' : 'denied';
  if (answer !== null && answer.detail['speakingNow'] !== true) return 'declined';
  // A yes from somebody who may not confirm the caller any more led back to the choice of a proof.
  if (answer !== null) return answer.detail['to'] === 'choosing-proof' ? 'withdrawn' : 'confirmed';
  const { state } = stored.case;
  const ranOut = state.kind === 'choosing-proof' && /expired|silent/.test(state.lastAttempt ?? '');
  return ranOut ? 'expired' : 'withdrawn';
}
