/**
 * ArcSight's Common Event Format, version 0, one event a line. The keys are those of CEF's own dictionary, with the lengths it
 * allows. In the header a backslash and a pipe are escaped, in the extension a backslash, an equals sign and a line break.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { meaningOf, type Severity } from './meanings.ts';

/** CEF counts from 0 to 10: 0 to 3 is low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. */
export const SEVERITY_FIGURES: Readonly<Record<Severity, number>> = { info: 2, notice: 3, warning: 6, alarm: 9 };

/** The longest text that CEF allows in cs1 to cs6. */
const LONGEST_CUSTOM = 4000;

/** What an event is called, and which version of Hardline writes it. */
export interface CefNames {
  readonly nameOf: (code: string) => string;
  readonly version: string;
}

/** The entry as a line, without the line break. */
export function cefLine(entry: ChainedEntry, { nameOf, version }: CefNames): string {
  const { kind, severity, outcome } = meaningOf(entry);
  const header = ['Hardline', 'Hardline', version, entry.code, nameOf(entry.code), String(SEVERITY_FIGURES[severity])];
  const detail = entry.detail === null ? null : JSON.stringify(entry.detail);
  const fields: readonly (readonly [string, string | number | null])[] = [
    ['rt', entry.at],
    ['externalId', entry.seq],
    ['deviceExternalId', entry.origin],
    ['cat', kind],
    ['outcome', outcome],
    // A person is an object id, so that it goes into the fields for ids. Only the bot has a name.
    ...(entry.actor === 'hardline' ? ([['suser', 'hardline']] as const) : ([['suid', entry.actor]] as const)),
    ['duid', entry.about],
    ...labeled('cn1', 'case', entry.caseId),
    ...labeled('cs1', 'intent', entry.intentId),
    ...labeled('cs2', 'detail', detail?.slice(0, LONGEST_CUSTOM) ?? null),
    ...labeled('cs3', 'detailState', detail === null ? 'erased' : detail.length > LONGEST_CUSTOM ? 'cut' : 'whole'),
    ...labeled('cs4', 'hash', entry.hash),
  ];
  const extension = fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${escapeValue(String(value))}`]));
  return `CEF:0|${header.map(escapeHeader).join('|')}|${extension.join(' ')}`;
}

/** A field whose meaning is in a second field, its label. */
function labeled(key: string, label: string, value: string | number | null) {
  return value === null
    ? []
    : ([
        [`${key}Label`, label],
        [key, value],
      ] as const);
}

/** A header is one line in any case: CEF has no way to write a line break in it. */
function escapeHeader(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/[\r\n]+/g, ' ');
}

function escapeValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('=', '\\=').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
