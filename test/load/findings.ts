/** What the load run looks for, besides times: lost proofs, cases closed for a reason that passes, and words that are not true. */
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { JournalEntry } from '../../demo/tenant/journal.ts';
import type { CardVersion } from './chat-log.ts';

/**
 * Nothing about a caller changes in this run, so every card that says so is wrong. The patterns are read from what the cards say
 * in English.
 */
const WRONG_WORDS = [
  /number (has )?changed/i,
  /(?<!not )changed (since|lately|recently)/i,
  /manager (on record )?(has )?changed/i,
  /no number can be called/i,
  /not for the helpdesk/i,
];

/** Everything that counts as a mistake. */
export interface Mistakes {
  readonly proofsLost: number;
  readonly closedForTransientReason: number;
  readonly wrongWords: readonly string[];
  readonly throttledByUs: readonly string[];
}

/** Counts the mistakes of a run. `since`: requests before that belong to the start. Times in milliseconds since 1970. */
export function mistakesIn(
  entries: readonly RecordedEntry[],
  cards: readonly CardVersion[],
  journal: readonly JournalEntry[],
  since: number,
): Mistakes {
  const moved = entries.filter(({ detail }) => detail['from'] === 'ready-to-issue');
  // The only steps from a proof to its loss in this run: the bot's own doubts. Nobody goes back, no proof is ten minutes old.
  const proofsLost = moved.filter(({ detail }) => detail['to'] === 'choosing-proof').length;
  const closed = entries.filter(({ detail }) => detail['to'] === 'closed');
  const closedForTransientReason = closed.filter(({ detail }) => {
    const stops = Array.isArray(detail['stops']) ? detail['stops'] : [];
    return stops.length > 0;
  }).length;
  const wrong = cards.flatMap(({ card }) =>
    [card.headline, ...card.lines].filter((line) => WRONG_WORDS.some((words) => words.test(line))),
  );
  const throttledByUs = journal
    .filter(({ status, at }) => status === 429 && at >= since)
    .map(({ path }) => path.replaceAll(/[0-9a-f-]{36}/g, '{id}'));
  return {
    proofsLost,
    closedForTransientReason,
    wrongWords: [...new Set(wrong.map((line) => line.replaceAll(/\d+/g, 'N')))],
    throttledByUs,
  };
}
