/**
 * Which ledger a file holds.
 */
import { openReader } from './connection.ts';

/** The origin that the stored head names, such as `hardline/5f0c…`. `null` when there is none: verifying says what is wrong. */
export function originOf(file: string): string | null {
  const database = openReader(file);
  try {
    const origin: unknown = database.prepare('select origin from chain_head').pluck().get();
    return typeof origin === 'string' ? origin : null;
  } catch {
    return null; // damaged, or something else: the verification names it
  } finally {
    database.close();
  }
}
