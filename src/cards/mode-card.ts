/**
 * The mode on its own card, for whoever asked or changed it. The banner on case cards is in card-fields.ts.
 * Who changed it and why is text of people and is shown beside our sentence, never inside it.
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
  const { rowLabels, values } = strings;
  if (view.since === null) return [];
  const rows = [row(rowLabels.start, clock(view.since, view, strings))];
  rows.push(row(rowLabels.setBy, view.spike ? strings.values.botName : clean(view.byName, values.unknownName)));
  const reason = view.spike ? strings.modes.spike : clean(view.reason, '');
  if (reason !== '') rows.push(row(rowLabels.reason, reason));
  return rows;
}
