/**
 * The version of Hardline, from package.json.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Reads it. Throws when package.json is not where it belongs. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
