/**
 * Where the bot's log goes in the demo: to a file beside the ledger. Errors are also printed on the terminal, which
 * otherwise stays quiet.
 */
import pino, { type DestinationStream } from 'pino';

/** pino's numbers: 50 is error, 60 fatal. */
const ERROR_LEVEL = 50;

/** What happened, in a few words. The log has the details. */
function summary(entry: Readonly<Record<string, unknown>>): string {
  return [entry['msg'], entry['code'] ?? entry['error']].filter((part) => typeof part === 'string').join(', ');
}

/** Opens the log file and returns the stream the bot writes to. Each kind of failure is printed once on the terminal. */
export function createDemoLog(file: string): DestinationStream {
  const logFile = pino.destination({ dest: file, sync: true, append: true });
  const printed = new Set<string>();
  return {
    write: (line) => {
      logFile.write(line);
      const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const failure = summary(entry);
      if (Number(entry['level']) < ERROR_LEVEL || printed.has(failure)) return;
      printed.add(failure);
      process.stderr.write(`bot: ${failure} (more in ${file})\n`);
    },
  };
}
