/** Runs ledger-writer.ts, or another writer, and collects what it promised. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, minutesLater } from '../ledger/fixtures.ts';

type Writer = 'ledger-writer.ts' | 'index-writer.ts';

export interface Ended {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
}

/**
 * Runs the writer, with `before` put in front of the command line; `killAfterLines` ends it without warning once it
 * printed that many lines.
 */
export function runWriter(
  args: readonly string[],
  options: { readonly before?: readonly string[]; readonly killAfterLines?: number; readonly writer?: Writer } = {},
): Promise<Ended> {
  const writer = join(import.meta.dirname, options.writer ?? 'ledger-writer.ts');
  const [command = '', ...rest] = [...(options.before ?? []), process.execPath, writer, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (options.killAfterLines !== undefined && text.split('\n').length > options.killAfterLines)
        child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      // A line that was cut short by the kill is no promise.
      resolve({ lines: text.split('\n').slice(0, -1), errors, signal, code });
    });
  });
}

/** The codes the writer said were written. */
export function promised(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith('written ')).map((line) => line.slice('written '.length));
}

/** Opens the ledger, which verifies it, and gives every code in it. Throws when it does not verify. */
export async function codesIn(file: string): Promise<ReadonlySet<string>> {
  const ledger = await openLedger({ file, now: () => minutesLater(60), newId: counting() });
  try {
    return new Set((await ledger.entries({ caseId: null, limit: 1_000_000 })).map((one) => one.code));
  } finally {
    await ledger.close();
  }
}

/** Skips a test whose tool is not there, and says why. */
export function skipUnless(test: Context, tool: string, works: boolean): void {
  if (works) return;
  if (test.test !== undefined) test.test.title += ` (skipped: ${tool} does not work here)`;
  test.skip();
}

/**
 * As `skipUnless`; but on the machine that guards the main branch a skipped test would be a promise nobody checks:
 * there it fails.
 */
export function needs(test: Context, tool: string, works: boolean): void {
  if (!works && process.env['CI'] !== undefined) throw new Error(`${tool} is needed here and does not work`);
  skipUnless(test, tool, works);
}

/** True when the command can be run and ends well. */
export function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
