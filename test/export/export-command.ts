/** `npm run ledger:export` as a process of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, '../../src/commands/export.ts');

export interface Exported {
  readonly code: number | null;
  readonly out: string;
  /** The last line on standard error. */
  readonly says: string;
}

export function runExport(...args: readonly string[]): Exported {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stdout, says: stderr.trimEnd().split('\n').at(-1) ?? '' };
}
