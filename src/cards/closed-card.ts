/**
 * A case that is over: how it ended, and whom to call when it went to somebody else.
 * The one rule kept here: nothing on it can move the case again.
 */
import type { Closing } from '../procedure/case.ts';
import type { StopCode } from '../procedure/stops.ts';
import { caseCardFields, row, stopLines, type Tone } from './card-fields.ts';
import { clock, minutesBetween } from './time-format.ts';
import type { CardFields } from './templates.ts';
import type { ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

const TONES = {
  resolved: 'good',
  escalated: 'attention',
  abandoned: 'emphasis',
  expired: 'warning',
} satisfies Record<Closing['outcome'], Tone>;

/** These say themselves where the caller goes; no colleague takes care of it. */
const SENT_ELSEWHERE: ReadonlySet<StopCode> = new Set([
  'caller-is-the-technician',
  'account-disabled',
  'external-guest',
]);

/** The fields of `closed`. */
export function closedFields(view: ViewIn<'closed'>, strings: Strings): CardFields {
  const cardStrings = strings.cards.closed;
  const { closing, at } = view.state;
  const { openedAt } = view.stored.case;
  const stops = closing.outcome === 'escalated' ? closing.stops : [];
  const stopped = closing.outcome === 'escalated' && closing.because === 'stopped';
  const headline = stopped ? cardStrings.headlineStopped : strings.names.outcomes[closing.outcome];
  return {
    ...caseCardFields(view, strings, cardStrings, { headline, tone: TONES[closing.outcome] }),
    because: closingSentence(closing, strings),
    tellCaller: closing.outcome === 'escalated' && !stops.some((stop) => SENT_ELSEWHERE.has(stop.code)),
    stops: stopLines(stops, strings),
    facts: [
      row(strings.labels.opened, clock(openedAt, view.now, view.timeZone)),
      row(strings.labels.closed, clock(at, view.now, view.timeZone)),
      row(strings.labels.tookMinutes, strings.phrases.minutes(minutesBetween(openedAt, at))),
    ],
  };
}

/** Why the case ended, in one sentence. */
export function closingSentence(closing: Closing, strings: Strings): string {
  switch (closing.outcome) {
    case 'escalated':
      return strings.names.escalations[closing.because];
    case 'abandoned':
      return strings.names.abandons[closing.because];
    default:
      return strings.names.closings[closing.because];
  }
}
