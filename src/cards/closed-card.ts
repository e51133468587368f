/**
 * A case that is over: how it ended, and whom to call when it went to somebody else.
 * The one rule kept here: nothing on it can move the case again.
 */
import type { Closing } from '../procedure/case.ts';
import { frame, row, stopLines, type Tone } from './frame.ts';
import { clock, minutesBetween } from './moments.ts';
import type { CardFields } from './templates.ts';
import type { ViewIn } from './view.ts';
import type { Words } from './words.ts';

const TONES = {
  resolved: 'good',
  escalated: 'attention',
  abandoned: 'emphasis',
  expired: 'warning',
} satisfies Record<Closing['outcome'], Tone>;

/** The fields of `closed`. */
export function closedFields(view: ViewIn<'closed'>, words: Words): CardFields {
  const say = words.cards.closed;
  const { closing, at } = view.state;
  const { openedAt } = view.stored.case;
  return {
    ...frame(view, words, say, { headline: words.names.outcomes[closing.outcome], tone: TONES[closing.outcome] }),
    because: closingSentence(closing, words),
    escalated: closing.outcome === 'escalated',
    stops: closing.outcome === 'escalated' ? stopLines(closing.stops, words) : [],
    facts: [
      row(words.labels.opened, clock(openedAt, view.now, view.timeZone)),
      row(words.labels.closed, clock(at, view.now, view.timeZone)),
      row(words.labels.tookMinutes, words.phrases.minutes(minutesBetween(openedAt, at))),
    ],
  };
}

/** Why the case ended, in one sentence. */
export function closingSentence(closing: Closing, words: Words): string {
  switch (closing.outcome) {
    case 'escalated':
      return words.names.escalations[closing.because];
    case 'abandoned':
      return words.names.abandons[closing.because];
    default:
      return words.names.closings[closing.because];
  }
}
