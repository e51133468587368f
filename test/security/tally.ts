/**
 * What the security run counts. Each test that goes through many cases says how many it had and how many held;
 * `npm run test:security` collects that and prints it as "N of N".
 */
import { appendFileSync } from 'node:fs';

/** One line of the report. */
export interface Tally {
  /** What was tried; see sections.ts. */
  readonly section: string;
  readonly held: number;
  readonly of: number;
  /** Something to know about the figure. */
  readonly note?: string;
}

/** The file that collects the lines; absent in every other run. */
const FILE = process.env['HARDLINE_SECURITY_TALLY'];

/** Adds a line to the report. A test asserts for itself that everything held. */
export function tally(line: Tally): void {
  if (FILE !== undefined) appendFileSync(FILE, `${JSON.stringify(line)}\n`);
}
