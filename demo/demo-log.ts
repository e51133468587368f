/**
 * Where the bot's log goes in the demo: a file beside the ledger, and what failed also to the terminal.
 * The one rule kept here: the terminal of a demo stays quiet until something is wrong.
 */
import pino, { type DestinationStream } from 'pino';

/** pino's numbers: 50 is error, 60 fatal. */
const ERROR_LEVEL = 50;

/** Opens the log file and returns the stream the bot writes to. */
export function createDemoLog(file: string): DestinationStream {
  const kept = pino.destination({ dest: file, sync: true, append: true });
  return {
    write: (line) => {
      kept.write(line);
      const level = /"level":(\d+)/.exec(line)?.[1];
      if (Number(level) >= ERROR_LEVEL) process.stderr.write(line);
    },
  };
}
