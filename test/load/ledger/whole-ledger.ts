/**
 * Reads a whole ledger in a process of its own, so that its memory and its time on the processor are its own, and prints both as
 * JSON: `verify FILE`, `thorough FILE`, or `hash FILE`, which hashes the same bytes row by row and does nothing else.
 */
import { hash } from 'node:crypto';
import SqliteDatabase from 'better-sqlite3';
import { encodeRecord, type ChainedRecord } from '../../../src/ledger/chain.ts';
import { verifyFile } from '../../../src/ledger/verify.ts';

/** Milliseconds on the processor and on the clock, and the most memory that was used, in megabytes. */
export interface Cost {
  readonly cpu: number;
  readonly time: number;
  readonly memory: number;
}

const [, , what, file] = process.argv;
if (what !== undefined && file !== undefined) process.stdout.write(JSON.stringify(await costOf(what, file)));

async function costOf(kind: string, path: string): Promise<Cost> {
  const cost = kind === 'hash' ? hashRows(path) : await timed(() => verify(path, kind === 'thorough'));
  return { ...cost, memory: process.resourceUsage().maxRSS / 1024 };
}

async function verify(path: string, thorough: boolean): Promise<void> {
  const verdict = await verifyFile(path, { since: null, publicKey: null, thorough });
  if (!verdict.ok) throw new Error(`the ledger does not verify: ${verdict.problem}`);
}

async function timed(work: () => Promise<void>): Promise<Omit<Cost, 'memory'>> {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, time: performance.now() - began };
}

interface Row extends ChainedRecord {
  readonly salt: string;
  readonly detail: string;
}

/** Only the hashing is measured: what is hashed is read and put together before. */
function hashRows(path: string): Omit<Cost, 'memory'> {
  const database = new SqliteDatabase(path, { readonly: true });
  const entries = database.prepare<[number], Row>(
    `select seq, at, code, actor, about, case_id as caseId, intent_id as intentId, detail_commitment as detailCommitment,
     case_digest as caseDigest, prev, salt, detail from entries join details using (seq) where seq > ? order by seq limit 5000`,
  );
  const bodies = database.prepare<[number], { id: number; body: string }>(
    'select id, body from cases where id > ? order by id limit 500',
  );
  let time = 0;
  let cpu = 0;
  const add = (texts: readonly string[]): void => {
    const before = process.cpuUsage();
    const began = performance.now();
    for (const text of texts) hash('sha256', text, 'hex');
    time += performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    cpu += (user + system) / 1000;
  };
  for (let rows = entries.all(0); rows.length > 0; rows = entries.all(rows.at(-1)?.seq ?? 0)) {
    add(rows.map(encodeRecord));
    add(rows.map(({ salt, detail }) => `hardline/detail/v1\n32:${salt},${detail.length}:${detail},`));
  }
  for (let rows = bodies.all(0); rows.length > 0; rows = bodies.all(rows.at(-1)?.id ?? 0))
    add(rows.map(({ body }) => body));
  database.close();
  return { cpu, time };
}
