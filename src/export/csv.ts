/**
 * CSV after RFC 4180, for spreadsheets. A cell that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP
 * advises ("CSV Injection"): part of a detail is what somebody typed, and an export is opened by whoever may decide most.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { idOf, timeOf } from './jsonl.ts';
import { meaningOf } from './meanings.ts';

const COLUMNS = 'seq at code actor about case intent severity outcome detail erased hash id'.split(' ');

/** What begins a formula: also the full-width signs that some spreadsheets take for the others, and a line break. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A cell that begins with an apostrophe gets another one, so that whoever reads the file back knows which of them is ours. */
const APOSTROPHE = /^'/;

/** The names of the columns, as the first line. */
export function csvHeader(): string {
  return record(COLUMNS);
}

/** The entry as a record, with its line break (CRLF). */
export function csvRecord(entry: ChainedEntry): string {
  const { severity, outcome } = meaningOf(entry);
  return record([
    String(entry.seq),
    timeOf(entry),
    entry.code,
    entry.actor,
    entry.about ?? '',
    entry.caseId === null ? '' : String(entry.caseId),
    entry.intentId ?? '',
    severity,
    outcome,
    entry.detail === null ? '' : JSON.stringify(entry.detail),
    entry.detail === null ? 'yes' : 'no',
    entry.hash,
    idOf(entry),
  ]);
}

function record(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) || APOSTROPHE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
