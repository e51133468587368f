/** Folders for the files of a test, gone when the test is over. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder, in memory where the machine has such a place: the ledger syncs every write, and the tests write a lot.
 * What is about the disk itself (a full one, a killed process) uses a real folder instead.
 */
export function scratchFolder(name = 'test'): { readonly dir: string; readonly clean: () => void } {
  const memory = statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() === true;
  const dir = mkdtempSync(join(memory ? '/dev/shm' : tmpdir(), `hardline-${name}-`));
  return { dir, clean: () => rmSync(dir, { recursive: true, force: true }) };
}
