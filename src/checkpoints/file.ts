/**
 * Checkpoints in a file, a JSON line each, as standard output has them. The file is opened for appending at the start, before the
 * bot gives up the right to open files for writing, and what is in it is never changed from here.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { CheckpointPlace } from '../casework/ports/checkpoints.ts';
import { Fault } from '../casework/ports/fault.ts';
import { noteOf } from './note.ts';

/** So much of the end of the file is looked at for the newest checkpoint: some hundred of them. */
const TAIL_BYTES = 64 * 1024;
const NEW_LINE = 0x0a;
/** Every write is on the disk when it returns. Not by `fsync`, which Node's permission model may refuse. */
const APPENDED_AND_SYNCED = 'as+';

const lineShape = z.looseObject({ checkpoint: z.string() });

/** Opens the file, and makes it when it is missing. Throws Fault `configuration` when it cannot be written. */
export async function openFilePlace(path: string, now: () => number): Promise<CheckpointPlace> {
  const file = await openForAppending(path);
  return {
    name: 'file',
    async keep({ text }) {
      const line = `${JSON.stringify({ time: now(), checkpoint: text, msg: 'ledger checkpoint' })}\n`;
      // A power cut may have left half a line; it must not spoil the next one.
      await file.appendFile((await endsInTheMiddle(file)) ? `\n${line}` : line);
      return { kind: 'kept' };
    },
    async newest(accept) {
      const newest = new Map<string, string>();
      for (const text of checkpointsIn(await endOf(file, TAIL_BYTES)))
        if (accept(text)) newest.set(noteOf(text).origin, text);
      return [...newest.values()];
    },
    close: () => file.close(),
  };
}

async function openForAppending(path: string): Promise<FileHandle> {
  try {
    return await open(path, APPENDED_AND_SYNCED, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const internal = `HARDLINE_CHECKPOINT_FILE: the file cannot be opened for appending (${code})`;
    throw new Fault('configuration', { internal, cause: error });
  }
}

async function endsInTheMiddle(file: FileHandle): Promise<boolean> {
  const end = await endOf(file, 1);
  return end.length > 0 && end[0] !== NEW_LINE;
}

async function endOf(file: FileHandle, bytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, bytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.subarray(0, bytesRead);
}

/** Oldest first. A line that is cut in two, or that somebody else wrote, is no checkpoint. */
function checkpointsIn(tail: Buffer): readonly string[] {
  return tail
    .toString('utf8')
    .split('\n')
    .map((line) => lineShape.safeParse(parsed(line)).data?.checkpoint)
    .filter((text) => text !== undefined);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
