/**
 * JSON lines into a file that is open already: standard output, or one that whoever starts the bot has opened for it. Each line
 * is written by itself and in the background, so that a reader who is slow or away holds up nothing else.
 */
import { write } from 'node:fs';
import { promisify } from 'node:util';
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import type { Destination, Sent } from './destination.ts';
import { jsonLine } from './jsonl.ts';

const writeTo = promisify(write);

/** Makes the destination. `file`: the number of the open file. */
export function linesInto(file: number): Destination {
  /** A line may have been cut off, by an error or when an earlier process ended. An empty line ends it. */
  let torn = true;
  const writeWhole = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length;) {
      from += (await writeTo(file, bytes, from)).bytesWritten;
    }
  };
  return {
    name: 'lines',
    async send(entries: readonly ChainedEntry[]): Promise<Sent> {
      let arrived = 0;
      try {
        if (torn && entries.length > 0) await writeWhole('\n');
        for (const entry of entries) {
          torn = true;
          await writeWhole(`${jsonLine(entry)}\n`);
          torn = false;
          arrived += 1;
        }
        return { kind: 'accepted' };
      } catch (error) {
        // A pipe that is full and does not wait says EAGAIN; one that nobody reads says EPIPE.
        return { kind: 'later', why: codeOf(error), afterMs: null, arrived };
      }
    },
    close: () => undefined,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
