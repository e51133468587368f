/**
 * Verifies a ledger without the bot: `npm run ledger:verify -- [--data DIR | --file FILE] [--since CHECKPOINT]
 * [--public-key PEM]`. Prints one line, and one for each erasure. Exit code 0: the ledger is intact. 1: it is not. 2: it could not be read. The
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
import type { ErasureOnRecord } from '../ledger/verify-chain.ts';
import type { Problem, Verdict } from '../ledger/verify.ts';

const SENTENCES: Readonly<Record<Problem, string>> = {
  'signature-missing': 'an entry of the mode, of an erasure or of a key is not signed',
  'signature-wrong': 'an entry is signed, but not with the key of the ledger',
  'signature-stray': 'there is a signature without an entry that needs one',
  'key-unknown': 'the ledger does not work with this key',
  'seal-missing': 'the end of the ledger is not sealed',
  'seal-wrong': 'the end of the ledger was not sealed with its key',
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
    ...(verdict.signedWithKey ? [`signed with this key since entry ${verdict.signedSince}`] : []),
  ];
  const aside = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  const line = `ledger ok: ${verdict.size} entries, head ${verdict.hash}${aside}`;
  return [line, ...verdict.erasures.map(describeErasure)].join('\n');
}

function describeErasure({ seq, at, by, about, details, cases, signed }: ErasureOnRecord): string {
  const when = at === null ? 'at an unknown time' : new Date(at).toISOString();
  const much = details === null ? 'an unknown number of details' : `${details} details and ${cases} cases`;
  return `erased in entry ${seq}: ${much} about ${about ?? 'nobody'}, by ${by}, ${when}${signed ? '' : ', not signed'}`;
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
  const verdict = await verifyFile(file, { since, publicKey, thorough: true });
  finish(verdict.ok ? 0 : 1, describe(verdict));
} catch (error) {
  const why = error instanceof Fault ? error.internal : error instanceof Error ? error.message : String(error);
  finish(2, `ledger not verified: ${why}`);
}
