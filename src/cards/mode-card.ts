/**
 * The mode on its own card, for whoever asked or changed it. The banner on case cards is in card-fields.ts.
 * Who changed it and why is text of people and is shown beside our sentence, never inside it.
 */
import { plainHead } from './answer-cards.ts';
import { clean, idTail, row, type Row, type Tone } from './card-fields.ts';
import type { ModeNotice, ModeView } from '../casework/ports/message-views.ts';
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
    ...noticeFields(view, strings),
    mayChange: view.mayChange,
    ...passFields(view, strings),
    commands: view.mayChange ? strings.modes.commands[view.mode].map((one) => ({ ...one })) : [],
  };
}

/** Whether the other leads know. Nobody else reads it. */
function noticeFields({ notice, spike }: ModeView, { modes }: Strings): CardFields {
  if (notice === null) return { hasNotice: false, missed: false, notice: '' };
  const missed = notice.kind === 'not-reached';
  return { hasNotice: !missed, missed, notice: noticeText(notice, spike, modes.notice) };
}

function noticeText(notice: ModeNotice, spike: boolean, words: Strings['modes']['notice']): string {
  switch (notice.kind) {
    case 'reached':
      return words.reached(notice.reached, notice.of, notice.listed, spike);
    case 'not-reached':
      return words[notice.why](spike);
    default:
      return words[notice.kind];
  }
}

/** More lines than this make nobody faster; the button takes back all of them anyway. */
const PASSES_SHOWN = 15;

/** What the leads need to know about the passes that were issued before lockdown. */
function passFields(view: ModeView, strings: Strings): CardFields {
  const { passes, takenBack } = view;
  const all = passes ?? [];
  const alive = all.filter((one) => one.is === 'alive').length;
  const words = strings.modes.passes;
  const lines = all.slice(0, PASSES_SHOWN).map(({ caseId, caller, callerName, is, until }) => {
    const name = clean(callerName, `${strings.values.unknownName} ${idTail(caller)}`);
    const when = until === null ? '' : clock(until, view, strings);
    return row(
      `${strings.phrases.caseNumber(caseId)} · ${name}`,
      words[is](when),
      is === 'alive' ? 'attention' : 'default',
    );
  });
  return {
    hasPasses: passes !== null,
    passesLead: words.count(alive, all.length - alive),
    passes: lines,
    hasMorePasses: all.length > lines.length,
    passesMore: words.more(all.length - lines.length),
    canTakeBack: alive > 0,
    hasTakenBack: takenBack !== null,
    takenBack: takenBack === null ? '' : words.takenBack(takenBack.done, takenBack.of),
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
