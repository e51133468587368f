/**
 * Cards that asked somebody something are closed once the case has moved on: they say who decided, or that nobody has to any more.
 * The one rule kept here: a card that asks for a decision must not stand there after the decision.
 */
import type { Cards } from '../cards/card-for.ts';
import { isAt } from '../procedure/lockout.ts';
import type { Dossiers } from './dossiers.ts';
import type { Log } from './log.ts';
import type { Ledger, LetterPurpose, Messenger, RecordedEntry, StoredCase, Surroundings } from './ports.ts';

/** What closing needs. */
export interface ClosingParts {
  readonly ledger: Ledger;
  readonly cards: Cards;
  readonly dossiers: Dossiers;
  readonly messenger: () => Messenger;
  readonly around: Surroundings;
  readonly timeZone: string;
  readonly log: Log;
}

/** The state in which each kind of request is open, and the entry that answers it. */
const REQUESTS = [
  { purpose: 'approval', openIn: 'awaiting-approval', answeredBy: 'case.approval-decided' },
  { purpose: 'manager-question', openIn: 'awaiting-manager', answeredBy: 'case.manager-answered' },
] as const;

const ENTRIES_LOOKED_AT = 20;

/** Closes what the case no longer asks. Does nothing, and writes nothing, when no card is out. */
export async function closeRequests(parts: ClosingParts, stored: StoredCase): Promise<void> {
  for (const { purpose, openIn, answeredBy } of REQUESTS) {
    if (isAt(stored.case, openIn)) continue;
    const letters = await parts.ledger.takeLetters(stored.case.id, purpose);
    if (letters.length === 0) continue;
    const entries = await parts.ledger.entries({ caseId: stored.case.id, limit: ENTRIES_LOOKED_AT });
    const answer = entries.find((entry) => entry.code === answeredBy) ?? null;
    const letter = parts.cards.requestClosed({
      stored,
      purpose,
      outcome: outcomeOf(purpose, answer, stored),
      byName: answer === null || answer.actor === 'hardline' ? null : await parts.dossiers.nameOf(answer.actor),
      at: answer?.at ?? stored.case.movedAt,
      now: parts.around.now(),
      timeZone: parts.timeZone,
    });
    for (const { person, place } of letters) {
      const to = await parts.ledger.conversationOf(person);
      if (to === null) continue;
      const delivery = await parts.messenger().replace(to, place, letter);
      if (!delivery.delivered)
        parts.log.warn({ case: stored.case.id, why: delivery.why }, 'a request card was not closed');
    }
  }
}

type Outcome = Parameters<Cards['requestClosed']>[0]['outcome'];

function outcomeOf(purpose: LetterPurpose, answer: RecordedEntry | null, stored: StoredCase): Outcome {
  if (answer !== null && purpose === 'approval') return answer.detail['approved'] === true ? 'approved' : 'denied';
  if (answer !== null) return answer.detail['speakingNow'] === true ? 'confirmed' : 'declined';
  const { state } = stored.case;
  const ranOut = state.name === 'choosing-proof' && /expired|silent/.test(state.lastAttempt ?? '');
  return ranOut ? 'expired' : 'withdrawn';
}
