/**
 * A copy of the ledger while it is in use.
 * A copy counts only after it was verified, and never replaces a file.
 */
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openReader } from './connection.ts';
import { corrupt, unwritable } from './failures.ts';
import { verifyFile } from './verify.ts';
import type { Verdict } from './verify.ts';

/**
 * Copies the ledger as it is at this moment to a new file (mode 0600), verifies the copy and returns its verdict.
 * Throws Fault `ledger-unwritable` when the target exists or cannot be written, `ledger-corrupt` when the copy does not verify.
 */
export async function backup(file: string, target: string): Promise<Verdict & { ok: true }> {
  reserve(target);
  try {
    const source = openReader(file);
    try {
      // Holding a view open keeps the copy at one moment: writes meanwhile neither enter it nor start it over.
      source.exec('begin');
      source.prepare('select seq from chain_head').get();
      await source.backup(target);
    } finally {
      source.close();
    }
    for (const path of [target, dirname(target)]) sync(path);
    const verdict = await verifyFile(target, { since: null, publicKey: null, thorough: true });
    if (!verdict.ok) throw corrupt(`the copy does not verify: ${verdict.problem}`);
    return verdict;
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

function reserve(target: string): void {
  try {
    closeSync(openSync(target, 'wx', 0o600));
  } catch (error) {
    throw unwritable('the copy needs a new file that can be written', error);
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
