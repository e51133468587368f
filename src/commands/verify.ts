/**
 * Verifies a ledger without the bot: `npm run ledger:verify -- [--data DIR | --file FILE] [--since CHECKPOINT]
 * [--public-key PEM]`. Prints one line. Exit code 0: the ledger is intact. 1: it is not. 2: it could not be read. The
 * command never writes, so it can run beside the bot or on a copy.
 */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../casework/ports/fault.ts';
import { readCheckpoint } from '../ledger/checkpoint.ts';
import type { ReadCheckpoint } from '../ledger/checkpoint.ts';
import { verifyFile } from '../ledger/verify.ts';
import type { Problem, Verdict } from '../ledger/verify.ts';

const SENTENCES: Readonly<Record<Problem, string>> = {
  'file-damaged': 'the database file is damaged',
  'schema-differs': 'a table, index or trigger was changed',
  'record-missing': 'a record is missing',
  'record-altered': 'a record was altered',
  'chain-cut': 'a record does not continue the chain',
  'head-differs': 'the end of the chain is not where the stored head says it is',
  'detail-altered': 'the detail of a record was altered',
  'detail-missing': 'the detail of a record is missing, and no entry says that it was erased',
  'detail-stray': 'there is a detail without a record',
  'case-altered': 'a case is not as its last step left it',
  'case-missing': 'a case is missing, and no entry says that it was erased',
  'checkpoint-not-signed-by-this-key': 'the checkpoint is not signed with this key',
  'checkpoint-of-another-ledger': 'the checkpoint belongs to another ledger',
  'shorter-than-checkpoint': 'the ledger is shorter than it was at the checkpoint',
  'checkpoint-differs': 'the ledger was rewritten since the checkpoint',
};

function finish(code: 0 | 1 | 2, line: string): void {
  process.stdout.write(`${line}\n`);
  process.exitCode = code;
}

function describe(verdict: Verdict): string {
  if (!verdict.ok) {
    const where =
      verdict.at === null ? '' : ` (${verdict.problem.startsWith('case-') ? 'case' : 'entry'} ${verdict.at})`;
    return `ledger BROKEN: ${SENTENCES[verdict.problem]}${where}`;
  }
  const notes = [
    ...(verdict.erased > 0 ? [`${verdict.erased} details erased`] : []),
    ...(verdict.backwards > 0 ? [`clock set back ${verdict.backwards} times`] : []),
  ];
  const aside = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return `ledger ok: ${verdict.size} entries, head ${verdict.hash}${aside}`;
}

function readSince(path: string | undefined): ReadCheckpoint | null {
  if (path === undefined) return null;
  const checkpoint = readCheckpoint(readFileSync(path, 'utf8'));
  if (checkpoint === null) throw new Error(`${path} is not a checkpoint`);
  return checkpoint;
}

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      file: { type: 'string' },
      since: { type: 'string' },
      'public-key': { type: 'string' },
    },
  });
  const file = values.file ?? join(values.data ?? '.data', 'hardline.sqlite');
  const since = readSince(values.since);
  const key = values['public-key'];
  const publicKey = key === undefined ? null : createPublicKey(readFileSync(key));
  if (publicKey !== null && since === null)
    throw new Error('--public-key needs --since, because only a checkpoint is signed');
  const verdict = await verifyFile(file, { since, publicKey, thorough: true });
  finish(verdict.ok ? 0 : 1, describe(verdict));
} catch (error) {
  const why = error instanceof Fault ? error.internal : error instanceof Error ? error.message : String(error);
  finish(2, `ledger not verified: ${why}`);
}
