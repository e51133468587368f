/**
 * Verification: reads the whole ledger, read-only, and says whether it is what was written.
 * It says "ok" only after every check passed, and ends with the first thing that does not fit.
 */
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../procedure/facts.ts';
import { Fault } from '../casework/ports/fault.ts';
import { detailCommitment, genesisHash, recordHash } from './chain.ts';
import { chainRows } from './chain-rows.ts';
import { isSignedBy } from './checkpoint.ts';
import type { ReadCheckpoint } from './checkpoint.ts';
import { openReader, queryable } from './connection.ts';
import { ERASED_CODE } from './erase.ts';
import { missingDetails } from './erased-details.ts';
import { asFault } from './failures.ts';
import { hasItsSchema } from './schema.ts';
import type { Tables } from './tables.ts';
import { fromText } from './time.ts';
import { misfitAmongCases } from './verify-cases.ts';
import type { SealingEntry } from './verify-cases.ts';

/** What does not fit. */
export type Problem =
  | 'file-damaged'
  | 'schema-differs'
  | 'record-missing'
  | 'record-altered'
  | 'chain-cut'
  | 'head-differs'
  | 'detail-altered'
  | 'detail-missing'
  | 'detail-stray'
  | 'case-altered'
  | 'case-missing'
  | 'checkpoint-not-signed-by-this-key'
  | 'checkpoint-of-another-ledger'
  | 'shorter-than-checkpoint'
  | 'checkpoint-differs';

/** The verdict. `at` is the sequence number, or the case number, where the problem showed. */
export type Verdict =
  | {
      readonly ok: true;
      readonly origin: string;
      /** Number of records. */
      readonly size: number;
      readonly hash: string;
      /** Records whose detail was erased, with an entry that says so. */
      readonly erased: number;
      /** Records with a time before their predecessor's: a clock was set back. The order is the sequence number. */
      readonly backwards: number;
      /** The time of the newest record, `null` in an empty ledger. */
      readonly newest: Instant | null;
    }
  | { readonly ok: false; readonly problem: Problem; readonly at: number | null };

/** How much to verify. */
export interface VerifyOptions {
  /** A checkpoint kept elsewhere: the ledger must still contain it. */
  readonly since: ReadCheckpoint | null;
  /** The key that must have signed the checkpoint. */
  readonly publicKey: KeyObject | null;
  /** Also compare every index with its table: slower, and finds a row hidden from look-ups. */
  readonly thorough: boolean;
}

/** Rows per read. Between reads other work gets its turn. */
const CHUNK = 100;

/**
 * Verifies the file in one consistent view, also while it is written to.
 * Throws a Fault when the file cannot be opened or read for a reason that is no damage.
 */
export async function verifyFile(file: string, options: VerifyOptions): Promise<Verdict> {
  let database: Database | null = null;
  try {
    database = openReader(file);
    database.exec('begin');
    return await verifyView(database, options);
  } catch (error) {
    const fault = asFault(error, 'reading');
    if (fault instanceof Fault && fault.code === 'ledger-corrupt') return broken('file-damaged');
    throw fault;
  } finally {
    database?.close();
  }
}

async function verifyView(database: Database, options: VerifyOptions): Promise<Verdict> {
  const check = options.thorough ? 'integrity_check' : 'quick_check';
  if (database.pragma(`${check}(1)`, { simple: true }) !== 'ok') return broken('file-damaged');
  if (!hasItsSchema(database)) return broken('schema-differs');
  const db = queryable(database);
  const sealed = new Map<number, SealingEntry>();
  const chain = await verifyChain(database, db, sealed, options);
  if (!chain.ok) return chain;
  const misfit = await misfitAmongCases(database, db, sealed);
  return misfit === null ? chain : broken(misfit.problem, misfit.caseId);
}

/** `sealed` gets the newest entry of each case that holds a digest of it. */
async function verifyChain(
  database: Database,
  db: Kysely<Tables>,
  sealed: Map<number, SealingEntry>,
  { since, publicKey }: VerifyOptions,
): Promise<Verdict> {
  const end = await db.selectFrom('chain_head').selectAll().executeTakeFirst();
  if (end === undefined) return broken('head-differs');
  if (since !== null) {
    if (publicKey !== null && !isSignedBy(since, publicKey)) return broken('checkpoint-not-signed-by-this-key');
    if (since.origin !== end.origin) return broken('checkpoint-of-another-ledger');
  }
  let seq = 0;
  let hash = genesisHash(end.origin);
  let at = '';
  let backwards = 0;
  let details = 0;
  const missing = missingDetails();
  if (since?.size === 0 && since.hash !== hash) return broken('checkpoint-differs', 0);

  for (const rows of chainRows(database, 0, CHUNK)) {
    for (const row of rows) {
      if (row.seq !== seq + 1) return broken('record-missing', seq + 1);
      if (row.prev !== hash) return broken('chain-cut', row.seq);
      const record = {
        seq: row.seq,
        at: row.at,
        code: row.code,
        actor: row.actor,
        about: row.about,
        caseId: row.case_id,
        intentId: row.intent_id,
        detailCommitment: row.detail_commitment,
        caseDigest: row.case_digest,
        prev: row.prev,
      };
      if (recordHash(record) !== row.hash) return broken('record-altered', row.seq);
      if (row.detail === null || row.salt === null) missing.add(row.seq, row.about, row.case_id);
      else if (detailCommitment(row.salt, row.detail) !== row.detail_commitment)
        return broken('detail-altered', row.seq);
      else details += 1;
      if (row.code === ERASED_CODE) missing.erased(row.seq, row.about, row.case_id);
      // A digest that belongs to no case is never written; as one of case 0 it will be missed.
      if (row.case_digest !== null) sealed.set(row.case_id ?? 0, { seq: row.seq, digest: row.case_digest });
      if (row.at < at) backwards += 1;
      seq = row.seq;
      hash = row.hash;
      at = row.at;
      if (since?.size === seq && since.hash !== hash) return broken('checkpoint-differs', seq);
    }
    await new Promise<void>((next) => setImmediate(next));
  }

  if (end.seq !== seq || end.hash !== hash) return broken('head-differs', seq);
  if (since !== null && since.size > seq) return broken('shorter-than-checkpoint', seq);
  const unexplained = missing.unexplained();
  if (unexplained !== null) return broken('detail-missing', unexplained);
  const { stored } = await db
    .selectFrom('details')
    .select((eb) => eb.fn.countAll().as('stored'))
    .executeTakeFirstOrThrow();
  if (Number(stored) !== details) return broken('detail-stray');
  return { ok: true, origin: end.origin, size: seq, hash, erased: missing.count(), backwards, newest: fromText(at) };
}

function broken(problem: Problem, at: number | null = null): Verdict {
  return { ok: false, problem, at };
}
