/**
 * JSON lines: our own shape, one object a line, described in docs/operations.md. Fields are only ever added. The words for a
 * code are not in it, because they may be put differently one day; the code never changes.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { meaningOf } from './meanings.ts';

/** The id of an entry, the same in every copy: whoever gets it twice can drop one. */
export function idOf({ origin, seq }: Pick<ChainedEntry, 'origin' | 'seq'>): string {
  return `${origin}/${seq}`;
}

/** The time of an entry: ISO 8601 in UTC with milliseconds. */
export function timeOf({ at }: Pick<ChainedEntry, 'at'>): string {
  return new Date(at).toISOString();
}

/** The entry as a line, without the line break. JSON escapes every control character, so that a line is a line. */
export function jsonLine(entry: ChainedEntry): string {
  const { severity, outcome } = meaningOf(entry);
  return JSON.stringify({
    v: 1,
    id: idOf(entry),
    origin: entry.origin,
    seq: entry.seq,
    at: timeOf(entry),
    code: entry.code,
    actor: entry.actor,
    about: entry.about,
    case: entry.caseId,
    intent: entry.intentId,
    severity,
    outcome,
    detail: entry.detail,
    erased: entry.detail === null,
    hash: entry.hash,
  });
}
