/**
 * Verification of the end of a long ledger, before it is written to: the records after a place in the chain that the key of the
 * ledger vouches for, and the open cases. The rest is verified beside the work (verify-beside.ts).
 */
import type { Kysely } from 'kysely';
import { queryable } from './connection.ts';
import type { ChainEnd } from './seal.ts';
import type { Tables } from './tables.ts';
import { misfitAmongOpenCases } from './verify-cases.ts';
import { walkChain } from './verify-chain.ts';
import { entriesAfter } from './verify-rows.ts';
import { signatureRules } from './verify-signatures.ts';
import { broken, hasItsSchema, inOneView, type Broken } from './verify.ts';

/** Rows per read. */
const CHUNK = 500;

/** Verifies what follows `from`, which is in the chain. `keyId`: the key that must be in use by then. */
export function verifyTail(file: string, from: ChainEnd, keyId: string): Promise<{ readonly ok: true } | Broken> {
  return inOneView(file, async (database) => {
    if (!hasItsSchema(database)) return broken('schema-differs');
    return verifyAfter(queryable(database), from, keyId);
  });
}

async function verifyAfter(db: Kysely<Tables>, from: ChainEnd, keyId: string): Promise<{ readonly ok: true } | Broken> {
  const signatures = await signatureRules(db, null, from.seq);
  if (signatures.before !== null) return broken(signatures.before, from.seq);
  const walk = walkChain({ seq: from.seq, hash: from.hash, at: '' }, signatures);
  for await (const row of entriesAfter(db, from.seq, CHUNK)) {
    const problem = walk.next(row);
    if (problem !== null) return broken(problem, row.seq);
  }
  const end = await db.selectFrom('chain_head').select(['seq', 'hash']).executeTakeFirst();
  const { seq, hash } = walk.place();
  if (end?.seq !== seq || end.hash !== hash) return broken('head-differs', seq);
  const problem = signatures.end();
  if (problem !== null) return broken(problem, seq);
  if (signatures.summary().inUse !== keyId) return broken('key-unknown', seq);
  const gap = walk.gap('tail');
  if (gap !== null) return broken('detail-missing', gap.at);
  const misfit = await misfitAmongOpenCases(db);
  return misfit === null ? { ok: true } : broken(misfit.problem, misfit.caseId);
}
