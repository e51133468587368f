/**
 * The mode of the house: on its own card for whoever asked or switched it, and as a banner on every case card.
 * The one rule kept here: who switched it and why is text of people and stands beside our sentence, never inside it.
 */
import { plainHead } from './answer-cards.ts';
import { clean, row, type Row, type Tone } from './card-fields.ts';
import type { ModeView } from '../casework/ports/message-views.ts';
import { clock } from './time-format.ts';
import type { CardFields } from './templates.ts';
import type { ThreatMode } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

const TONES = {
  normal: 'good',
  elevated: 'warning',
  lockdown: 'attention',
} satisfies Record<ThreatMode, Tone>;

/** The fields of `mode`. */
export function modeFields(view: ModeView, strings: Strings): CardFields {
  const cardStrings = strings.cards.mode;
  const { headline, lead } = strings.modes.sentences[view.mode];
  return {
    ...plainHead(null, cardStrings, { headline, tone: TONES[view.mode] }, strings),
    lead,
    facts: modeRows(view, strings),
    mayChange: view.mayChange,
    commands: view.mayChange ? strings.modes.commands[view.mode].map((one) => ({ ...one })) : [],
  };
}

function modeRows(view: ModeView, strings: Strings): readonly Row[] {
  const { messageLabels: labels, values } = strings;
  if (view.since === null) return [];
  const rows = [row(labels.since, clock(view.since, view.now, view.timeZone))];
  rows.push(row(labels.by, view.spike ? strings.desk.botName : clean(view.byName, values.unknownName)));
  const reason = view.spike ? strings.modes.spike : clean(view.reason, '');
  if (reason !== '') rows.push(row(labels.reason, reason));
  return rows;
}
