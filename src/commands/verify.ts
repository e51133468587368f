/**
 * Verifies a ledger without the bot: `npm run ledger:verify -- --help`. Prints one line, and one for each erasure. Exit code 0: the
 * ledger is intact. 1: it is not. 2: it could not be read. The command never writes, so it can run beside the bot or on a copy.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../casework/ports/fault.ts';
import { checkpointKeyId } from '../ledger/checkpoint-key.ts';
import { checkpointsIn, chooseCheckpoint, type Chosen } from '../ledger/checkpoint-lines.ts';
import { originOf } from '../ledger/origin.ts';
import { verifyFile } from '../ledger/verify.ts';
import type { ErasureOnRecord } from '../ledger/verify-chain.ts';
import type { Problem, Verdict } from '../ledger/verify.ts';

const HELP = `Verifies the ledger of the bot, beside the running bot or on a copy. Changes nothing.

  npm run ledger:verify -- [--data DIR | --file FILE] [--since FILE [--public-key FILE]...]

  --data DIR         the data folder (HARDLINE_DATA); .data otherwise
  --file FILE        the database itself
  --since FILE       what the ledger is compared with: a checkpoint, a line of the log with one, a whole log (the newest
                     one of this ledger counts), or the three lines of a card. "-" reads standard input
  --public-key FILE  the public half of the key that must have signed it; several may be given

Exit codes: 0 intact, 1 broken, 2 not verified.
`;

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

function describe(verdict: Verdict, chosen: Chosen | null): string {
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
  const line = `ledger ok: ${verdict.size} entries, head ${verdict.hash}${aside}. ${proven(verdict.size, chosen)}`;
  return [line, ...verdict.erasures.map(describeErasure)].join('\n');
}

function describeErasure({ seq, at, by, about, details, cases, signed }: ErasureOnRecord): string {
  const when = at === null ? 'at an unknown time' : new Date(at).toISOString();
  const much = details === null ? 'an unknown number of details' : `${details} details and ${cases} cases`;
  return `erased in entry ${seq}: ${much} about ${about ?? 'nobody'}, by ${by}, ${when}${signed ? '' : ', not signed'}`;
}

/** What the verdict rests on. The same words with and without a checkpoint would promise more than was looked at. */
function proven(size: number, chosen: Chosen | null): string {
  if (chosen === null) {
    return 'Compared with no checkpoint: this proves that its entries belong together, not that it was never rewritten or cut short.';
  }
  const { checkpoint, key, leftOut } = chosen;
  const newer = size - checkpoint.size;
  return [
    `Compared with the checkpoint of ${checkpoint.size} entries,`,
    key === null ? 'whose signature was not checked (no --public-key):' : `signed with key ${checkpointKeyId(key)}:`,
    `entries 1 to ${checkpoint.size} are as they were when it was made${key === null ? ', if it is genuine' : ''}.`,
    ...(newer === 1 ? ['The 1 newer entry is not covered by it.'] : []),
    ...(newer > 1 ? [`The ${newer} newer entries are not covered by it.`] : []),
    ...(leftOut === 1 ? ['1 other checkpoint was left out, because it is not signed with this key.'] : []),
    ...(leftOut > 1 ? [`${leftOut} other checkpoints were left out, because they are not signed with this key.`] : []),
  ].join(' ');
}

function readSince(path: string | undefined, file: string, keys: readonly KeyObject[]): Chosen | null {
  if (path === undefined) return null;
  const text = readFileSync(path === '-' ? 0 : path, 'utf8');
  const chosen = chooseCheckpoint(checkpointsIn(text), originOf(file), keys);
  if (chosen === null) throw new Error(`there is no checkpoint in ${path === '-' ? 'what was read' : path}`);
  return chosen;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      file: { type: 'string' },
      since: { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const file = values.file ?? join(values.data ?? '.data', 'hardline.sqlite');
  const keys = (values['public-key'] ?? []).map((path) => createPublicKey(readFileSync(path)));
  const chosen = readSince(values.since, file, keys);
  const publicKey = chosen?.key ?? keys[0] ?? null;
  const verdict = await verifyFile(file, { since: chosen?.checkpoint ?? null, publicKey, thorough: true });
  finish(verdict.ok ? 0 : 1, describe(verdict, chosen));
}

try {
  await run();
} catch (error) {
  const why = error instanceof Fault ? error.internal : error instanceof Error ? error.message : String(error);
  finish(2, `ledger not verified: ${why}`);
}
