/**
 * Where the bot's log goes in the demo: a file beside the ledger, and what failed also to the terminal.
 * The one rule kept here: the terminal of a demo stays quiet until something is wrong.
 */
import pino, { type DestinationStream } from 'pino';

/** pino's numbers: 50 is error, 60 fatal. */
const ERROR_LEVEL = 50;

/** What happened, and under which reference the log has more. */
function shortly(entry: Readonly<Record<string, unknown>>): string {
  const parts = [entry['msg'], entry['code'] ?? entry['error'], entry['reference']];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

/** Opens the log file and returns the stream the bot writes to. */
export function createDemoLog(file: string): DestinationStream {
  const kept = pino.destination({ dest: file, sync: true, append: true });
  return {
    write: (line) => {
      kept.write(line);
      const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
      if (Number(entry['level']) >= ERROR_LEVEL) process.stderr.write(`bot: ${shortly(entry)} (more in ${file})\n`);
    },
  };
}
