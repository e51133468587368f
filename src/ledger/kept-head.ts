/**
 * The newest head and the last signed checkpoint, in a small file beside the database. A database that is put back from an older
 * copy, or that lost its write-ahead log, does not contain them any more.
 * The file is opened at the start and written through its descriptor: the running bot cannot open files for writing.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { systemCode, unsuitable } from './failures.ts';
import type { StoredHead } from './head-guard.ts';

/** What is kept. The seal vouches for the head, the signature of the text for the checkpoint. */
export interface KeptHead {
  readonly head: StoredHead;
  /** `null` when none was made yet. */
  readonly checkpoint: string | null;
}

/** The file, open. */
export interface KeptHeadFile {
  /** What was in it when it was opened: the records that could be read; none when it was not there. */
  readonly found: readonly KeptHead[];
  /** Keeps a head that is on the disk of the database. Must not throw; tells `onTrouble` when it cannot be written. */
  keepHead(head: StoredHead): void;
  keepCheckpoint(text: string): void;
  close(): void;
}

/** Two records take turns, so that one of them is whole whenever the power fails. */
const RECORD_BYTES = 2048;
const RECORDS = 2;

const shape = z.strictObject({
  head: z.strictObject({ origin: z.string(), seq: z.int().min(0), hash: z.string(), seal: z.string() }),
  checkpoint: z.string().nullable(),
});

/** Where the head of a ledger file is kept. */
export function keptHeadPath(file: string): string {
  return `${file}.checkpoint`;
}

/** Opens the file, and makes it (mode 0600) when it is not there. Throws Fault `configuration` when it cannot. */
export function openKeptHead(file: string, onTrouble: (code: string) => void): KeptHeadFile {
  const path = keptHeadPath(file);
  let descriptor: number | null = null;
  let found: KeptHeadFile['found'];
  try {
    ({ descriptor, found } = openOrMake(path));
  } catch (error) {
    throw unsuitable(`${path} cannot be opened (${systemCode(error)})`, error);
  }
  let turn = 0;
  let checkpoint = found.find((one) => one.checkpoint !== null)?.checkpoint ?? null;
  let newest: StoredHead | null = null;
  let troubled = false;

  const write = (): void => {
    if (descriptor === null || newest?.seal === undefined || newest.seal === null) return;
    const { origin, seq, hash, seal } = newest;
    const text = JSON.stringify({ head: { origin, seq, hash, seal }, checkpoint } satisfies KeptHead);
    const record = Buffer.alloc(RECORD_BYTES, ' ');
    record.write(text);
    record.write('\n', RECORD_BYTES - 1);
    turn = (turn + 1) % RECORDS;
    try {
      writeSync(descriptor, record, 0, RECORD_BYTES, turn * RECORD_BYTES);
      troubled = false;
    } catch (error) {
      if (!troubled) onTrouble(systemCode(error));
      troubled = true;
    }
  };

  return {
    found,
    keepHead(head) {
      newest = head;
      write();
    },
    keepCheckpoint(text) {
      checkpoint = text;
      write();
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function openOrMake(path: string): { readonly descriptor: number; readonly found: KeptHeadFile['found'] } {
  try {
    const descriptor = openSync(path, 'r+');
    return { descriptor, found: readRecords(descriptor) };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { descriptor: openSync(path, 'wx+', 0o600), found: [] };
  }
}

/** The records, the newest head first. What cannot be read is left out: a seal vouches for every one that is used. */
function readRecords(descriptor: number): readonly KeptHead[] {
  const records = Array.from({ length: RECORDS }, (_, index) => {
    const bytes = Buffer.alloc(RECORD_BYTES);
    const length = readSync(descriptor, bytes, 0, RECORD_BYTES, index * RECORD_BYTES);
    return parseRecord(bytes.toString('utf8', 0, length).trim());
  });
  return records.filter((one) => one !== null).toSorted((one, other) => other.head.seq - one.head.seq);
}

function parseRecord(text: string): KeptHead | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null; // empty, or torn when the power failed
  }
}
