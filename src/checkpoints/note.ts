/**
 * A checkpoint as the places keep it: under which name, and what of it has to be the same. The signature may differ, because the key
 * can change; the three lines that say how the ledger ends may not.
 */
import type { CheckpointNote, Keeping } from '../casework/ports/checkpoints.ts';

/** A name never has more digits. Ledgers grow by some hundred thousand entries a year. */
const MOST = 999_999_999_999_999;
const FORM = /^(?<origin>hardline\/[\w-]+)\n(?<size>0|[1-9]\d{0,14})\n[A-Za-z0-9+/=]+\n/;

/** The first part of every name. */
export const FOLDER = 'hardline/';

/** At most so many checkpoints of one ledger are looked at when the newest good one is wanted. */
export const LOOKED_AT = 20;

/** Reads what a place needs from the text of a checkpoint. Throws TypeError (a bug) for a text that is none. */
export function noteOf(text: string): CheckpointNote {
  const found = FORM.exec(text)?.groups;
  if (found === undefined) throw new TypeError('this is no checkpoint');
  return { origin: found['origin'] ?? '', size: Number(found['size']), text };
}

/** The three lines that are signed. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, 3);
}

/**
 * The name of a checkpoint in write-once storage. Storage lists names in order, and the longest ledger has the smallest name, so
 * that the newest checkpoint is the first of a list, however many there are.
 */
export function nameOf({ origin, size }: CheckpointNote): string {
  return `${origin}/${String(MOST - size).padStart(15, '0')}-${size}.txt`;
}

/** What it means that a place has something under this name already. */
export function compare(kept: string, wanted: string): Keeping {
  return linesOf(kept).join('\n') === linesOf(wanted).join('\n') ? { kind: 'kept' } : { kind: 'differs' };
}
