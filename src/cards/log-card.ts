/**
 * The log card: entries of the ledger in words, newest first. A code or a detail without words is shown as it is.
 */
import type { LogView } from '../casework/ports/card-views.ts';
import type { RecordedEntry } from '../casework/ports/ledger.ts';
import { plainHead } from './answer-cards.ts';
import { clean, idTail } from './card-fields.ts';
import type { Strings } from './strings.ts';
import type { CardData, CardFields } from './templates.ts';
import { clock } from './time-format.ts';

/** More entries do not fit into the size a message may have. */
const ENTRIES_MAX = 20;
/** The parts of the detail that say most, in this order; the export holds all of it. */
const TELLING = ['outcome', 'because', 'to', 'step'] as const;

/** The fields of `log`. */
export function logFields(view: LogView, strings: Strings): CardFields {
  const cardStrings = strings.cards.log;
  const shown = view.entries.slice(0, ENTRIES_MAX);
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'emphasis' }, strings),
    empty: shown.length === 0,
    entries: shown.map((entry) => entryLine(entry, view, strings)),
  };
}

/** "Notice to the caller: delivered" for the outcome of an effect; for a step, its detail comes last. */
function entryLine(entry: RecordedEntry, view: LogView, strings: Strings): CardData {
  const { ledger, values, phrases } = strings;
  const name = entry.actor === 'hardline' ? values.botName : clean(view.nameOf(entry.actor), idTail(entry.actor));
  const about = entry.caseId === null ? '' : ` · ${phrases.caseNumber(entry.caseId)}`;
  const codes: Readonly<Record<string, string>> = ledger.codes;
  const code = clean(codes[entry.code] ?? entry.code, values.none);
  const detail = detailOf(entry, strings);
  const isOutcome = entry.code.endsWith('.outcome');
  return {
    when: `${clock(entry.at, view, strings)} `,
    what: isOutcome && detail !== '' ? `${code}: ${detail}` : code,
    who: ` · ${name}${about}${isOutcome || detail === '' ? '' : ` · ${detail}`}`,
  };
}

function detailOf(entry: RecordedEntry, strings: Strings): string {
  const { hits, count, seconds, unrecorded } = entry.detail;
  if (entry.code === 'people.searched' && typeof hits === 'number') return strings.ledger.outcomes.hits(hits);
  if (entry.code === 'refusals.counted' && typeof count === 'number') return strings.ledger.outcomes.counted(count);
  if (entry.code === 'ledger.gap' && typeof seconds === 'number' && typeof unrecorded === 'number')
    return strings.ledger.outcomes.gap(seconds, unrecorded);
  if (entry.code === 'channel.refused' && typeof count === 'number') return strings.ledger.outcomes.requests(count);
  const [first] = TELLING.map((field) => entry.detail[field]).filter((value) => typeof value === 'string');
  return first === undefined ? '' : clean(detailText(first, strings), '');
}

/** The ledger stores codes and short English notes of our own; here they become the reader's words. */
function detailText(raw: string, { ledger, labels }: Strings): string {
  const states: Readonly<Record<string, string>> = labels.states;
  const known = ledger.details[raw] ?? states[raw];
  if (known !== undefined) return known;
  const reached = /^reached (\d+) of (more than )?(\d+)$/.exec(raw);
  if (reached !== null) {
    const listed = reached[2] === undefined ? 'all' : 'first-pages';
    return ledger.outcomes.reached(Number(reached[1]), Number(reached[3]), listed);
  }
  const [, kind, why = ''] = /^(not delivered|not read): ([a-z-]+)$/.exec(raw) ?? [];
  const unread: Readonly<Record<string, string>> = labels.unread;
  if (kind === 'not delivered') return ledger.outcomes.notDelivered(ledger.undelivered[why] ?? why);
  return kind === 'not read' ? ledger.outcomes.notRead(unread[why] ?? why) : raw;
}
