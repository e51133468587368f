/**
 * Verification of the end of a long ledger, before it is written to: the records after a place in the chain that the key of the
 * ledger vouches for, and the open cases. The rest is verified beside the work (verify-beside.ts).
 */
import type { Database } from 'better-sqlite3';
import { genesisHash } from './chain.ts';
import { chainRows } from './chain-rows.ts';
import { queryable } from './connection.ts';
import { hasItsSchema } from './schema.ts';
import type { ChainEnd } from './seal.ts';
import { misfitAmongOpenCases } from './verify-cases.ts';
import { checkChain } from './verify-chain.ts';
import { othersTurn } from './verify-rows.ts';
import { signatureRules } from './verify-signatures.ts';
import { broken, inOneView, type Broken } from './verify.ts';

/** Rows per read. */
const CHUNK = 100;

/** How a tail is verified. */
export interface Tail {
  /** A head that is in the chain and that the key vouches for. */
  readonly known: ChainEnd;
  /** So many records before it are verified, too: they lead to its hash. */
  readonly back: number;
  /** The key that must be in use by then. */
  readonly keyId: string;
}

/** Verifies the records around a known head and after it, and the open cases. */
export function verifyTail(file: string, tail: Tail): Promise<{ readonly ok: true } | Broken> {
  return inOneView(file, async (database) => {
    if (!hasItsSchema(database)) return broken('schema-differs');
    return verifyAround(database, tail);
  });
}

async function verifyAround(database: Database, { known, back, keyId }: Tail): Promise<{ readonly ok: true } | Broken> {
  const db = queryable(database);
  const from = Math.max(0, known.seq - back);
  const before = await db
    .selectFrom('entries')
    .select(['seq', 'hash', 'at'])
    .where('seq', '=', from)
    .executeTakeFirst();
  const signatures = await signatureRules(db, null, from);
  if (signatures.before !== null) return broken(signatures.before, from);
  const check = checkChain(before ?? { seq: 0, hash: genesisHash(known.origin), at: '' }, signatures);
  for (const rows of chainRows(database, from, CHUNK)) {
    for (const row of rows) {
      const problem = check.next(row);
      if (problem !== null) return broken(problem, row.seq);
      if (row.seq === known.seq && row.hash !== known.hash) return broken('checkpoint-differs', row.seq);
    }
    await othersTurn();
  }
  const end = await db.selectFrom('chain_head').select(['seq', 'hash']).executeTakeFirst();
  const { seq, hash } = check.place();
  if (end?.seq !== seq || end.hash !== hash) return broken('head-differs', seq);
  const problem = signatures.end();
  if (problem !== null) return broken(problem, seq);
  if (signatures.summary().inUse !== keyId) return broken('key-unknown', seq);
  const gap = check.gap('tail');
  if (gap !== null) return broken('detail-missing', gap.at);
  const misfit = await misfitAmongOpenCases(db);
  return misfit === null ? { ok: true } : broken(misfit.problem, misfit.caseId);
}
