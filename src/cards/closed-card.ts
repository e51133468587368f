/**
 * A case that is over: how it ended, and who to call when it was handed over. No button on it can move the case again.
 */
import type { Closing } from '../procedure/case.ts';
import type { Stop } from '../procedure/stops.ts';
import { caseCardFields, row, stopLines, type Tone } from './card-fields.ts';
import { leftBehindFields } from './left-behind-lines.ts';
import { otherPassRows } from './other-pass.ts';
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

/** These already say where the caller goes, so there is nothing to pass on. */
const SENT_ELSEWHERE: ReadonlySet<Stop['code']> = new Set([
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
  const headline = stopped ? cardStrings.headlineStopped : strings.labels.outcomes[closing.outcome];
  return {
    ...caseCardFields(view, strings, cardStrings, { headline, tone: TONES[closing.outcome] }),
    because: closingSentence(view, strings),
    tellCaller: closing.outcome === 'escalated' && !stops.some((stop) => SENT_ELSEWHERE.has(stop.code)),
    stops: stopLines(stops, strings),
    ...leftBehindFields(view.stored.case.leftBehind, strings),
    facts: [
      row(strings.rowLabels.start, clock(openedAt, view, strings)),
      row(strings.rowLabels.end, clock(at, view, strings)),
      row(strings.rowLabels.duration, strings.phrases.minutes(minutesBetween(openedAt, at))),
      ...(stops.some(({ code }) => code === 'foreign-pass') ? otherPassRows(view.stored.case, view, strings) : []),
    ],
  };
}

/** Why the case ended, in one sentence. */
function closingSentence(view: ViewIn<'closed'>, strings: Strings): string {
  const { closing } = view.state;
  if (closing.because === 'password-set') return strings.phrases.passwordSet(clock(closing.setAt, view, strings));
  switch (closing.outcome) {
    case 'escalated':
      return strings.labels.escalations[closing.because];
    case 'abandoned':
      return strings.labels.abandons[closing.because];
    default:
      return strings.labels.closings[closing.because];
  }
}
