/**
 * Verification: reads the whole ledger, read-only, and says whether it is what was written.
 * It says "ok" only after every check passed, and ends with the first thing that does not fit.
 */
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../procedure/facts.ts';
import { Fault } from '../casework/ports/fault.ts';
import { genesisHash } from './chain.ts';
import { chainRows } from './chain-rows.ts';
import { isSignedBy } from './checkpoint.ts';
import type { ReadCheckpoint } from './checkpoint.ts';
import { openReader, queryable } from './connection.ts';
import { asFault } from './failures.ts';
import { hasItsSchema } from './schema.ts';
import { ledgerKey } from './seal.ts';
import type { Tables } from './tables.ts';
import { fromText } from './time.ts';
import { misfitAmongCases } from './verify-cases.ts';
import { checkChain, type ErasureOnRecord, type RecordProblem } from './verify-chain.ts';
import { othersTurn, strayDetails } from './verify-rows.ts';
import { NO_SIGNATURES, signatureRules, type SignatureRules } from './verify-signatures.ts';

/** What does not fit. */
export type Problem =
  | RecordProblem
  | 'file-damaged'
  | 'schema-differs'
  | 'head-differs'
  | 'seal-missing'
  | 'seal-wrong'
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
      readonly erasures: readonly ErasureOnRecord[];
      /** Records with a time before their predecessor's: a clock was set back. The order is the sequence number. */
      readonly backwards: number;
      /** The time of the newest record, `null` in an empty ledger. */
      readonly newest: Instant | null;
      /** The record from which on signatures are demanded; `null` as long as no key was used. */
      readonly signedSince: number | null;
      /** Whether they were made with the key that was given. Otherwise they only fit the keys that the ledger names itself. */
      readonly signedWithKey: boolean;
    }
  | Broken;

/** The first thing that does not fit. */
export interface Broken {
  readonly ok: false;
  readonly problem: Problem;
  readonly at: number | null;
}

/** How much to verify. */
export interface VerifyOptions {
  /** A checkpoint kept elsewhere: the ledger must still contain it. */
  readonly since: ReadCheckpoint | null;
  /** The key that must have signed the checkpoint, and with which the ledger must have worked. */
  readonly publicKey: KeyObject | null;
  /** Also compare every index with its table: slower, and finds a row hidden from look-ups. */
  readonly thorough: boolean;
  /** The private key: the seal of the head is checked, too. */
  readonly signingKey?: KeyObject;
  /** Beside the work: short reads, and no look at the pages of the file, which takes one long read. */
  readonly beside?: { readonly stopped: () => boolean };
}

/** Rows of a read, and cases of a read. Between reads other work gets its turn. */
const AT_ONCE = { rows: 100, cases: 100 };
/** Less than ten milliseconds for each read on a slow machine. */
const BESIDE = { rows: 100, cases: 10 };

/**
 * Verifies the file in one consistent view, also while it is written to.
 * Throws a Fault when the file cannot be opened or read for a reason that is no damage.
 */
export function verifyFile(file: string, options: VerifyOptions): Promise<Verdict> {
  return inOneView(file, (database) => verifyView(database, options));
}

/** Lets `look` at the file as it is at one moment. Damage that SQLite finds on the way becomes a verdict. */
export async function inOneView<T>(file: string, look: (database: Database) => Promise<T>): Promise<T | Broken> {
  let database: Database | null = null;
  try {
    database = openReader(file);
    database.exec('begin');
    return await look(database);
  } catch (error) {
    const fault = asFault(error, 'reading');
    if (fault instanceof Fault && fault.code === 'ledger-corrupt') return broken('file-damaged');
    throw fault;
  } finally {
    database?.close();
  }
}

async function verifyView(database: Database, options: VerifyOptions): Promise<Verdict> {
  if (options.beside === undefined) {
    const check = options.thorough ? 'integrity_check' : 'quick_check';
    if (database.pragma(`${check}(1)`, { simple: true }) !== 'ok') return broken('file-damaged');
  }
  if (!hasItsSchema(database)) return broken('schema-differs');
  const db = queryable(database);
  const signatures = hasTable(database, 'signatures')
    ? await signatureRules(db, options.publicKey ?? publicHalf(options.signingKey), 0)
    : NO_SIGNATURES;
  return verifyChain(database, db, options, signatures);
}

/** A ledger of an older version lacks the newer tables. */
function hasTable(database: Database, name: string): boolean {
  return database.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !== undefined;
}

async function verifyChain(
  database: Database,
  db: Kysely<Tables>,
  options: VerifyOptions,
  signatures: SignatureRules,
): Promise<Verdict> {
  const { since, publicKey } = options;
  const end = await db.selectFrom('chain_head').selectAll().executeTakeFirst();
  if (end === undefined) return broken('head-differs');
  if (since !== null) {
    if (publicKey !== null && !isSignedBy(since, publicKey)) return broken('checkpoint-not-signed-by-this-key');
    if (since.origin !== end.origin) return broken('checkpoint-of-another-ledger');
  }
  const genesis = genesisHash(end.origin);
  if (since?.size === 0 && since.hash !== genesis) return broken('checkpoint-differs', 0);

  const pieces = options.beside === undefined ? AT_ONCE : BESIDE;
  const check = checkChain({ seq: 0, hash: genesis, at: '' }, signatures);
  for (const rows of chainRows(database, 0, pieces.rows)) {
    if (options.beside?.stopped() === true) break;
    for (const row of rows) {
      const problem = check.next(row);
      if (problem !== null) return broken(problem, problem === 'record-missing' ? check.place().seq + 1 : row.seq);
      if (since?.size === row.seq && since.hash !== row.hash) return broken('checkpoint-differs', row.seq);
    }
    await othersTurn();
  }
  if (options.beside?.stopped() === true)
    throw new Fault('ledger-unreadable', { internal: 'the verification was ended' });

  const { seq, hash, at } = check.place();
  if (end.seq !== seq || end.hash !== hash) return broken('head-differs', seq);
  if (since !== null && since.size > seq) return broken('shorter-than-checkpoint', seq);
  const atTheEnd = signatures.end() ?? sealProblem(end, options, signatures);
  if (atTheEnd !== null) return broken(atTheEnd, seq);
  const gap = check.gap('whole');
  if (gap !== null) return broken('detail-missing', gap.at);
  if (await strayDetails(db, { stored: check.details(), newest: seq }, pieces.rows)) return broken('detail-stray');
  const misfit = await misfitAmongCases(database, check, pieces.cases);
  if (misfit !== null) return broken(misfit.problem, misfit.caseId);
  const { signedSince, knownKey } = signatures.summary();
  return {
    ...{ ok: true, origin: end.origin, size: seq, hash, newest: fromText(at) },
    ...{ erased: check.erased(), erasures: check.erasures(), backwards: check.backwards() },
    ...{ signedSince, signedWithKey: knownKey },
  };
}

/** From the first use of a key on the head is sealed. Only the private key can tell whether the seal is right. */
function sealProblem(
  end: { readonly origin: string; readonly seq: number; readonly hash: string; readonly seal?: string | null },
  { signingKey }: VerifyOptions,
  signatures: SignatureRules,
): 'seal-missing' | 'seal-wrong' | null {
  const seal = end.seal ?? null;
  if (!signatures.inForce()) return seal === null ? null : 'seal-wrong';
  if (seal === null) return 'seal-missing';
  return signingKey === undefined || ledgerKey(signingKey).seal(end) === seal ? null : 'seal-wrong';
}

function publicHalf(signingKey: KeyObject | undefined): KeyObject | null {
  return signingKey === undefined ? null : ledgerKey(signingKey).publicKey;
}

/** A verdict of "no". */
export function broken(problem: Problem, at: number | null = null): Broken {
  return { ok: false, problem, at };
}
