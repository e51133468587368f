/**
 * How an export gets its entry. The command that exports never writes to the database: two processes must not write to one
 * ledger, and the bot may be running. It leaves a line in a file beside the ledger, and the bot writes the entry
 * within a minute, or within a minute of its next start.
 * Whoever can read the ledger's file can copy it without a trace, with this command or without. The entry tells of exports
 * that were made in good order.
 */
import { appendFileSync, closeSync, fsyncSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../procedure/facts.ts';
import type { LedgerEntry } from '../casework/ports/ledger.ts';
import { append } from './append.ts';
import { prepareEntry } from './entry-shape.ts';
import type { WriteQueue } from './write-queue.ts';

const text = z.string().max(100);
const noteShape = z.strictObject({
  /** Guards against an entry being written twice. */
  id: z.uuid(),
  at: text,
  /** Account of the operating system. */
  user: text,
  format: text,
  since: text.nullable(),
  until: text.nullable(),
  case: z.int().nullable(),
  to: z.enum(['file', 'standard output']),
});

/** An export that is about to be made. */
export type ExportNote = z.infer<typeof noteShape>;

/** At most this much is read of the file at a time, in bytes. */
const LARGEST_READ = 256 * 1024;

/** The file beside a ledger file. */
function notesBeside(file: string): string {
  return join(dirname(file), 'exports-made.jsonl');
}

/** Leaves the line, durable when it returns. Throws the system's error when the folder cannot be written to. */
export function noteExport(file: string, note: ExportNote): void {
  const notes = openSync(notesBeside(file), 'a', 0o600);
  try {
    appendFileSync(notes, `${JSON.stringify(noteShape.parse(note))}\n`);
    fsyncSync(notes);
  } finally {
    closeSync(notes);
  }
}

/** What became of the lines. `unreadable`: lines that are no note. */
export interface TakenIn {
  readonly taken: number;
  readonly unreadable: number;
}

/** Makes the function that writes entries for the lines that have none yet. Throws Fault `ledger-unwritable`. */
export function exportsMade(parts: { file: string; queue: WriteQueue; newSalt: () => string }) {
  const path = notesBeside(parts.file);
  /** Bytes that are done with. A line that is read again, after a restart, is known by its id. */
  let done = 0;
  return async (at: Instant): Promise<TakenIn> => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < done) done = 0; // somebody emptied the file, or removed it
    if (size === done) return { taken: 0, unreadable: 0 };
    const read = linesFrom(path, done);
    const notes = read.lines.map(parseNote);
    const good = notes.filter((note) => note !== null);
    const taken = await writeMissing(parts, good, at);
    done += read.bytes;
    return { taken, unreadable: notes.length - good.length };
  };
}

/** Whole lines from a place on. A line that is longer than a read is no note and ends where the read ends. */
function linesFrom(path: string, from: number): { readonly lines: readonly string[]; readonly bytes: number } {
  const notes = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(LARGEST_READ);
    const chunk = buffer.subarray(0, readSync(notes, buffer, 0, LARGEST_READ, from));
    const end = chunk.lastIndexOf(0x0a) + 1;
    const bytes = end === 0 && chunk.length === LARGEST_READ ? LARGEST_READ : end;
    const lines = chunk.subarray(0, bytes).toString('utf8').split('\n');
    return { lines: lines.filter((line) => line !== ''), bytes };
  } finally {
    closeSync(notes);
  }
}

function parseNote(line: string): ExportNote | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null; // counted as unreadable
  }
  return noteShape.safeParse(json).data ?? null;
}

async function writeMissing(
  { queue, newSalt }: { queue: WriteQueue; newSalt: () => string },
  notes: readonly ExportNote[],
  at: Instant,
): Promise<number> {
  if (notes.length === 0) return 0;
  return queue.write(async (transaction, head) => {
    const known = await transaction
      .selectFrom('entries')
      .select('intent_id')
      .where('code', '=', 'ledger.exported')
      .where(
        'intent_id',
        'in',
        notes.map(({ id }) => id),
      )
      .execute();
    const ids = new Set(known.map((row) => row.intent_id));
    const missing = notes.filter(({ id }, index) => !ids.has(id) && notes.findIndex((one) => one.id === id) === index);
    const entries = missing.map((note) => prepareEntry(entryOf(note), newSalt));
    await append(head, entries, at);
    return entries.length;
  });
}

function entryOf({ id, at, user, format, since, until, case: caseId, to }: ExportNote): LedgerEntry {
  return {
    code: 'ledger.exported',
    actor: 'hardline',
    about: null,
    caseId: null,
    intentId: id,
    detail: { by: user, madeAt: at, format, since, until, onlyCase: caseId, to },
  };
}
